import type { Outcome } from '../../contract/ledger.ts';
import { statement, type Reader } from './statement.ts';

/** How many rows of the history ended so; an outcome that none had is left out. */
export type OutcomeCounts = Readonly<Partial<Record<Outcome, number>>>;

/** Rows recorded from one instant up to another, the second left out. Both begin a quarter of an hour. */
export interface QuarterRange {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** A quarter of an hour in milliseconds: the days of every zone begin and end with one. */
export const quarterMs = 900_000;

interface Sum {
  readonly outcome: Outcome;
  readonly count: number;
}

const within = 'quarter_at >= ? AND quarter_at < ?';

/** The sums of all schedules, less those of deleted ones: there are few, and their rows go within a day. */
const ofAll = `SELECT outcome, sum(count) AS count FROM (
    SELECT outcome, count FROM quarters_of_all WHERE ${within}
    UNION ALL
    SELECT outcome, -count FROM schedules CROSS JOIN quarters ON quarters.schedule = schedules.number
    WHERE deleted_at IS NOT NULL AND ${within}
  ) GROUP BY outcome HAVING sum(count) > 0`;

/**
 * How the ended rows of the history ended, attempts and slots without one alike: of one schedule, or of
 * all that aren't deleted (null). Added up from the sums of quarters of an hour, which triggers keep equal
 * to the rows: a month costs the same however many runs it had.
 */
export function countOutcomes(
  db: Reader,
  schedule: number | null,
  { fromMs, untilMs }: QuarterRange,
): OutcomeCounts {
  const sums =
    schedule === null
      ? statement<Sum>(db, ofAll).all(fromMs, untilMs, fromMs, untilMs)
      : statement<Sum>(
          db,
          `SELECT outcome, sum(count) AS count FROM quarters WHERE schedule = ? AND ${within}
           GROUP BY outcome`,
        ).all(schedule, fromMs, untilMs);
  return Object.fromEntries(sums.map(({ outcome, count }) => [outcome, count]));
}
