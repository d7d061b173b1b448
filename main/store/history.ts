import type { Cause, Outcome } from '../../contract/ledger.ts';
import { statement, type Reader } from './statement.ts';

/** One row of the history: an attempt, or a slot that never had one. */
export interface HistoryRow {
  /** Null for a slot that never had an attempt. */
  readonly run: number | null;
  readonly slot: number | null;
  readonly schedule: number;
  readonly scheduleId: string;
  readonly scheduleName: string;
  readonly cause: Cause;
  readonly attempt: number;
  readonly slotAtMs: number | null;
  readonly firstSlotAtMs: number | null;
  readonly coalesced: number;
  readonly recordedAtMs: number;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly durationMs: number | null;
  readonly state: 'queued' | 'starting' | 'running' | 'waiting-retry' | 'ended';
  readonly outcome: Outcome | null;
  readonly reason: string | null;
  readonly message: string | null;
  readonly pages: number;
  readonly notModified: number;
  readonly rows: number;
  readonly newRows: number;
  readonly changedRows: number;
  readonly goneRows: number;
  readonly sameRows: number;
}

/** A place in the history: the instant of a row, and its number among runs or among slots. */
export interface HistoryPlace {
  readonly recordedAtMs: number;
  readonly kind: 'run' | 'slot';
  readonly number: number;
}

/** Which rows to read: newest first, before a place, of one schedule or outcome. */
export interface HistoryQuery {
  readonly schedule: number | null;
  readonly outcome: Outcome | null;
  readonly before: HistoryPlace | null;
  readonly limit: number;
}

/** A document that can't be read has no name to show; its rows are still history. */
export const scheduleName =
  "coalesce(iif(json_valid(schedules.document), schedules.document ->> 'name', NULL), schedules.id)";

/** The columns of an attempt's row, read from `runTables`. */
export const runColumns = `runs.run, runs.slot, runs.schedule, schedules.id AS scheduleId,
  ${scheduleName} AS scheduleName, runs.cause, runs.attempt,
  slots.slot_at AS slotAtMs, slots.first_slot_at AS firstSlotAtMs,
  coalesce(slots.coalesced, 1) AS coalesced, runs.recorded_at AS recordedAtMs,
  runs.started_at AS startedAtMs, runs.ended_at AS endedAtMs, runs.duration_ms AS durationMs,
  runs.state, runs.outcome, runs.reason, runs.message, runs.pages, runs.not_modified AS notModified,
  runs.row_count AS rows, runs.new_count AS newRows, runs.changed_count AS changedRows,
  runs.gone_count AS goneRows, runs.same_count AS sameRows`;

/** An attempt with its schedule and its slot. */
export const runTables =
  'runs JOIN schedules ON schedules.number = runs.schedule LEFT JOIN slots USING (slot)';

const slotColumns = `NULL AS run, slots.slot, slots.schedule, schedules.id AS scheduleId,
  ${scheduleName} AS scheduleName, slots.cause, 0 AS attempt,
  slots.slot_at AS slotAtMs, slots.first_slot_at AS firstSlotAtMs, slots.coalesced,
  slots.recorded_at AS recordedAtMs, NULL AS startedAtMs, slots.recorded_at AS endedAtMs,
  NULL AS durationMs, slots.state, slots.outcome, slots.reason, slots.message, 0 AS pages,
  0 AS notModified, 0 AS rows, 0 AS newRows, 0 AS changedRows, 0 AS goneRows, 0 AS sameRows`;

const slotTables = 'slots JOIN schedules ON schedules.number = slots.schedule';

/** Slots that never had an attempt; a queued one has its run's row already. */
const withoutRun = "slots.attempts = 0 AND slots.state = 'ended'";

interface Half {
  readonly table: 'runs' | 'slots';
  readonly columns: string;
  readonly tables: string;
  readonly key: string;
  readonly always: string;
}

const halves = {
  run: {
    table: 'runs',
    columns: runColumns,
    tables: runTables,
    key: 'runs.run',
    always: 'schedules.deleted_at IS NULL',
  },
  slot: {
    table: 'slots',
    columns: slotColumns,
    tables: slotTables,
    key: 'slots.slot',
    always: `schedules.deleted_at IS NULL AND ${withoutRun}
      AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.slot = slots.slot)`,
  },
} as const satisfies Record<'run' | 'slot', Half>;

/** The order of rows with the same instant: runs before slots, higher numbers first. */
function rank(kind: 'run' | 'slot'): number {
  return kind === 'run' ? 1 : 0;
}

function readHalf(db: Reader, kind: 'run' | 'slot', query: HistoryQuery): readonly HistoryRow[] {
  const { table, columns, tables, key, always }: Half = halves[kind];
  const conditions: string[] = [always];
  const values: unknown[] = [];
  if (query.schedule !== null) {
    conditions.push(`${table}.schedule = ?`);
    values.push(query.schedule);
  }
  if (query.outcome !== null) {
    conditions.push(`${table}.outcome = ?`);
    values.push(query.outcome);
  }
  if (query.before !== null) {
    const { recordedAtMs, kind: place, number } = query.before;
    // Of the rows with the same instant those of the lower kind are all still to come.
    const bound = place === kind ? number : rank(kind) < rank(place) ? Number.MAX_SAFE_INTEGER : 0;
    conditions.push(`(${table}.recorded_at, ${key}) < (?, ?)`);
    values.push(recordedAtMs, bound);
  }
  return statement<HistoryRow>(
    db,
    `SELECT ${columns} FROM ${tables} WHERE ${conditions.join(' AND ')}
     ORDER BY ${table}.recorded_at DESC, ${key} DESC LIMIT ?`,
  ).all(...values, query.limit);
}

/** The place of a row in the history. */
export function placeOf(row: HistoryRow): HistoryPlace {
  return row.run === null
    ? { recordedAtMs: row.recordedAtMs, kind: 'slot', number: row.slot ?? 0 }
    : { recordedAtMs: row.recordedAtMs, kind: 'run', number: row.run };
}

/** Newest first; the order is total, so that a place is enough to go on from. */
function newestFirst(a: HistoryRow, b: HistoryRow): number {
  const [left, right] = [placeOf(a), placeOf(b)];
  return (
    right.recordedAtMs - left.recordedAtMs ||
    rank(right.kind) - rank(left.kind) ||
    right.number - left.number
  );
}

/** A page of history, newest first: paged by key, so that a deep page costs what the first one does. */
export function readHistory(db: Reader, query: HistoryQuery): readonly HistoryRow[] {
  return [...readHalf(db, 'run', query), ...readHalf(db, 'slot', query)]
    .sort(newestFirst)
    .slice(0, query.limit);
}

/** One run as a row of the history, or null where there is no such run. */
export function readRun(db: Reader, run: number): HistoryRow | null {
  return (
    statement<HistoryRow>(db, `SELECT ${runColumns} FROM ${runTables} WHERE runs.run = ?`).get(
      run,
    ) ?? null
  );
}

/** The runs that wait or go on, as rows of the history, oldest first. */
export function readOpenRuns(db: Reader): readonly HistoryRow[] {
  return statement<HistoryRow>(
    db,
    `SELECT ${runColumns} FROM ${runTables} WHERE runs.state <> 'ended'
     AND schedules.deleted_at IS NULL ORDER BY runs.run`,
  ).all();
}

/** A slot that never had an attempt, as a row of the history, or null. */
export function readSlotWithoutRun(db: Reader, slot: number): HistoryRow | null {
  return (
    statement<HistoryRow>(db, `SELECT ${slotColumns} FROM ${slotTables} WHERE slots.slot = ?`).get(
      slot,
    ) ?? null
  );
}
