import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { placeOf, readOpenRuns, readRun, readSlotWithoutRun } from '../../../main/store/history.ts';
import {
  readPlaces,
  type HistoryPlace,
  type HistoryQuery,
} from '../../../main/store/history-places.ts';
import { endRun, noCounts, startRun } from '../../../main/store/runs.ts';
import { deleteSchedule } from '../../../main/store/schedules.ts';
import { readHistory } from '../../support/read-history.ts';
import { openTestStore, type TestStore } from '../../support/test-store.ts';

let store: TestStore;

beforeEach(() => {
  store = openTestStore();
});
afterEach(() => {
  store.close();
});

const everything = { schedule: null, outcomes: null, before: null, limit: 1_000 } as const;

/** A row's name: `r` or `s` with its number. */
function nameOf({ kind, number }: HistoryPlace): string {
  return `${kind === 'run' ? 'r' : 's'}${String(number)}`;
}

/** The names of all rows a query finds, read page by page. */
function paged(query: Partial<HistoryQuery>, limit: number): readonly string[] {
  const names: string[] = [];
  let before: HistoryPlace | null = null;
  for (;;) {
    const rows = readHistory(store.db, { ...everything, ...query, before, limit });
    const places = rows.map(placeOf);
    names.push(...places.map(nameOf));
    const last = places.at(-1);
    if (last === undefined) return names;
    before = last;
  }
}

/** Enters a slot that ended without an attempt. */
function missed(schedule: number, recordedAtMs: number, slotAtMs: number): string {
  const slot = store.slot({
    schedule,
    slotAtMs,
    recordedAtMs,
    outcome: 'missed',
    reason: 'asleep',
    message: 'The computer was asleep.',
  });
  return `s${String(slot)}`;
}

/** Enters a manual run that ended so. */
function ended(schedule: number, recordedAtMs: number, outcome: 'success' | 'failed'): string {
  const run = store.run({ schedule, recordedAtMs });
  startRun(store.db, run, recordedAtMs);
  endRun(store.db, run, {
    outcome,
    reason: null,
    message: null,
    endedAtMs: recordedAtMs + 10,
    durationMs: 10,
    counts: noCounts,
    bytes: 0,
  });
  return `r${String(run)}`;
}

describe('store/history: paged by key', () => {
  it('gives every row exactly once, newest first, over runs and slots of equal instants', () => {
    const [one, two] = [store.schedule({ id: 'one' }), store.schedule({ id: 'two' })];
    const s1 = missed(one, 100, 100);
    const r1 = ended(one, 100, 'success');
    const s2 = missed(two, 100, 100);
    const r2 = ended(two, 100, 'failed');
    const s3 = missed(one, 200, 200);
    const r3 = ended(one, 200, 'success');
    const r4 = ended(two, 300, 'success');
    const s4 = missed(two, 50, 50);
    const expected = [r4, r3, s3, r2, r1, s2, s1, s4];
    expect(paged({}, 1_000)).toEqual(expected);
    expect(paged({}, 2)).toEqual(expected);
    expect(paged({}, 1)).toEqual(expected);
    expect(paged({ schedule: one }, 2)).toEqual([r3, s3, r1, s1]);
    expect(paged({ outcomes: ['missed'] }, 2)).toEqual([s3, s2, s1, s4]);
    expect(paged({ outcomes: ['success'] }, 2)).toEqual([r4, r3, r1]);
    expect(paged({ outcomes: ['failed'], schedule: one }, 2)).toEqual([]);
    expect(paged({ outcomes: ['failed', 'missed'] }, 2)).toEqual([s3, r2, s2, s1, s4]);
    expect(paged({ outcomes: ['missed', 'success', 'missed'], schedule: one }, 1)).toEqual([
      r3,
      s3,
      r1,
      s1,
    ]);
  });

  it('gives the same rows in pages of any size, however rows and instants are mixed', () => {
    const schedules = [store.schedule({ id: 'one' }), store.schedule({ id: 'two' })];
    let slotAtMs = 0;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.boolean(), fc.nat(1), fc.nat(3)), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        (rows, size) => {
          store.db.exec('DELETE FROM slots; DELETE FROM runs');
          for (const [isRun, which, recordedAtMs] of rows) {
            slotAtMs += 1;
            const schedule = schedules[which] ?? 1;
            if (isRun) ended(schedule, recordedAtMs, 'success');
            else missed(schedule, recordedAtMs, slotAtMs);
          }
          const whole = paged({}, 1_000);
          expect(new Set(whole).size).toBe(rows.length);
          expect(paged({}, size)).toEqual(whole);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('shows a slot by its runs once it has one, even one that never started', () => {
    const schedule = store.schedule();
    const slot = store.slot({ schedule });
    const run = store.run({ schedule, slot, cause: 'slot' });
    expect(paged({}, 5)).toEqual([`r${String(run)}`]);
    endRun(store.db, run, {
      outcome: 'skipped',
      reason: 'paused',
      message: null,
      endedAtMs: 6_000,
      durationMs: null,
      counts: noCounts,
      bytes: 0,
    });
    store.db.prepare("UPDATE slots SET state = 'ended', outcome = 'skipped'").run();
    expect(paged({}, 5)).toEqual([`r${String(run)}`]);
  });

  it('leaves out the rows of deleted schedules', () => {
    const [one, two] = [store.schedule({ id: 'one' }), store.schedule({ id: 'two' })];
    missed(one, 100, 100);
    ended(one, 100, 'success');
    const kept = ended(two, 100, 'success');
    deleteSchedule(store.db, one, 500);
    expect(paged({}, 5)).toEqual([kept]);
  });

  it('finds the others behind thousands of rows of deleted schedules', () => {
    const [gone, ...living] = ['gone', 'one', 'two', 'three'].map((id) => store.schedule({ id }));
    const names = [8, 3, 5, 5, 1, 7].map((at, index) => {
      const schedule = living[index % 3] ?? 0;
      return index === 4 ? missed(schedule, at, at) : ended(schedule, at, 'success');
    });
    store.db.exec(`WITH RECURSIVE n (n) AS (SELECT 4 UNION ALL SELECT n + 1 FROM n WHERE n < 2500)
      INSERT INTO runs (schedule, attempt, cause, state, outcome, recorded_at, epoch)
        SELECT ${String(gone)}, 1, 'manual', 'ended', 'success', n, 1 FROM n`);
    deleteSchedule(store.db, gone ?? 0, 9_000);
    const newest = [0, 5, 3, 2, 1, 4].map((index) => names[index]);
    for (const limit of [1, 2, 4, 10]) {
      expect(paged({}, limit)).toEqual(newest);
      expect(paged({ outcomes: ['success'] }, limit)).toEqual(newest.slice(0, 5));
    }
  });

  it.each([
    ['all', {}],
    ['one schedule', { schedule: 1 }],
    ['one outcome', { outcomes: ['failed'] }],
    ['two outcomes', { outcomes: ['failed', 'missed'] }],
    ['two outcomes of a schedule', { schedule: 1, outcomes: ['failed', 'missed'] }],
  ] as const)('finds %s by walking along indexes that hold all it asks for', (_, query) => {
    store.schedule({ id: 'one' });
    const prepared: string[] = [];
    const db = new Proxy(store.db, {
      get: (target, name) => {
        if (name !== 'prepare') return Reflect.get(target, name) as unknown;
        return (sql: string) => {
          prepared.push(sql);
          return target.prepare(sql);
        };
      },
    });
    const before = { recordedAtMs: 1, kind: 'run', number: 1 } as const;
    readPlaces(db, { ...everything, ...query, before });
    const walks = prepared.filter((sql) => sql.includes('LIMIT +?'));
    expect(walks).toHaveLength(2);
    for (const sql of walks) {
      const values = Array.from(sql.matchAll(/\?/g), () => 1);
      const plan = JSON.stringify(store.db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values));
      expect(plan).toMatch(/SEARCH (runs|slots) USING COVERING INDEX/);
      expect(plan).not.toContain('TEMP B-TREE');
    }
  });
});

describe('store/history: single rows', () => {
  it('reads a run with its slot, its schedule’s name and its counts', () => {
    const schedule = store.schedule({ id: 'prices', name: 'Prices' });
    const slot = store.slot({ schedule, slotAtMs: 9_000, firstSlotAtMs: 3_000, coalesced: 3 });
    const run = store.run({ schedule, slot, cause: 'catch-up', recordedAtMs: 10_000 });
    startRun(store.db, run, 11_000);
    endRun(store.db, run, {
      outcome: 'partial',
      reason: 'page-failed',
      message: 'Page 2 could not be read.',
      endedAtMs: 13_500,
      durationMs: 2_400.5,
      counts: { pages: 2, notModified: 1, rows: 10, new: 4, changed: 3, gone: 2, same: 1 },
      bytes: 99,
    });
    expect(readRun(store.db, run)).toEqual({
      run,
      slot,
      schedule,
      scheduleId: 'prices',
      scheduleName: 'Prices',
      cause: 'catch-up',
      attempt: 1,
      slotAtMs: 9_000,
      firstSlotAtMs: 3_000,
      coalesced: 3,
      recordedAtMs: 10_000,
      startedAtMs: 11_000,
      endedAtMs: 13_500,
      durationMs: 2_400.5,
      state: 'ended',
      outcome: 'partial',
      reason: 'page-failed',
      message: 'Page 2 could not be read.',
      pages: 2,
      notModified: 1,
      rows: 10,
      newRows: 4,
      changedRows: 3,
      goneRows: 2,
      sameRows: 1,
    });
  });

  it('reads a slot without a run as ended when it was recorded', () => {
    const schedule = store.schedule();
    const name = missed(schedule, 7_000, 5_000);
    expect(readSlotWithoutRun(store.db, Number(name.slice(1)))).toMatchObject({
      run: null,
      attempt: 0,
      slotAtMs: 5_000,
      startedAtMs: null,
      endedAtMs: 7_000,
      durationMs: null,
      state: 'ended',
      outcome: 'missed',
      reason: 'asleep',
    });
  });

  it('answers null for rows there are not', () => {
    expect([readRun(store.db, 99), readSlotWithoutRun(store.db, 99)]).toEqual([null, null]);
  });

  it('lists the open runs, oldest first, without those of deleted schedules', () => {
    const [one, two] = [store.schedule({ id: 'one' }), store.schedule({ id: 'two' })];
    const first = store.run({ schedule: one });
    ended(one, 100, 'success');
    store.run({ schedule: two });
    const third = store.run({ schedule: one });
    deleteSchedule(store.db, two, 500);
    expect(readOpenRuns(store.db).map(({ run }) => run)).toEqual([first, third]);
  });

  it('reads the rows of a schedule whose document can’t be read, by its id', () => {
    const [one, two] = [store.schedule({ id: 'one' }), store.schedule({ id: 'two' })];
    const rows = [ended(one, 100, 'success'), ended(two, 200, 'success')];
    store.db.prepare('UPDATE schedules SET document = ? WHERE number = ?').run('{ broken', one);
    expect(paged({}, 5)).toEqual([...rows].reverse());
    expect(readRun(store.db, Number(rows[0]?.slice(1)))?.scheduleName).toBe('one');
  });
});
