import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readOpenRuns } from '../../../main/store/history.ts';
import { openRuns } from '../../../main/store/runs.ts';
import { openSlots } from '../../../main/store/slots.ts';
import type { Reader } from '../../../main/store/statement.ts';
import { chainedFrom } from '../../../main/store/stories.ts';
import { openTestStore, type TestStore } from '../../support/test-store.ts';

let store: TestStore;
beforeEach(() => {
  store = openTestStore();
});
afterEach(() => {
  store.close();
});

/** How SQLite carries out what a function asks. */
function planOf(ask: (db: Reader) => unknown): string {
  let asked = '';
  const db = new Proxy(store.db, {
    get: (target, name) => {
      if (name !== 'prepare') return Reflect.get(target, name) as unknown;
      return (sql: string) => target.prepare((asked = sql));
    },
  });
  ask(db);
  const values = Array.from(asked.matchAll(/\?/g), () => 1);
  return JSON.stringify(store.db.prepare(`EXPLAIN QUERY PLAN ${asked}`).all(...values));
}

describe('store: what is asked at each start and each snapshot', () => {
  it.each([
    ['the open runs', openRuns, 'runs_open'],
    ['the open runs of the history', readOpenRuns, 'runs_open'],
    ['the open slots', openSlots, 'slots_open'],
    [
      'the slots a run set off',
      (db: Reader) => chainedFrom(db, 'a', 1),
      'sqlite_autoindex_slots_1',
    ],
  ] as const)('finds %s by an index, not by a walk through all of them', (_, ask, index) => {
    const plan = planOf(ask);
    expect(plan).toContain(`USING INDEX ${index}`);
    expect(plan).not.toMatch(/SCAN (runs|slots)"/);
  });
});
