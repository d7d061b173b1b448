import type { Outcome } from '../../contract/ledger.ts';
import { runColumns, runTables, scheduleName, type HistoryRow } from './history.ts';
import { statement, type Reader } from './statement.ts';

/** A slot with all the ledger holds of it. */
export interface SlotFacts {
  readonly slot: number;
  readonly schedule: number;
  readonly slotAtMs: number;
  readonly firstSlotAtMs: number;
  readonly coalesced: number;
  readonly cause: 'slot' | 'catch-up' | 'chain';
  readonly state: 'queued' | 'starting' | 'running' | 'waiting-retry' | 'ended';
  readonly outcome: Outcome | null;
  readonly reason: string | null;
  readonly plan: string;
  readonly openedAtMs: number | null;
  readonly closesAtMs: number | null;
  /** Null in rows older than jitter. */
  readonly startAtMs: number | null;
  readonly nextSlotAtMs: number | null;
  readonly recordedAtMs: number;
  readonly startedAtMs: number | null;
  readonly retryAtMs: number | null;
}

/** A row of the history by its name, and how it ended. */
export interface NamedRow {
  readonly row: string;
  readonly name: string;
  readonly outcome: Outcome | null;
}

/** How far back the run that stood in a slot's way is looked for. */
const runsLookedAt = 50;
/** How long after a run's end the slots it set off may be dated: the clock is read anew for each. */
const chainMs = 1_000;
const mostChained = 50;

const slotColumns = `slot, schedule, slot_at AS slotAtMs, first_slot_at AS firstSlotAtMs, coalesced, cause,
  state, outcome, reason, plan, opened_at AS openedAtMs, closes_at AS closesAtMs,
  start_at AS startAtMs, next_slot_at AS nextSlotAtMs, recorded_at AS recordedAtMs,
  started_at AS startedAtMs, retry_at AS retryAtMs`;

/** The name of a slot's row: that of its last attempt, or its own where it never had one. */
const rowOfSlot = `coalesce((SELECT 'r' || max(run) FROM runs WHERE runs.slot = slots.slot),
  's' || slots.slot)`;

/** A slot, or null where there is none. */
export function readSlot(db: Reader, slot: number): SlotFacts | null {
  return (
    statement<SlotFacts>(db, `SELECT ${slotColumns} FROM slots WHERE slot = ?`).get(slot) ?? null
  );
}

/** All attempts at a slot, the first one first. */
export function attemptsOf(db: Reader, slot: number): readonly HistoryRow[] {
  return statement<HistoryRow>(
    db,
    `SELECT ${runColumns} FROM ${runTables} WHERE runs.slot = ? ORDER BY runs.attempt, runs.run`,
  ).all(slot);
}

/** The run of a schedule that waited or went on at an instant; null where none did. */
export function runGoingAt(db: Reader, schedule: number, atMs: number): HistoryRow | null {
  return (
    statement<HistoryRow>(
      db,
      `SELECT ${runColumns} FROM ${runTables} WHERE runs.run IN (
         SELECT run FROM (
           SELECT run, ended_at FROM runs WHERE schedule = ? AND recorded_at <= ?
           ORDER BY recorded_at DESC, run DESC LIMIT ${String(runsLookedAt)}
         ) WHERE ended_at IS NULL OR ended_at >= ?)
       ORDER BY runs.started_at IS NULL, runs.run DESC LIMIT 1`,
    ).get(schedule, atMs, atMs) ?? null
  );
}

/** The newest run of a slot of this schedule whose failure counted; null where there is none. */
export function lastFailure(db: Reader, schedule: number): HistoryRow | null {
  return (
    statement<HistoryRow>(
      db,
      `SELECT ${runColumns} FROM ${runTables} WHERE runs.schedule = ? AND runs.slot IS NOT NULL
       AND runs.outcome IN ('failed', 'timed-out', 'attention')
       ORDER BY runs.recorded_at DESC, runs.run DESC LIMIT 1`,
    ).get(schedule) ?? null
  );
}

/** The newest successful run of a slot that started between two instants, the second left out. */
export function goodRunBetween(
  db: Reader,
  schedule: number,
  fromMs: number,
  untilMs: number,
): HistoryRow | null {
  return (
    statement<HistoryRow>(
      db,
      `SELECT ${runColumns} FROM ${runTables} WHERE runs.schedule = ? AND runs.slot IS NOT NULL
       AND runs.recorded_at >= ? AND runs.recorded_at < ? AND runs.outcome = 'success'
       ORDER BY runs.recorded_at DESC, runs.run DESC LIMIT 1`,
    ).get(schedule, fromMs, untilMs) ?? null
  );
}

/** The row of the schedule's next slot that was recorded together with this one; null where there is none. */
export function rowRightAfter(db: Reader, slot: SlotFacts): NamedRow | null {
  return (
    statement<NamedRow>(
      db,
      `SELECT ${rowOfSlot} AS row, '' AS name, outcome FROM slots
       WHERE schedule = ? AND slot_at > ? AND recorded_at = ? ORDER BY slot_at LIMIT 1`,
    ).get(slot.schedule, slot.slotAtMs, slot.recordedAtMs) ?? null
  );
}

/** The slots that the end of a run of this schedule set off, by the plans they were judged by then. */
export function chainedFrom(db: Reader, upstream: string, endedAtMs: number): readonly NamedRow[] {
  return statement<NamedRow>(
    db,
    `SELECT ${rowOfSlot} AS row, ${scheduleName} AS name, slots.outcome
     FROM schedules CROSS JOIN slots ON slots.schedule = schedules.number
       AND slots.slot_at BETWEEN ? AND ? JOIN plans ON plans.hash = slots.plan
     WHERE slots.cause = 'chain' AND plans.document ->> '$.after.schedule' = ?
     ORDER BY slots.slot LIMIT ${String(mostChained)}`,
  ).all(endedAtMs, endedAtMs + chainMs, upstream);
}

/** The run of the upstream schedule whose end set a chain's slot off; null where it isn't kept. */
export function setOffBy(db: Reader, upstream: string, slotAtMs: number): NamedRow | null {
  return (
    statement<NamedRow>(
      db,
      `SELECT 'r' || run AS row, ${scheduleName} AS name, outcome
       FROM runs JOIN schedules ON schedules.number = runs.schedule
       WHERE schedules.id = ? AND runs.recorded_at <= ? AND runs.ended_at BETWEEN ? AND ?
       ORDER BY runs.recorded_at DESC, run DESC LIMIT 1`,
    ).get(upstream, slotAtMs, slotAtMs - chainMs, slotAtMs) ?? null
  );
}
