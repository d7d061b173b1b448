import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lastGoodRun, readRunRows, rowsOf } from '../../../main/store/records.ts';
import { prune } from '../../../main/store/retention.ts';
import type { Keeping } from '../../../main/store/retention-ledger.ts';
import type { Writer } from '../../../main/store/statement.ts';
import { onEachCommit } from '../../support/chaos/commits.ts';
import { openTestStore, type TestStore } from '../../support/test-store.ts';

const hourMs = 3_600_000;
const hours = 200;
const nowMs = hours * hourMs;

let store: TestStore;
let db: Writer;
beforeEach(() => {
  store = openTestStore();
  ({ db } = store);
});
afterEach(() => {
  store.close();
});

/** Keeps everything, unless said otherwise. */
function keeping(given: Partial<Keeping> = {}): Keeping {
  return {
    beforeMs: 0,
    pagesBeforeMs: 0,
    deletedBeforeMs: 0,
    rowsASchedule: 100_000,
    scrapedASchedule: 100_000,
    ...given,
  };
}

function pruned(given: Partial<Keeping>): void {
  for (const step of prune(db, keeping(given))) expect(step).toBeUndefined();
}

const ended = { outcome: 'success', nextSlotAtMs: null } as const;

/** A slot an hour, each with a run that ended so; every tenth read its rows anew. */
function history(schedule: number, outcome = 'success', rows = 3): void {
  db.transaction(enterHistory)(schedule, outcome, rows);
}

function enterHistory(schedule: number, outcome: string, rows: number): void {
  let holder = 0;
  for (let hour = 1; hour < hours; hour += 1) {
    const slotAtMs = hour * hourMs;
    const slot = store.slot({ schedule, slotAtMs, ...ended, nextSlotAtMs: slotAtMs + hourMs });
    const run = store.run({ schedule, slot, cause: 'slot', recordedAtMs: slotAtMs });
    if (hour % 10 === 1) holder = run;
    db.prepare(
      "UPDATE runs SET state = 'ended', outcome = ?, rows_of = ?, row_count = ? WHERE run = ?",
    ).run(outcome, holder, rows, run);
    db.prepare("INSERT INTO run_log VALUES (?, 1, ?, 'info', 'Read page 1.')").run(run, slotAtMs);
    if (holder !== run) continue;
    for (let row = 0; row < rows; row += 1) {
      const { lastInsertRowid: version } = db
        .prepare("INSERT INTO row_versions (schedule, hash, document) VALUES (?, ?, '{}')")
        .run(schedule, `hash-${String(run)}-${String(row)}`);
      db.prepare("INSERT INTO run_rows VALUES (?, ?, ?, 'new', ?)").run(
        run,
        row,
        `k${String(row)}`,
        version,
      );
      db.prepare('INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?, ?, NULL)').run(
        schedule,
        `k${String(row)}`,
        version,
        slotAtMs,
        slotAtMs,
        run,
      );
    }
  }
}

function count(table: string, where = '1'): unknown {
  return db.prepare(`SELECT count(*) FROM ${table} WHERE ${where}`).pluck().get();
}

/** The hours of a schedule's slots that are left, each of which must follow the one before. */
function slotHours(schedule: number): readonly number[] {
  const rows = db
    .prepare<[number], { first: number; at: number; next: number }>(
      'SELECT first_slot_at AS first, slot_at AS at, next_slot_at AS next FROM slots WHERE schedule = ? ORDER BY slot_at',
    )
    .all(schedule);
  rows.slice(1).forEach((row, index) => {
    expect(row.first).toBe(rows[index]?.next);
  });
  return rows.map(({ at }) => at / hourMs);
}

describe('store/retention: by age', () => {
  it('removes the oldest slots with their runs, logs and rows, and leaves no hole', () => {
    const [first, second] = [store.schedule(), store.schedule({ id: 'second' })];
    history(first);
    history(second);
    pruned({ beforeMs: 150 * hourMs });
    for (const schedule of [first, second])
      expect(slotHours(schedule)).toEqual(Array.from({ length: 50 }, (_, index) => 150 + index));
    // The run of hour 141 stays, without its slot: younger runs read exactly its rows.
    expect(count('runs')).toBe(2 * 51);
    expect(count('run_log')).toBe(2 * 51);
    expect(count('run_rows')).toBe(2 * 6 * 3);
    expect(count('row_versions')).toBe(2 * 6 * 3);
    expect(count('records')).toBe(2 * 3);
    expect(db.pragma('foreign_key_check')).toEqual([]);
    pruned({ beforeMs: 152 * hourMs });
    expect(count('runs')).toBe(2 * 49);
    expect(count('run_rows')).toBe(2 * 5 * 3);
  });

  it('keeps the last good run with its rows, however old, and its records', () => {
    const schedule = store.schedule();
    history(schedule);
    const good = lastGoodRun(db, schedule);
    pruned({ beforeMs: nowMs * 10 });
    expect(slotHours(schedule)).toEqual([]);
    expect(lastGoodRun(db, schedule)).toEqual(good);
    const rows = rowsOf(db, good?.run ?? 0) ?? 0;
    expect(readRunRows(db, rows)).toHaveLength(3);
    expect(count('runs')).toBe(2);
    expect(count('records')).toBe(3);
  });

  it('stops at a slot that is open, so that what follows it stays', () => {
    const schedule = store.schedule();
    history(schedule);
    db.exec(
      `UPDATE slots SET state = 'waiting-retry', outcome = NULL, retry_at = 1 WHERE slot_at = ${String(20 * hourMs)}`,
    );
    pruned({ beforeMs: 150 * hourMs });
    expect(slotHours(schedule)[0]).toBe(20);
    expect(slotHours(schedule)).toHaveLength(hours - 20);
  });

  it('removes runs by hand, but the open ones', () => {
    const schedule = store.schedule();
    for (const recordedAtMs of [1_000, 2_000, 9_000]) store.run({ schedule, recordedAtMs });
    db.exec("UPDATE runs SET state = 'ended', outcome = 'failed' WHERE run <> 2");
    pruned({ beforeMs: 5_000 });
    expect(db.prepare('SELECT run FROM runs ORDER BY run').pluck().all()).toEqual([2, 3]);
  });

  it('removes records that went long ago, old pages and robots files, and keeps the others', () => {
    const schedule = store.schedule();
    history(schedule);
    db.exec(`UPDATE records SET gone_run = 7, last_seen_at = 5 WHERE key = 'k0';
      UPDATE records SET last_seen_at = 5 WHERE key = 'k1';
      INSERT INTO pages (schedule, url, final_url, fetched_at, body) VALUES (1, 'a', 'a', 10, x'00'), (1, 'b', 'b', 30, x'00');
      INSERT INTO robots VALUES ('a', 10, NULL), ('b', 30, NULL)`);
    pruned({ beforeMs: 20, pagesBeforeMs: 20 });
    expect(db.prepare('SELECT key FROM records ORDER BY key').pluck().all()).toEqual(['k1', 'k2']);
    expect(db.prepare('SELECT url FROM pages').pluck().all()).toEqual(['b']);
    expect(db.prepare('SELECT origin FROM robots').pluck().all()).toEqual(['b']);
  });

  it('removes the plans no slot names, and keeps the hours and calendars that a named one does', () => {
    const hash = (letter: string): string => letter.repeat(32);
    const schedule = store.schedule();
    const keep = db.prepare('INSERT INTO plans (hash, document) VALUES (?, ?)');
    keep.run(hash('a'), JSON.stringify({ hours: hash('b') }));
    keep.run(hash('b'), JSON.stringify({ closed: { ics: hash('c') } }));
    keep.run(hash('c'), 'BEGIN:VCALENDAR');
    keep.run(hash('d'), JSON.stringify({ hours: hash('e') }));
    keep.run(hash('e'), '{}');
    store.slot({ schedule, plan: hash('a'), ...ended });
    pruned({});
    expect(db.prepare('SELECT hash FROM plans ORDER BY hash').pluck().all()).toEqual(
      ['a', 'b', 'c'].map(hash),
    );
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
  });

  it('empties schedules deleted long ago, and forgets them', () => {
    const schedule = store.schedule();
    history(schedule);
    db.prepare('UPDATE schedules SET deleted_at = 5').run();
    pruned({ deletedBeforeMs: 5 });
    expect(count('schedules')).toBe(1);
    pruned({ deletedBeforeMs: 6 });
    for (const table of [
      'schedules',
      'counted_from',
      'quarters',
      'quarters_of_all',
      'slots',
      'runs',
      'run_rows',
      'records',
      'row_versions',
      'run_log',
    ])
      expect([table, count(table)]).toEqual([table, 0]);
  });
});

/** Every table with rows of a schedule, and how many rows of each one step of these removed at the most. */
function mostOfAStep(given: Partial<Keeping>): Readonly<Record<string, number>> {
  const tables = ['slots', 'runs', 'run_rows', 'records', 'row_versions', 'counted_from'];
  const most = Object.fromEntries(tables.map((table) => [table, 0]));
  let before = tables.map((table) => Number(count(table)));
  for (const step of prune(db, keeping(given))) {
    expect(step).toBeUndefined();
    const after = tables.map((table) => Number(count(table)));
    tables.forEach((table, index) => {
      most[table] = Math.max(most[table] ?? 0, (before[index] ?? 0) - (after[index] ?? 0));
    });
    before = after;
  }
  return most;
}

describe('store/retention: steps', () => {
  it('empties a schedule deleted long ago in short ones, what it had last and what is open too', () => {
    const schedule = store.schedule();
    history(schedule, 'success', 250);
    db.exec(`UPDATE slots SET state = 'waiting-retry', outcome = NULL, retry_at = 1 WHERE slot = 9;
      WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 300)
        INSERT INTO counted_from SELECT 1, n, 'edited' FROM n;
      UPDATE schedules SET deleted_at = 5`);
    const most = mostOfAStep({ deletedBeforeMs: 6 });
    for (const [table, rows] of Object.entries(most))
      expect([table, rows <= 60]).toEqual([table, true]);
    expect(count('schedules')).toBe(0);
    expect([count('runs'), count('run_rows'), count('row_versions')]).toEqual([0, 0, 0]);
    expect(db.pragma('foreign_key_check')).toEqual([]);
  });

  it('takes the rows of a run away in short ones, however many younger runs point at it', () => {
    const schedule = store.schedule();
    history(schedule);
    db.exec('UPDATE runs SET rows_of = 1');
    const pointers: number[] = [];
    for (const step of prune(db, keeping({ scrapedASchedule: 2 }))) {
      expect(step).toBeUndefined();
      pointers.push(Number(count('runs', 'rows_of = 1')));
    }
    // The rows of the last good run stay.
    expect(pointers.at(-1)).toBe(hours - 1);
    db.exec("UPDATE runs SET outcome = 'failed'");
    pointers.length = 0;
    for (const step of prune(db, keeping({ scrapedASchedule: 2 }))) {
      expect(step).toBeUndefined();
      pointers.push(Number(count('runs', 'rows_of = 1')));
    }
    expect(pointers.filter((left, index) => (pointers[index - 1] ?? left) - left > 50)).toEqual([]);
    expect([pointers.at(-1), count('run_rows', 'run = 1')]).toEqual([0, 0]);
  });

  it('keeps the newest gone records, those that went together by their key', () => {
    const schedule = store.schedule();
    history(schedule, 'success', 120);
    db.exec('UPDATE records SET gone_run = 7, last_seen_at = 5');
    pruned({ rowsASchedule: 15 });
    expect(count('records')).toBe(15);
    expect(db.prepare('SELECT min(key) FROM records').pluck().get()).toBe('k86');
  });
});

describe('store/retention: by number', () => {
  it('keeps the newest slots of each schedule', () => {
    const schedule = store.schedule();
    history(schedule);
    pruned({ rowsASchedule: 30 });
    expect(slotHours(schedule)).toEqual(
      Array.from({ length: 30 }, (_, index) => hours - 30 + index),
    );
  });

  it('takes the rows of the oldest runs away, and says that they have none', () => {
    const schedule = store.schedule();
    history(schedule, 'success', 250);
    pruned({ scrapedASchedule: 500 });
    expect(count('run_rows')).toBe(500);
    expect(slotHours(schedule)).toHaveLength(hours - 1);
    expect(count('runs', 'rows_of IS NOT NULL')).toBe(19);
    expect(readRunRows(db, rowsOf(db, lastGoodRun(db, schedule)?.run ?? 0) ?? 0)).toHaveLength(250);
    expect(count('row_versions')).toBe(500);
  });

  it('takes no step of many rows: a run of thousands goes in several', () => {
    const schedule = store.schedule();
    history(schedule, 'failed', 250);
    let most = 0;
    let before = Number(count('run_rows'));
    for (const step of prune(db, keeping({ beforeMs: nowMs }))) {
      expect(step).toBeUndefined();
      const after = Number(count('run_rows'));
      most = Math.max(most, before - after);
      before = after;
    }
    expect(most).toBeLessThanOrEqual(200);
    expect(count('runs')).toBe(0);
    expect(count('run_rows')).toBe(0);
  });
});

describe('store/retention: a power cut', () => {
  it('finds each removal on the disk before the next: two that aren’t look like a damaged WAL', () => {
    store.schedule();
    history(1);
    const told = new Set<unknown>();
    const end = onEachCommit((writer) => told.add(writer.pragma('synchronous', { simple: true })));
    pruned({ beforeMs: nowMs, rowsASchedule: 10 });
    end();
    const full = 2;
    expect([...told]).toEqual([full]);
  });
});

describe('store/retention: the file', () => {
  it('stays as large as what is kept: the room of what goes is used again', () => {
    const schedule = store.schedule();
    const sizes: number[] = [];
    for (let day = 0; day < 8; day += 1) {
      for (let slot = 0; slot < 40; slot += 1) {
        const slotAtMs = (day * 40 + slot + 1) * hourMs;
        store.slot({ schedule, slotAtMs, ...ended, message: 'x'.repeat(2_000) });
      }
      pruned({ beforeMs: (day - 1) * 40 * hourMs });
      sizes.push(Number(db.pragma('page_count', { simple: true })));
    }
    expect(sizes.at(-1)).toBeLessThanOrEqual((sizes[3] ?? 0) + 2);
    expect(count('slots')).toBeLessThanOrEqual(82);
  });
});
