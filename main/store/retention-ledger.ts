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
export const stepRows = 50;

/**
 * Removes something of one schedule with each call, in the caller's transaction. Answers whether there may be
 * more. How far its numbers reach is found once, by whoever makes it: that is a walk past all that stays.
 */
export type Removal = () => boolean;

interface OldRun {
  readonly run: number;
  /** Its rows and log lines, as far as they matter: counted to just past what a step removes. */
  readonly weight: number;
  /** Whether younger runs read exactly its rows and point at them. */
  readonly shared: 0 | 1;
}

const oldRun = `SELECT runs.run,
    EXISTS (SELECT 1 FROM runs AS other WHERE other.rows_of = runs.run AND other.run <> runs.run) AS shared,
    (SELECT count(*) FROM (SELECT 1 FROM run_rows WHERE run_rows.run = runs.run LIMIT ${String(stepRows + 1)}))
    + (SELECT count(*) FROM run_log WHERE run_log.run = runs.run) AS weight FROM runs`;

/** Takes some of a run's rows away, the last first; with the last of them nothing says it had any. */
function lighten(db: Writer, run: number): void {
  // A page that never changes has as many runs that point at one as are kept.
  const { changes: pointers } = statement(
    db,
    `UPDATE runs SET rows_of = NULL WHERE run IN
       (SELECT run FROM runs WHERE rows_of = ? AND run <> ? LIMIT ${String(stepRows)})`,
  ).run(run, run);
  if (pointers === stepRows) return;
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
function oldSlots(
  db: Writer,
  schedule: number,
  beforeMs: number,
  beyondMs: number,
): readonly number[] {
  const rows = statement<{ slot: number; state: string; at: number; recorded: number }>(
    db,
    `SELECT slot, state, slot_at AS at, recorded_at AS recorded FROM slots
     WHERE schedule = ? ORDER BY slot_at LIMIT 50`,
  ).all(schedule);
  const stays = rows.findIndex(
    ({ state, at, recorded }) => state !== 'ended' || (recorded >= beforeMs && at > beyondMs),
  );
  return rows.slice(0, stays === -1 ? rows.length : stays).map(({ slot }) => slot);
}

/** Removes these slots with their attempts, as many as fill a step. */
function removeSlots(db: Writer, slots: readonly number[], lastGood: number | null): void {
  let cost = 0;
  for (const slot of slots) {
    cost += removeSlot(db, slot, lastGood);
    if (cost >= stepRows) return;
  }
}

/** Removes old slots of a schedule with their attempts. */
export function pruneSlots(db: Writer, schedule: number, keeping: Keeping): Removal {
  const newestBeyond = statement<{ at: number }>(
    db,
    'SELECT slot_at AS at FROM slots WHERE schedule = ? ORDER BY slot_at DESC LIMIT 1 OFFSET ?',
  ).get(schedule, keeping.rowsASchedule);
  return () => {
    const slots = oldSlots(db, schedule, keeping.beforeMs, newestBeyond?.at ?? -Infinity);
    removeSlots(db, slots, lastGoodRun(db, schedule)?.run ?? null);
    return slots.length > 0;
  };
}

/** The oldest runs of a schedule without a slot that a condition names. */
function runsWithoutSlot(
  db: Writer,
  schedule: number,
  which = 'TRUE',
  ...values: readonly number[]
): readonly OldRun[] {
  return statement<OldRun>(
    db,
    `${oldRun} WHERE runs.schedule = ? AND runs.slot IS NULL AND ${which}
     ORDER BY runs.recorded_at LIMIT 50`,
  ).all(schedule, ...values);
}

/** Removes these runs, as many as fill a step. Answers whether there may be more. */
function removeRuns(db: Writer, runs: readonly OldRun[]): boolean {
  let cost = 0;
  for (const run of runs) {
    removeRun(db, run);
    cost += 1 + run.weight;
    if (cost >= stepRows) break;
  }
  return runs.length > 0;
}

/** Removes old runs of a schedule that have no slot. */
export function pruneRuns(db: Writer, schedule: number, keeping: Keeping): Removal {
  const newestBeyond = statement<{ at: number }>(
    db,
    `SELECT recorded_at AS at FROM runs WHERE schedule = ? AND slot IS NULL
     ORDER BY recorded_at DESC LIMIT 1 OFFSET ?`,
  ).get(schedule, keeping.rowsASchedule);
  const beforeMs = Math.max(keeping.beforeMs, newestBeyond?.at ?? 0);
  return () => {
    const old = runsWithoutSlot(
      db,
      schedule,
      "runs.state = 'ended' AND runs.recorded_at < ? AND runs.run <> ?",
      beforeMs,
      lastGoodRun(db, schedule)?.run ?? 0,
    );
    return removeRuns(
      db,
      old.filter(({ shared }) => shared === 0),
    );
  };
}

/** Removes a deleted schedule's slots and runs, also what is open and its last good one. */
export function removeLedger(db: Writer, schedule: number): Removal {
  return () => {
    const slots = statement<{ slot: number }>(
      db,
      'SELECT slot FROM slots WHERE schedule = ? ORDER BY slot_at LIMIT 50',
    ).all(schedule);
    removeSlots(
      db,
      slots.map(({ slot }) => slot),
      null,
    );
    return slots.length > 0 || removeRuns(db, runsWithoutSlot(db, schedule));
  };
}

/** Takes the rows of a schedule's oldest runs away where it keeps too many. */
export function pruneScraped(db: Writer, schedule: number, keeping: Keeping): Removal {
  const holders = 'FROM runs WHERE schedule = ? AND rows_of = run';
  const kept = statement<{ rows: number | null }>(db, `SELECT sum(row_count) AS rows ${holders}`);
  return () => {
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
  };
}
