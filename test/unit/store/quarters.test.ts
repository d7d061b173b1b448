import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outcomes, type Outcome } from '../../../contract/ledger.ts';
import { auditRecord } from '../../../main/store/audit.ts';
import { openDatabase } from '../../../main/store/database.ts';
import { migrations } from '../../../main/store/migrations.ts';
import { keepPlan } from '../../../main/store/plans.ts';
import { countOutcomes } from '../../../main/store/quarters.ts';
import { prune } from '../../../main/store/retention.ts';
import { endRun, noCounts, startRun } from '../../../main/store/runs.ts';
import { deleteSchedule, undeleteSchedule } from '../../../main/store/schedules.ts';
import { endSlot, extendSlot } from '../../../main/store/slots.ts';
import { aFolder } from '../../support/builders.ts';
import { readHistory } from '../../support/read-history.ts';
import { aSlot, openTestStore, type TestStore } from '../../support/test-store.ts';

const quarterMs = 900_000;
const ever = { fromMs: 0, untilMs: 1_000 * quarterMs };

let store: TestStore;
beforeEach(() => {
  store = openTestStore();
});
afterEach(() => {
  store.close();
});

/** Enters a manual run that ended so. Answers its number. */
function ended(schedule: number, recordedAtMs: number, outcome: Outcome, slot = 0): number {
  const run = store.run({ schedule, recordedAtMs, ...(slot === 0 ? {} : { slot, cause: 'slot' }) });
  startRun(store.db, run, recordedAtMs);
  const end = { outcome, reason: null, message: null };
  endRun(store.db, run, {
    ...end,
    endedAtMs: recordedAtMs + 10,
    durationMs: 10,
    counts: noCounts,
    bytes: 0,
  });
  if (slot > 0) endSlot(store.db, slot, end);
  return run;
}

/** What the history itself counts between two instants. */
function listed(schedule: number | null, fromMs: number, untilMs: number): unknown {
  const rows = readHistory(store.db, { schedule, outcomes, before: null, limit: 10_000 });
  const counts: Partial<Record<Outcome, number>> = {};
  for (const { outcome, recordedAtMs } of rows)
    if (outcome !== null && recordedAtMs >= fromMs && recordedAtMs < untilMs)
      counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

/** What the audit finds of the sums. */
function differing(): readonly string[] {
  return auditRecord(store.db)
    .findings.filter(({ code }) => code.startsWith('quarter'))
    .map(({ message }) => message);
}

describe('store/quarters', () => {
  it('counts each ended row once, in the quarter of an hour it was recorded in', () => {
    const [one, two] = [store.schedule({ id: 'one' }), store.schedule({ id: 'two' })];
    ended(one, quarterMs - 1, 'success');
    ended(one, quarterMs, 'success');
    ended(one, quarterMs + 1, 'failed');
    ended(two, quarterMs, 'failed');
    store.run({ schedule: two, recordedAtMs: quarterMs });
    store.slot({ schedule: two, slotAtMs: 2 * quarterMs - 1, outcome: 'missed' });
    const second = { fromMs: quarterMs, untilMs: 2 * quarterMs };
    expect(countOutcomes(store.db, one, second)).toEqual({ success: 1, failed: 1 });
    expect(countOutcomes(store.db, two, second)).toEqual({ failed: 1, missed: 1 });
    expect(countOutcomes(store.db, null, second)).toEqual({ success: 1, failed: 2, missed: 1 });
    expect(countOutcomes(store.db, null, { fromMs: 0, untilMs: quarterMs })).toEqual({
      success: 1,
    });
    expect(differing()).toEqual([]);
  });

  it('counts a slot by its runs once it has one, even one that never started', () => {
    const schedule = store.schedule();
    const slot = store.slot({ schedule }) ?? 0;
    expect(countOutcomes(store.db, null, ever)).toEqual({});
    ended(schedule, 5_000, 'skipped', slot);
    expect(countOutcomes(store.db, null, ever)).toEqual({ skipped: 1 });
    expect(differing()).toEqual([]);
  });

  it('moves a row on that comes to stand for further slots', () => {
    const schedule = store.schedule();
    const paused = { schedule, outcome: 'skipped', reason: 'paused' } as const;
    store.slot({ ...paused, slotAtMs: 10 });
    const later = aSlot({ ...paused, slotAtMs: 3 * quarterMs });
    extendSlot(store.db, later);
    expect(countOutcomes(store.db, schedule, { fromMs: 0, untilMs: quarterMs })).toEqual({});
    expect(countOutcomes(store.db, schedule, ever)).toEqual({ skipped: 1 });
    expect(countOutcomes(store.db, null, ever)).toEqual({ skipped: 1 });
    expect(differing()).toEqual([]);
  });

  it('leaves a deleted schedule out, brings it back, and forgets it when it is purged', () => {
    const [one, two] = [store.schedule({ id: 'one' }), store.schedule({ id: 'two' })];
    ended(one, 100, 'success');
    store.slot({ schedule: one, slotAtMs: 100, outcome: 'missed' });
    ended(two, 100, 'success');
    deleteSchedule(store.db, one, 500);
    expect(countOutcomes(store.db, null, ever)).toEqual({ success: 1 });
    undeleteSchedule(store.db, 'one', 500);
    expect(countOutcomes(store.db, null, ever)).toEqual({ success: 2, missed: 1 });
    deleteSchedule(store.db, one, 500);
    const keeping = { beforeMs: 0, pagesBeforeMs: 0, deletedBeforeMs: 501 };
    Array.from(prune(store.db, { ...keeping, rowsASchedule: 100, scrapedASchedule: 100 }));
    expect(countOutcomes(store.db, null, ever)).toEqual({ success: 1 });
    expect(store.db.prepare('SELECT * FROM quarters').raw().all()).toEqual([
      [two, 0, 'success', 1],
    ]);
    expect(differing()).toEqual([]);
  });

  it('equals the history whatever is entered, and whatever retention takes away', () => {
    const schedules = [store.schedule({ id: 'one' }), store.schedule({ id: 'two' })];
    let slotAtMs = 0;
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.nat(2), fc.nat(1), fc.nat(5 * quarterMs), fc.constantFrom(...outcomes)),
          { minLength: 1, maxLength: 20 },
        ),
        fc.nat(5 * quarterMs),
        (rows, beforeMs) => {
          store.db.exec('DELETE FROM slots; DELETE FROM runs');
          keepPlan(store.db, { hash: 'plan-1', document: '{}' });
          for (const [kind, which, recordedAtMs, outcome] of rows) {
            slotAtMs += 1;
            const schedule = schedules[which] ?? 1;
            if (kind === 0) ended(schedule, recordedAtMs, outcome);
            else if (kind === 1)
              store.slot({ schedule, slotAtMs, recordedAtMs, outcome: 'missed', reason: 'asleep' });
            else
              ended(
                schedule,
                recordedAtMs,
                outcome,
                store.slot({ schedule, slotAtMs, recordedAtMs }) ?? 0,
              );
          }
          const keeping = { beforeMs, pagesBeforeMs: 0, deletedBeforeMs: 0 };
          const rowsASchedule = { rowsASchedule: 4, scrapedASchedule: 100 };
          for (const isPruned of [false, true]) {
            if (isPruned) Array.from(prune(store.db, { ...keeping, ...rowsASchedule }));
            for (const schedule of [null, ...schedules])
              for (const [fromMs, untilMs] of [
                [0, 6 * quarterMs],
                [quarterMs, 3 * quarterMs],
              ] as const)
                expect(countOutcomes(store.db, schedule, { fromMs, untilMs })).toEqual(
                  listed(schedule, fromMs, untilMs),
                );
            expect(differing()).toEqual([]);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is filled from the rows that an older version left', () => {
    const { path, remove } = aFolder();
    const old = openDatabase(path, migrations.slice(0, 3));
    old.exec(`INSERT INTO plans VALUES ('p', '{}');
      INSERT INTO schedules (id, document, document_version, created_at, handled_until) VALUES ('a', '{}', 1, 5, 6);
      INSERT INTO slots (slot, schedule, slot_at, first_slot_at, coalesced, cause, state, outcome, plan, recorded_at,
        attempts, epoch) VALUES
        (1, 1, 5, 5, 1, 'slot', 'ended', 'missed', 'p', 1800000, 0, 1),
        (2, 1, 6, 6, 1, 'slot', 'ended', 'skipped', 'p', 1800000, 0, 1),
        (3, 1, 7, 7, 1, 'slot', 'ended', 'failed', 'p', 1800000, 1, 1),
        (4, 1, 8, 8, 1, 'slot', 'queued', NULL, 'p', 1800000, 0, 1);
      INSERT INTO runs (schedule, slot, attempt, cause, state, outcome, recorded_at, epoch) VALUES
        (1, 2, 1, 'slot', 'ended', 'skipped', 1800000, 1), (1, 3, 1, 'slot', 'ended', 'failed', 1800001, 1),
        (1, NULL, 1, 'manual', 'ended', 'success', 2700000, 1), (1, 4, 1, 'slot', 'queued', NULL, 2700000, 1)`);
    old.close();
    const db = openDatabase(path);
    expect(db.prepare('SELECT * FROM quarters ORDER BY quarter_at, outcome').raw().all()).toEqual([
      [1, 1_800_000, 'failed', 1],
      [1, 1_800_000, 'missed', 1],
      [1, 1_800_000, 'skipped', 1],
      [1, 2_700_000, 'success', 1],
    ]);
    expect(countOutcomes(db, null, ever)).toEqual({ failed: 1, missed: 1, skipped: 1, success: 1 });
    expect(db.prepare('SELECT slot FROM slots WHERE ended_at_once = 1').pluck().all()).toEqual([1]);
    db.close();
    remove();
  });

  it.each([
    [
      'a sum that is wrong',
      'UPDATE quarters SET count = 3',
      'posts: of the quarter of an hour from 1970-01-01T00:15:00Z the chart counts 3 as failed, and there are 1.',
    ],
    [
      'a sum that is missing',
      'DELETE FROM quarters',
      'posts: of the quarter of an hour from 1970-01-01T00:15:00Z the chart counts 0 as failed, and there are 1.',
    ],
    [
      'a sum of nothing',
      "INSERT INTO quarters VALUES (1, 0, 'failed', 2)",
      'posts: of the quarter of an hour from 1970-01-01T00:00:00Z the chart counts 2 as failed, and there are 0.',
    ],
    [
      'a total that is wrong',
      'UPDATE quarters_of_all SET count = 2',
      'all schedules: of the quarter of an hour from 1970-01-01T00:15:00Z the chart counts 2 as failed, and there are 1.',
    ],
  ])('lets the audit find %s', (_, broken, message) => {
    ended(store.schedule(), quarterMs, 'failed');
    expect(differing()).toEqual([]);
    store.db.exec(broken);
    expect(differing()).toContain(message);
  });
});
