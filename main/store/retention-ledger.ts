import { lastGoodRun, rowsOf } from './records.ts';
import { statement, type Writer } from './statement.ts';

/** How much history is kept. */
export interface Keeping {
  /** Ended slots and runs recorded before this instant go, and gone records not seen since. */
  readonly beforeMs: number;
  /** Stored pages and robots files not fetched anew since this instant go: the next run fetches them again. */
  readonly pagesBeforeMs: number;
  /** Schedules deleted before this instant go with all they have. */
  readonly deletedBeforeMs: number;
  /** How many slots, runs without one, and gone records a schedule keeps at the most. */
  readonly rowsASchedule: number;
  /** How many scraped rows a schedule keeps at the most, those of its last good run apart. */
  readonly scrapedASchedule: number;
}

/** How many rows one transaction removes: well under 16 ms of the scheduler's thread. */
export const stepRows = 100;

interface OldRun {
  readonly run: number;
  /** Its rows and log lines. */
  readonly weight: number;
  /** Whether younger runs read exactly its rows and point at them. */
  readonly shared: 0 | 1;
}

const oldRun = `SELECT runs.run,
    EXISTS (SELECT 1 FROM runs AS other WHERE other.rows_of = runs.run AND other.run <> runs.run) AS shared,
    (SELECT count(*) FROM run_rows WHERE run_rows.run = runs.run)
    + (SELECT count(*) FROM run_log WHERE run_log.run = runs.run) AS weight FROM runs`;

/** Takes some of a run's rows away, the last first; with the last of them nothing says it had any. */
function lighten(db: Writer, run: number): void {
  statement(db, 'UPDATE runs SET rows_of = NULL WHERE rows_of = ? AND run <> ?').run(run, run);
  const { changes } = statement(
    db,
    `DELETE FROM run_rows WHERE run = ? AND position IN
       (SELECT position FROM run_rows WHERE run = ? ORDER BY position DESC LIMIT ${String(stepRows)})`,
  ).run(run, run);
  if (changes === stepRows) return;
  statement(db, 'UPDATE runs SET rows_of = NULL WHERE run = ?').run(run);
  statement(db, 'DELETE FROM run_log WHERE run = ?').run(run);
}

/** Removes a run, or lightens it where that alone fills a step. Answers whether it is gone. */
function removeRun(db: Writer, { run, weight }: OldRun): boolean {
  if (weight > stepRows) lighten(db, run);
  else statement(db, 'DELETE FROM runs WHERE run = ?').run(run);
  return weight <= stepRows;
}

/** Removes a slot with its attempts; one that is still needed stays as a run without a slot. Answers the cost. */
function removeSlot(db: Writer, slot: number, lastGood: number | null): number {
  let cost = 1;
  for (const run of statement<OldRun>(db, `${oldRun} WHERE runs.slot = ?`).all(slot)) {
    if (run.shared === 1 || run.run === lastGood)
      statement(db, 'UPDATE runs SET slot = NULL WHERE run = ?').run(run.run);
    else if (!removeRun(db, run)) return stepRows;
    cost += 1 + run.weight;
  }
  statement(db, 'DELETE FROM slots WHERE slot = ?').run(slot);
  return cost;
}

/**
 * The oldest slots of a schedule that may go, in order and without a hole: what follows one that is
 * open or young stays.
 */
function oldSlots(db: Writer, schedule: number, keeping: Keeping): readonly number[] {
  const rows = statement<{ slot: number; state: string; at: number; recorded: number }>(
    db,
    `SELECT slot, state, slot_at AS at, recorded_at AS recorded FROM slots
     WHERE schedule = ? ORDER BY slot_at LIMIT 50`,
  ).all(schedule);
  const newestBeyond = statement<{ at: number }>(
    db,
    'SELECT slot_at AS at FROM slots WHERE schedule = ? ORDER BY slot_at DESC LIMIT 1 OFFSET ?',
  ).get(schedule, keeping.rowsASchedule);
  const stays = rows.findIndex(
    ({ state, at, recorded }) =>
      state !== 'ended' || (recorded >= keeping.beforeMs && at > (newestBeyond?.at ?? -Infinity)),
  );
  return rows.slice(0, stays === -1 ? rows.length : stays).map(({ slot }) => slot);
}

/** Removes old slots of a schedule with their attempts. Answers whether there may be more. */
export function pruneSlots(db: Writer, schedule: number, keeping: Keeping): boolean {
  const lastGood = lastGoodRun(db, schedule)?.run ?? null;
  const slots = oldSlots(db, schedule, keeping);
  let cost = 0;
  for (const slot of slots) {
    cost += removeSlot(db, slot, lastGood);
    if (cost >= stepRows) break;
  }
  return slots.length > 0;
}

/** Removes old runs of a schedule that have no slot. Answers whether there may be more. */
export function pruneRuns(db: Writer, schedule: number, keeping: Keeping): boolean {
  const lastGood = lastGoodRun(db, schedule)?.run ?? 0;
  const newestBeyond = statement<{ at: number }>(
    db,
    `SELECT recorded_at AS at FROM runs WHERE schedule = ? AND slot IS NULL
     ORDER BY recorded_at DESC LIMIT 1 OFFSET ?`,
  ).get(schedule, keeping.rowsASchedule);
  const runs = statement<OldRun>(
    db,
    `SELECT * FROM (${oldRun} WHERE runs.schedule = ? AND runs.slot IS NULL AND runs.state = 'ended'
       AND runs.recorded_at < ? AND runs.run <> ? ORDER BY runs.recorded_at LIMIT 50) WHERE NOT shared`,
  ).all(schedule, Math.max(keeping.beforeMs, newestBeyond?.at ?? 0), lastGood);
  let cost = 0;
  for (const run of runs) {
    removeRun(db, run);
    cost += 1 + run.weight;
    if (cost >= stepRows) break;
  }
  return runs.length > 0;
}

/** Takes the rows of a schedule's oldest runs away where it keeps too many. Answers whether there may be more. */
export function pruneScraped(db: Writer, schedule: number, keeping: Keeping): boolean {
  const holders = 'FROM runs WHERE schedule = ? AND rows_of = run';
  const kept = statement<{ rows: number | null }>(db, `SELECT sum(row_count) AS rows ${holders}`);
  if ((kept.get(schedule)?.rows ?? 0) <= keeping.scrapedASchedule) return false;
  const lastGood = lastGoodRun(db, schedule);
  const needed = lastGood === null ? null : rowsOf(db, lastGood.run);
  const oldest = statement<{ run: number }>(
    db,
    `SELECT run ${holders} AND state = 'ended' AND run IS NOT ? ORDER BY run LIMIT 1`,
  ).get(schedule, needed);
  if (oldest === undefined) return false;
  lighten(db, oldest.run);
  return true;
}
