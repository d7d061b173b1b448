import type { Outcome } from '../../contract/ledger.ts';
import { scheduleName } from './history.ts';
import { statement, type Reader } from './statement.ts';

/** What was reached late since a mark: how much of it there is. */
export interface LateTotals {
  readonly schedules: number;
  readonly slots: number;
  readonly fromMs: number | null;
  readonly untilMs: number | null;
  /** The highest slot number among them: the mark that puts all of them away. */
  readonly mark: number | null;
  /** When the first of these rows was recorded. */
  readonly firstRecordedAtMs: number | null;
}

/** One schedule's slots that were reached late. */
export interface LateLine {
  readonly schedule: string;
  readonly name: string;
  readonly slots: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly runs: number;
  readonly row: string;
  readonly outcome: Outcome | null;
  readonly reason: string | null;
  readonly startedAtMs: number | null;
}

/** Which rows: those numbered above the mark and recorded since an instant. */
export interface LateQuery {
  readonly mark: number;
  readonly sinceMs: number;
}

/** A slot reached within this time of its instant is merely late (design.md section 2, rule 10). */
const lateMs = 60_000;

/** The first term is the index's own condition, word for word: so SQLite takes it. */
const late = `(outcome = 'missed' OR cause = 'catch-up' OR coalesced > 1)
  AND (outcome IS NULL OR outcome <> 'skipped' OR cause = 'catch-up')
  AND (outcome = 'missed' OR cause = 'catch-up' OR recorded_at - first_slot_at >= ${String(lateMs)})
  AND recorded_at >= ? AND slot > ?`;

const living = 'JOIN schedules ON schedules.number = slots.schedule AND deleted_at IS NULL';

/** How many schedules and slots were reached late, by the sums of the ledger. */
export function lateTotals(db: Reader, { mark, sinceMs }: LateQuery): LateTotals {
  const row = statement<LateTotals>(
    db,
    `SELECT count(DISTINCT schedule) AS schedules, coalesce(sum(coalesced), 0) AS slots,
       min(first_slot_at) AS fromMs, max(recorded_at) AS untilMs, max(slot) AS mark,
       min(recorded_at) AS firstRecordedAtMs
     FROM slots ${living} WHERE ${late}`,
  ).get(sinceMs, mark);
  if (row === undefined) throw new Error('an aggregate without a row');
  return row;
}

/** The schedules with the most slots reached late first, at most `limit`. */
export function lateLines(
  db: Reader,
  { mark, sinceMs }: LateQuery,
  limit: number,
): readonly LateLine[] {
  return statement<LateLine>(
    db,
    `SELECT schedules.id AS schedule, ${scheduleName} AS name, sums.slots, sums.fromMs, sums.toMs,
       sums.runs, newest.outcome, newest.reason, newest.started_at AS startedAtMs,
       coalesce((SELECT 'r' || max(run) FROM runs WHERE runs.slot = newest.slot),
         's' || newest.slot) AS row
     FROM (
       SELECT slots.schedule, sum(coalesced) AS slots, min(first_slot_at) AS fromMs,
         max(slot_at) AS toMs, sum(outcome IS NULL OR started_at IS NOT NULL) AS runs
       FROM slots ${living} WHERE ${late} GROUP BY slots.schedule
     ) AS sums
     JOIN schedules ON schedules.number = sums.schedule
     JOIN slots AS newest ON newest.schedule = sums.schedule AND newest.slot_at = sums.toMs
     ORDER BY sums.slots DESC, schedules.number LIMIT ?`,
  ).all(sinceMs, mark, limit);
}

/** The causes these slots were missed for, each once; a row that was caught up names none. */
export function lateCauses(db: Reader, { mark, sinceMs }: LateQuery): readonly string[] {
  return statement<{ reason: string }>(
    db,
    `SELECT DISTINCT iif(outcome = 'missed' AND reason IN ('asleep', 'not-running'), reason, '') AS reason
     FROM slots ${living} WHERE ${late}`,
  )
    .all(sinceMs, mark)
    .map(({ reason }) => reason);
}
