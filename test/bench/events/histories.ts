import type { ScheduleInput } from '../../../contract/schedule.ts';
import { endRun, insertRun, noCounts, startRun } from '../../../main/store/runs.ts';
import { inTransaction, type Writer } from '../../../main/store/statement.ts';
import { schedulesWith } from '../scheduler/due.ts';

/** How many outcomes a row of the window shows. */
const stripLength = 30;

/** Schedules that are due once a day, at night, so that they change only when a bench changes them. */
export function calmSchedules(count: number): readonly ScheduleInput[] {
  return schedulesWith(count, '0 17 4 * * *').map((schedule, index) => ({
    ...schedule,
    name: `Schedule ${String(index).padStart(4, '0')}`,
  }));
}

/** Gives the first schedules of a database thirty runs each: what a window in use has to show. */
export function writeHistories(db: Writer, schedules: number, nowMs: number): void {
  inTransaction(db, () => {
    for (let schedule = 1; schedule <= schedules; schedule += 1)
      for (let index = stripLength; index > 0; index -= 1) {
        const atMs = nowMs - index * 3_600_000;
        const run = insertRun(db, {
          ...{ schedule, slot: null, attempt: 1, cause: 'manual', recordedAtMs: atMs, epoch: 1 },
        });
        startRun(db, run, atMs);
        const isGood = index % 7 !== 0;
        endRun(db, run, {
          outcome: isGood ? 'success' : 'failed',
          reason: isGood ? null : 'http-500',
          message: isGood ? null : 'The site answered 500; it may do better later.',
          endedAtMs: atMs + 900,
          durationMs: 900,
          counts: noCounts,
          bytes: 1_000,
        });
      }
  });
}
