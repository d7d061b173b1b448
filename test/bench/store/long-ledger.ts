import type { Database } from 'better-sqlite3';
import type { Schedule } from '../../../contract/schedule.ts';
import { openDatabase } from '../../../main/store/database.ts';
import { databaseVersion, migrations, type Migration } from '../../../main/store/migrations.ts';
import { keepPlan } from '../../../main/store/plans.ts';
import { insertSchedule } from '../../../main/store/schedules.ts';
import type { Writer } from '../../../main/store/statement.ts';
import { aSchedule } from '../../support/builders.ts';
import { insertOldSchedule } from '../../support/old-schedule.ts';
import { twentyHolidays } from '../time/questions.ts';

/** How long a ledger is. */
export interface LedgerSize {
  readonly runs: number;
  readonly schedules: number;
  /** The steps its database has had; left out: all. */
  readonly steps?: readonly Migration[];
}

/** The instant the newest run was recorded. */
export const endsAtMs = Date.UTC(2026, 10, 20, 8);

/** A run each 7.8 seconds: a million of them are ninety days, and a third of them is younger than thirty. */
const stepMs = 7_776;

/** The schedule that has every other run; the rest is spread over the others. */
export const busiest = 1;

/** A document as people have them: hours of their own with a year's holidays. */
function documentOf(number: number): Schedule {
  return aSchedule({
    id: `schedule-${String(number)}`,
    name: `Schedule ${String(number)}`,
    trigger: { kind: 'interval', every: '24h' },
    hours: {
      week: { mon: ['09:00-17:00'], tue: ['09:00-12:30', '13:30-17:00'], fri: ['22:00-02:00'] },
      closed: { dates: [...twentyHolidays] },
    },
  });
}

/** Enters schedules; before version 5 how far their slots are judged stood beside the document. */
function enterSchedules(db: Writer, count: number): void {
  const isOlder = databaseVersion(db) < 5;
  const times = { createdAtMs: endsAtMs, handledUntilMs: endsAtMs };
  for (let number = 1; number <= count; number += 1) {
    const document = documentOf(number);
    if (isOlder) insertOldSchedule(db, document, times);
    else insertSchedule(db, document, endsAtMs);
  }
}

const ended = `CASE WHEN mix = 0 THEN 'timed-out' WHEN mix <= 30 THEN 'failed' WHEN mix <= 40 THEN 'partial'
  WHEN mix <= 45 THEN 'attention' WHEN mix <= 50 THEN 'cancelled' WHEN mix <= 52 THEN 'interrupted'
  ELSE 'success' END`;

/** Numbers from 1 on, each with the schedule it belongs to, its instant, and its place among a thousand. */
function numbers(schedules: number): string {
  return `WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < :count),
    numbered AS (SELECT n,
      iif(n % 2 = 0, ${String(busiest)}, 2 + (n / 2 * 7919) % ${String(schedules - 1)}) AS schedule,
      :ends - (:count - n) * :step AS at, n * 48271 % 100003 % 1000 AS mix FROM counted)`;
}

/** Three runs of a hundred failed, one of a thousand timed out, one of fifty was started by hand. */
function enterRuns(db: Database, { runs, schedules }: LedgerSize): void {
  const values = { count: runs, ends: endsAtMs, step: stepMs };
  db.prepare(
    `INSERT INTO slots (slot, schedule, slot_at, first_slot_at, coalesced, cause, state, outcome, plan,
       recorded_at, start_at, started_at, attempts, epoch)
     ${numbers(schedules)} SELECT n, schedule, at - 40, at - 40, 1, iif(mix = 999, 'catch-up', 'slot'), 'ended',
       ${ended}, 'plan', at, at - 40, at + 5, 1, 1 FROM numbered WHERE n % 50 > 0`,
  ).run(values);
  db.prepare(
    `INSERT INTO runs (run, schedule, slot, attempt, cause, state, outcome, reason, message, recorded_at,
       started_at, ended_at, duration_ms, pages, row_count, same_count, bytes, epoch)
     ${numbers(schedules)} SELECT n, schedule, iif(n % 50 > 0, n, NULL), 1,
       iif(n % 50 = 0, 'manual', iif(mix = 999, 'catch-up', 'slot')), 'ended', ${ended},
       iif(mix <= 30, 'http-500', NULL), iif(mix <= 30, 'The site answered 500.', NULL), at, at + 5,
       at + 1500 + mix, 1495 + mix, 1, 50, 50, 30952, 1 FROM numbered`,
  ).run(values);
}

/** One slot in ten never had a run: skipped, or missed, and some of those stand for several. */
function enterSlotsWithoutRun(db: Database, { runs, schedules }: LedgerSize): void {
  db.prepare(
    `INSERT INTO slots (schedule, slot_at, first_slot_at, coalesced, cause, state, outcome, reason, plan,
       recorded_at, start_at, epoch)
     ${numbers(schedules)} SELECT schedule, at + 3000, at + 3000 - iif(mix < 100, 60000, 0), iif(mix < 100, 3, 1),
       'slot', 'ended', iif(mix < 200, 'missed', 'skipped'), iif(mix < 200, 'asleep', 'overlap'), 'plan',
       at + 3100, at + 3000, 1 FROM numbered`,
  ).run({ count: Math.floor(runs / 10), ends: endsAtMs, step: stepMs * 10 });
  // Before version 4 nothing told them from others but that they had no attempt.
  if (databaseVersion(db) >= 4) db.exec('UPDATE slots SET ended_at_once = 1 WHERE attempts = 0');
}

/**
 * Writes a ledger as years of use would leave it into the database of a folder: one schedule has half of
 * the runs. Its slots name no next one, so that the audit can't follow them.
 */
export function writeLedger(folder: string, size: LedgerSize): void {
  const db = openDatabase(folder, size.steps ?? migrations);
  try {
    // A crash of the maker costs nothing.
    db.pragma('synchronous = OFF');
    db.pragma('cache_size = -400000');
    db.transaction(() => {
      keepPlan(db, { hash: 'plan', document: '{}' });
      enterSchedules(db, size.schedules);
      enterRuns(db, size);
      enterSlotsWithoutRun(db, size);
    })();
  } finally {
    db.close();
  }
}
