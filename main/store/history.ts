import type { Cause, Outcome } from '../../contract/ledger.ts';
import type { HistoryPlace } from './history-places.ts';
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

/** A document that can't be read has no name to show; its rows are still history. */
export const scheduleName =
  "coalesce(iif(json_valid(schedules.document), schedules.document ->> 'name', NULL), schedules.id)";

const runFields = `runs.run, runs.slot, runs.schedule, runs.cause, runs.attempt,
  slots.slot_at AS slotAtMs, slots.first_slot_at AS firstSlotAtMs,
  coalesce(slots.coalesced, 1) AS coalesced, runs.recorded_at AS recordedAtMs,
  runs.started_at AS startedAtMs, runs.ended_at AS endedAtMs, runs.duration_ms AS durationMs,
  runs.state, runs.outcome, runs.reason, runs.message, runs.pages, runs.not_modified AS notModified,
  runs.row_count AS rows, runs.new_count AS newRows, runs.changed_count AS changedRows,
  runs.gone_count AS goneRows, runs.same_count AS sameRows`;

const slotFields = `NULL AS run, slots.slot, slots.schedule, slots.cause, 0 AS attempt,
  slots.slot_at AS slotAtMs, slots.first_slot_at AS firstSlotAtMs, slots.coalesced,
  slots.recorded_at AS recordedAtMs, NULL AS startedAtMs, slots.recorded_at AS endedAtMs,
  NULL AS durationMs, slots.state, slots.outcome, slots.reason, slots.message, 0 AS pages,
  0 AS notModified, 0 AS rows, 0 AS newRows, 0 AS changedRows, 0 AS goneRows, 0 AS sameRows`;

const scheduleWords = `schedules.id AS scheduleId, ${scheduleName} AS scheduleName`;

/** The columns of an attempt's row, read from `runTables`. */
export const runColumns = `${runFields}, ${scheduleWords}`;

/** An attempt with its schedule and its slot. */
export const runTables =
  'runs JOIN schedules ON schedules.number = runs.schedule LEFT JOIN slots USING (slot)';

type WithoutWords = Omit<HistoryRow, 'scheduleId' | 'scheduleName'>;
/** What a row says of its schedule. */
export type Words = Pick<HistoryRow, 'scheduleId' | 'scheduleName'>;

/** Which row of the history: an attempt, or a slot that never had one. */
type RowName = Pick<HistoryPlace, 'kind' | 'number'>;

/** How one row is read. Made once, as statements are found by them. */
const rowSql = {
  run: `SELECT ${runFields} FROM runs LEFT JOIN slots USING (slot) WHERE runs.run = ?`,
  slot: `SELECT ${slotFields} FROM slots WHERE slots.slot = ?`,
} as const;

/** One row without the words of its schedule. */
function readRow(db: Reader, { kind, number }: RowName): WithoutWords | undefined {
  return statement<WithoutWords>(db, rowSql[kind]).get(number);
}

/** A row of the history of a schedule whose words are at hand; null where it is gone. */
export function readPlace(db: Reader, name: RowName, words: Words): HistoryRow | null {
  const row = readRow(db, name);
  return row === undefined ? null : { ...row, ...words };
}

/** The place of a row in the history. */
export function placeOf(row: HistoryRow): HistoryPlace {
  return row.run === null
    ? { recordedAtMs: row.recordedAtMs, kind: 'slot', number: row.slot ?? 0 }
    : { recordedAtMs: row.recordedAtMs, kind: 'run', number: row.run };
}

/**
 * Reads rows of the history; null for one that is gone. A schedule's document is long, so its words are
 * looked for once, however many of the rows are its own.
 */
export function rowReader(db: Reader): (name: RowName) => HistoryRow | null {
  const known = new Map<number, Words>();
  const wordsOf = (schedule: number): Words | undefined => {
    const words =
      known.get(schedule) ??
      statement<Words>(db, `SELECT ${scheduleWords} FROM schedules WHERE number = ?`).get(schedule);
    if (words !== undefined) known.set(schedule, words);
    return words;
  };
  return (name) => {
    const row = readRow(db, name);
    const words = row === undefined ? undefined : wordsOf(row.schedule);
    return row === undefined || words === undefined ? null : { ...row, ...words };
  };
}

/** One run as a row of the history, or null where there is no such run. */
export function readRun(db: Reader, run: number): HistoryRow | null {
  return rowReader(db)({ kind: 'run', number: run });
}

/**
 * The runs that wait or go on, as rows of the history, oldest first. The sign keeps SQLite from walking
 * through all runs for the sake of their order.
 */
export function readOpenRuns(db: Reader): readonly HistoryRow[] {
  return statement<HistoryRow>(
    db,
    `SELECT ${runColumns} FROM ${runTables} WHERE runs.state <> 'ended'
     AND schedules.deleted_at IS NULL ORDER BY +runs.run`,
  ).all();
}

/** A slot that never had an attempt, as a row of the history, or null. */
export function readSlotWithoutRun(db: Reader, slot: number): HistoryRow | null {
  return rowReader(db)({ kind: 'slot', number: slot });
}
