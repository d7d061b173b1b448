import type { Cause, Outcome, RunCounts } from '../../contract/ledger.ts';
import { statement, type Reader, type Writer } from './statement.ts';

/** An attempt as it is entered: queued, before anything starts. */
export interface NewRun {
  readonly schedule: number;
  /** The slot it carries out; null for a manual run. */
  readonly slot: number | null;
  readonly attempt: number;
  readonly cause: Cause;
  readonly recordedAtMs: number;
  readonly epoch: number;
}

/** How an attempt ended, as the ledger keeps it. */
export interface RunEnd {
  readonly outcome: Outcome;
  readonly reason: string | null;
  readonly message: string | null;
  readonly endedAtMs: number;
  /** By the monotonic clock; null where it never started or its end wasn't seen. */
  readonly durationMs: number | null;
  readonly counts: RunCounts;
  readonly bytes: number;
  /** The hash of the fields it read; left out where it read none. */
  readonly fieldHash?: string;
}

/** The counts of a run that read nothing. */
export const noCounts: RunCounts = {
  pages: 0,
  notModified: 0,
  rows: 0,
  new: 0,
  changed: 0,
  gone: 0,
  same: 0,
};

/** A run that waits or goes on. */
export interface OpenRun {
  readonly run: number;
  readonly schedule: number;
  readonly slot: number | null;
  readonly state: 'queued' | 'starting' | 'running';
}

/** Enters an attempt, queued. Answers its number. */
export function insertRun(db: Writer, run: NewRun): number {
  const { lastInsertRowid } = statement(
    db,
    `INSERT INTO runs (schedule, slot, attempt, cause, state, recorded_at, epoch)
     VALUES (?, ?, ?, ?, 'queued', ?, ?)`,
  ).run(run.schedule, run.slot, run.attempt, run.cause, run.recordedAtMs, run.epoch);
  return Number(lastInsertRowid);
}

/**
 * Enters the first attempts of slots that were just entered, queued, in their order. Answers each slot's
 * attempt.
 */
export function insertFirstRuns(db: Writer, slots: readonly number[]): ReadonlyMap<number, number> {
  return new Map(
    statement<readonly [number, number]>(
      db,
      `INSERT INTO runs (schedule, slot, attempt, cause, state, recorded_at, epoch)
       SELECT slots.schedule, slots.slot, 1, slots.cause, 'queued', slots.recorded_at, slots.epoch
       FROM json_each(?) AS these CROSS JOIN slots ON slots.slot = these.value RETURNING slot, run`,
    )
      .raw()
      .all(JSON.stringify(slots)),
  );
}

/** Commits that a run starts now. */
export function startRun(db: Writer, run: number, startedAtMs: number): void {
  statement(db, "UPDATE runs SET state = 'starting', started_at = ? WHERE run = ?").run(
    startedAtMs,
    run,
  );
}

/** Commits that a run's child has started. */
export function markRunRunning(db: Writer, run: number): void {
  statement(db, "UPDATE runs SET state = 'running' WHERE run = ? AND state = 'starting'").run(run);
}

/** Ends a run with its outcome; one that has ended already stays as it is. */
export function endRun(db: Writer, run: number, end: RunEnd): void {
  statement(
    db,
    `UPDATE runs SET state = 'ended', outcome = ?, reason = ?, message = ?, ended_at = ?,
       duration_ms = ?, pages = ?, not_modified = ?, row_count = ?, new_count = ?, changed_count = ?,
       gone_count = ?, same_count = ?, bytes = ?, field_hash = ? WHERE run = ? AND state <> 'ended'`,
  ).run(
    end.outcome,
    end.reason,
    end.message,
    end.endedAtMs,
    end.durationMs,
    end.counts.pages,
    end.counts.notModified,
    end.counts.rows,
    end.counts.new,
    end.counts.changed,
    end.counts.gone,
    end.counts.same,
    end.bytes,
    end.fieldHash ?? null,
    run,
  );
}

/** The runs that wait or go on, oldest first; by the index of open ones, hence the sign. */
export function openRuns(db: Reader): readonly OpenRun[] {
  return statement<OpenRun>(
    db,
    "SELECT run, schedule, slot, state FROM runs WHERE state <> 'ended' ORDER BY +run",
  ).all();
}

/** How the slot’s last attempt that ended did so, or null where it had none. Two may bear one number. */
export function lastAttempt(
  db: Reader,
  slot: number,
): Pick<RunEnd, 'outcome' | 'reason' | 'message'> | null {
  return (
    statement<Pick<RunEnd, 'outcome' | 'reason' | 'message'>>(
      db,
      `SELECT outcome, reason, message FROM runs WHERE slot = ? AND outcome IS NOT NULL
       ORDER BY run DESC LIMIT 1`,
    ).get(slot) ?? null
  );
}

/** From one instant up to another, the second left out. */
export interface Stretch {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** The figures of runs: how many there were, how many failed, how long they took, how late they began. */
export interface RunFigures {
  readonly runs: number;
  readonly failed: number;
  readonly durationsMs: readonly number[];
  readonly latenessMs: readonly number[];
}

/** The figures of the runs recorded from one instant up to another, the second left out; of the newest so many. */
export function runFigures(db: Reader, { fromMs, untilMs }: Stretch, limit: number): RunFigures {
  const rows = statement<{
    outcome: Outcome | null;
    duration: number | null;
    lateness: number | null;
  }>(
    db,
    `SELECT runs.outcome, runs.duration_ms AS duration,
       CASE WHEN runs.cause = 'slot' THEN runs.started_at - coalesce(slots.start_at, slots.slot_at) END AS lateness
     FROM runs LEFT JOIN slots USING (slot)
     WHERE runs.recorded_at >= ? AND runs.recorded_at < ? AND runs.started_at IS NOT NULL
     ORDER BY runs.recorded_at DESC LIMIT ?`,
  ).all(fromMs, untilMs, limit);
  return {
    runs: rows.length,
    failed: rows.filter((row) => row.outcome === 'failed' || row.outcome === 'timed-out').length,
    durationsMs: rows.flatMap((row) => (row.duration === null ? [] : [row.duration])),
    latenessMs: rows.flatMap((row) => (row.lateness === null ? [] : [row.lateness])),
  };
}
