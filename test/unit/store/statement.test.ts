import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lastGoodRun } from '../../../main/store/records.ts';
import { endRun, noCounts } from '../../../main/store/runs.ts';
import { inTransaction, reading, statement } from '../../../main/store/statement.ts';
import { openTestStore, type TestStore } from '../../support/test-store.ts';

let store: TestStore;
beforeEach(() => {
  store = openTestStore();
});
afterEach(() => {
  vi.restoreAllMocks();
  store.close();
});

/** One run of each schedule and a page of a length: neither plan depends on what is bound. */
function ask(schedule: number, limit: number): readonly unknown[] {
  const page = 'SELECT run FROM runs WHERE schedule > ? ORDER BY run LIMIT ?';
  return [lastGoodRun(store.db, schedule)?.run, statement(store.db, page).all(0, limit).length];
}

describe('store/statement', () => {
  it('compiles a statement once, whatever is bound to it', () => {
    for (const id of ['first', 'second']) {
      store.schedule({ id });
      endRun(store.db, store.run({ schedule: id === 'first' ? 1 : 2 }), {
        ...{ outcome: 'success', reason: null, message: null, endedAtMs: 1, durationMs: 1 },
        ...{ counts: noCounts, bytes: 0 },
      });
    }
    ask(1, 1);
    // The driver makes a function that makes rows whenever SQLite has compiled their statement.
    const compiled = vi.spyOn(globalThis, 'Function');
    expect([ask(1, 1), ask(2, 2), ask(3, 3), ask(1, 1)]).toEqual([
      [1, 1],
      [2, 2],
      [undefined, 2],
      [1, 1],
    ]);
    expect(compiled).not.toHaveBeenCalled();
  });

  it('leaves what is bound as it is, and question marks in quotes', () => {
    const values = [7, -7, 1.5, 'text', '12', null] as const;
    const asked = values.map(() => '?, typeof(?)').join(', ');
    const found = statement(store.db, `SELECT ${asked}, '?''?', "?" FROM (SELECT 1 AS "?")`)
      .raw()
      .get(...values.flatMap((value) => [value, value]));
    expect(found).toEqual([
      ...[7, 'real', -7, 'real', 1.5, 'real', 'text', 'text', '12', 'text', null, 'null'],
      ...["?'?", 1],
    ]);
  });
});

describe('store/statement: reading', () => {
  it('reads from one state, and leaves nothing open, whatever goes wrong', () => {
    const { db } = store;
    expect(reading(db, () => [db.inTransaction, statement(db, 'SELECT 1').pluck().get()])).toEqual([
      true,
      1,
    ]);
    expect(() =>
      reading(db, () => {
        throw new Error('unreadable');
      }),
    ).toThrow('unreadable');
    expect(db.inTransaction).toBe(false);
  });

  it('is part of the transaction that is open already', () => {
    const { db } = store;
    inTransaction(db, () => {
      reading(db, () => null);
      expect(db.inTransaction).toBe(true);
    });
  });
});
