import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outcomes } from '../../../contract/ledger.ts';
import { openDatabase } from '../../../main/store/database.ts';
import { migrations } from '../../../main/store/migrations.ts';
import type { Writer } from '../../../main/store/statement.ts';
import { aFolder } from '../../support/builders.ts';

let folder: string;
let remove: () => void;
let db: Writer;
beforeEach(() => {
  ({ path: folder, remove } = aFolder());
  const old = openDatabase(folder, migrations.slice(0, 4));
  old.exec(`INSERT INTO plans VALUES ('p', '{}');
    INSERT INTO schedules (id, document, document_version, created_at, handled_until, deleted_at)
      VALUES ('a', '{}', 1, 5, 6, NULL), ('b', '{}', 1, 5, 77, 80);
    INSERT INTO slots (slot, schedule, slot_at, first_slot_at, coalesced, cause, state, outcome, plan, recorded_at, epoch, ended_at_once)
      VALUES (1, 1, 5, 5, 1, 'slot', 'ended', 'missed', 'p', 5, 1, 1)`);
  old.close();
  db = openDatabase(folder);
});
afterEach(() => {
  db.close();
  remove();
});

/** Enters a row of a table with this column said otherwise. */
function enter(table: 'slots' | 'runs', given: Readonly<Record<string, string | null>>): void {
  const own =
    table === 'slots' ? { slot_at: 9, first_slot_at: 9, coalesced: 1, plan: 'p' } : { attempt: 1 };
  const row = {
    schedule: 1,
    ...own,
    cause: 'slot',
    state: 'queued',
    recorded_at: 9,
    epoch: 1,
    ...given,
  };
  const names = Object.keys(row);
  db.transaction(() => {
    db.prepare(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    ).run(...Object.values(row));
    db.prepare(`DELETE FROM ${table} WHERE recorded_at = 9`).run();
  })();
}

describe('store/version-5', () => {
  it('keeps how far the slots of each schedule were judged, of a deleted one too', () => {
    expect(db.prepare('SELECT * FROM handled ORDER BY schedule').raw().all()).toEqual([
      [1, 6],
      [2, 77],
    ]);
  });

  it('leaves rows, indexes and triggers as they were', () => {
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(db.prepare('SELECT slot, outcome FROM slots').raw().all()).toEqual([[1, 'missed']]);
    const quarters = db.prepare('SELECT schedule, outcome, count FROM quarters').raw();
    expect(quarters.all()).toEqual([[1, 'missed', 1]]);
    db.prepare('DELETE FROM slots').run();
    expect(quarters.all()).toEqual([]);
  });

  it.each(['slots', 'runs'] as const)('lets %s take each word it knows and no other', (table) => {
    const causes = ['slot', 'catch-up', 'chain', ...(table === 'runs' ? ['retry', 'manual'] : [])];
    for (const cause of causes) enter(table, { cause });
    for (const outcome of outcomes) enter(table, { state: 'ended', outcome });
    for (const state of ['starting', 'running']) enter(table, { state });
    for (const wrong of [{ cause: 'Slot' }, { state: 'over' }, { state: 'ended', outcome: 'fine' }])
      expect(() => {
        enter(table, wrong);
      }).toThrow(/CHECK constraint failed/);
    expect(() => {
      enter(table, { state: 'ended', outcome: null });
    }).toThrow(/CHECK constraint failed/);
  });

  it('looks nothing up in lists any more', () => {
    const sql = db
      .prepare<[], string>(
        "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name IN ('slots', 'runs')",
      )
      .pluck()
      .all();
    expect(sql).toHaveLength(2);
    expect(sql.join()).not.toMatch(/ IN \(/);
  });

  it('locks the schema again', () => {
    expect(() => {
      db.exec("UPDATE sqlite_schema SET sql = '' WHERE name = 'runs'");
    }).toThrow(/may not be modified/);
  });
});
