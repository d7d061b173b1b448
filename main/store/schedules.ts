import { z } from 'zod';
import { faultsOf } from '../../contract/faults.ts';
import { scheduleSchema, type Schedule } from '../../contract/schedule.ts';
import { durationMs } from '../../contract/time.ts';
import { putHandledUntil } from './handled.ts';
import { statement, type Reader, type Writer } from './statement.ts';

const documentVersion = 1;

/** A pause as it is stored: until when (null: until resumed) and why. */
export interface StoredPause {
  readonly untilMs: number | null;
  readonly why: 'user' | 'failures';
  /** Since when, where that is known. */
  readonly sinceMs?: number;
}

/** A stored schedule: its document and the state that is not configuration. */
export interface StoredSchedule {
  /** The internal number all tables refer to; an id that comes back after a delete gets a new one. */
  readonly number: number;
  readonly document: Schedule;
  readonly createdAtMs: number;
  /** Every slot up to here, itself included, has been judged. */
  readonly handledUntilMs: number;
  readonly pause: StoredPause | null;
  /** Slots in a row whose final outcome was failed, timed-out or attention. */
  readonly failures: number;
  /**
   * When the last run of a slot that ended in `success` started; noted while the schedule says
   * `enough`, null before.
   */
  readonly succeededAtMs: number | null;
  /** The same of the last one that found new, changed or gone rows. */
  readonly changedAtMs: number | null;
  /** Runs before this instant say nothing of what is usual: a person has resumed the schedule since. */
  readonly usualFromMs: number | null;
}

/** A row whose document can't be read: it is set aside, and the others go on. */
export interface UnreadableSchedule {
  readonly number: number;
  readonly id: string;
  readonly message: string;
}

interface ScheduleRow {
  readonly number: number;
  readonly id: string;
  readonly document: string;
  readonly created_at: number;
  readonly handled_until: number | null;
  readonly paused_why: 'user' | 'failures' | null;
  readonly paused_until: number | null;
  readonly paused_at: number | null;
  readonly failures: number;
  readonly succeeded_at: number | null;
  readonly changed_at: number | null;
  readonly usual_from: number | null;
}

const select = `SELECT number, id, document, created_at, until AS handled_until, paused_why, paused_until,
  paused_at, failures, succeeded_at, changed_at, usual_from
  FROM schedules LEFT JOIN handled ON handled.schedule = schedules.number`;

function pauseOf({ paused_why: why, paused_until: untilMs, paused_at: sinceMs }: ScheduleRow) {
  if (why === null) return null;
  return { untilMs, why, ...(sinceMs === null ? {} : { sinceMs }) };
}

function fromRow(row: ScheduleRow): StoredSchedule {
  if (row.handled_until === null) throw new Error('Nothing says how far its slots were judged.');
  return {
    number: row.number,
    document: scheduleSchema.parse(JSON.parse(row.document), { reportInput: true }),
    createdAtMs: row.created_at,
    handledUntilMs: row.handled_until,
    pause: pauseOf(row),
    failures: row.failures,
    succeededAtMs: row.succeeded_at,
    changedAtMs: row.changed_at,
    usualFromMs: row.usual_from,
  };
}

/** Why a row can't be read, in one line. */
function whyUnreadable(error: unknown): string {
  if (!(error instanceof z.ZodError)) return error instanceof Error ? error.message : String(error);
  return faultsOf(error)
    .map(({ path, message }) => (path === '' ? message : `${path} ${message}`))
    .join('; ');
}

/** All schedules in the order they were made; rows that can't be read come apart, with the reason. */
export function listSchedules(db: Reader): {
  readonly schedules: readonly StoredSchedule[];
  readonly unreadable: readonly UnreadableSchedule[];
} {
  const schedules: StoredSchedule[] = [];
  const unreadable: UnreadableSchedule[] = [];
  const rows = statement<ScheduleRow>(
    db,
    `${select} WHERE deleted_at IS NULL ORDER BY number`,
  ).all();
  for (const row of rows) {
    try {
      schedules.push(fromRow(row));
    } catch (error) {
      unreadable.push({ number: row.number, id: row.id, message: whyUnreadable(error) });
    }
  }
  return { schedules, unreadable };
}

/** The unreadable row under this id, or undefined. */
function unreadableRow(db: Reader, id: string): ScheduleRow | undefined {
  const row = statement<ScheduleRow>(db, `${select} WHERE id = ? AND deleted_at IS NULL`).get(id);
  if (row === undefined) return undefined;
  try {
    fromRow(row);
    return undefined;
  } catch {
    return row;
  }
}

/** Whether the schedule under this id is one that can't be read. */
export function isUnreadable(db: Reader, id: string): boolean {
  return unreadableRow(db, id) !== undefined;
}

/**
 * Inserts a schedule whose slots count from `nowMs` on. An unreadable row under its id is mended in
 * place: number and history stay. Answers its stored form.
 */
export function insertSchedule(db: Writer, document: Schedule, nowMs: number): StoredSchedule {
  const fresh = {
    document,
    handledUntilMs: nowMs,
    pause: null,
    failures: 0,
    succeededAtMs: null,
    changedAtMs: null,
    usualFromMs: null,
  };
  const broken = unreadableRow(db, document.id);
  if (broken !== undefined) {
    const mended = { ...fresh, number: broken.number, createdAtMs: broken.created_at };
    updateSchedule(db, mended);
    return mended;
  }
  const { lastInsertRowid } = statement(
    db,
    'INSERT INTO schedules (id, document, document_version, created_at) VALUES (?, ?, ?, ?)',
  ).run(document.id, JSON.stringify(document), documentVersion, nowMs);
  const number = Number(lastInsertRowid);
  putHandledUntil(db, number, nowMs);
  return { ...fresh, number, createdAtMs: nowMs };
}

/** Writes a schedule's document and state in place; history and number stay. */
export function updateSchedule(db: Writer, schedule: StoredSchedule): void {
  statement(
    db,
    `UPDATE schedules SET id = ?, document = ?, document_version = ?,
       paused_why = ?, paused_until = ?, paused_at = ?, failures = ?, succeeded_at = ?, changed_at = ?,
       usual_from = ?
     WHERE number = ?`,
  ).run(
    schedule.document.id,
    JSON.stringify(schedule.document),
    documentVersion,
    schedule.pause?.why ?? null,
    schedule.pause?.untilMs ?? null,
    schedule.pause?.sinceMs ?? null,
    schedule.failures,
    schedule.succeededAtMs,
    schedule.changedAtMs,
    schedule.usualFromMs,
    schedule.number,
  );
  putHandledUntil(db, schedule.number, schedule.handledUntilMs);
}

/** What changes of a schedule's state beside its document and how far its slots are judged. */
export type ScheduleNotes = Partial<
  Pick<StoredSchedule, 'pause' | 'failures' | 'succeededAtMs' | 'changedAtMs' | 'usualFromMs'>
>;

/** Writes what has changed of a schedule's state; what is left out stays. */
export function noteSchedule(db: Writer, number: number, notes: ScheduleNotes): void {
  const { pause, failures, succeededAtMs, changedAtMs, usualFromMs } = notes;
  if (pause !== undefined)
    statement(
      db,
      'UPDATE schedules SET paused_why = ?, paused_until = ?, paused_at = ? WHERE number = ?',
    ).run(pause?.why ?? null, pause?.untilMs ?? null, pause?.sinceMs ?? null, number);
  statement(
    db,
    `UPDATE schedules SET failures = coalesce(?, failures),
       succeeded_at = coalesce(?, succeeded_at), changed_at = coalesce(?, changed_at),
       usual_from = coalesce(?, usual_from) WHERE number = ?`,
  ).run(failures ?? null, succeededAtMs ?? null, changedAtMs ?? null, usualFromMs ?? null, number);
}

/** Why a schedule's slots were counted anew. */
export type CountedWhy = 'entered' | 'edited' | 'moved' | 'clock' | 'calendar';

/**
 * Notes that a schedule's slots, or all schedules' (null), are counted anew from an instant on: the
 * audit of the ledger looks for no missing row across it.
 */
export function countFrom(db: Writer, number: number | null, atMs: number, why: CountedWhy): void {
  const count = 'INSERT OR IGNORE INTO counted_from (schedule, at, why)';
  if (number !== null) statement(db, `${count} VALUES (?, ?, ?)`).run(number, atMs, why);
  else
    statement(db, `${count} SELECT number, ?, ? FROM schedules WHERE deleted_at IS NULL`).run(
      atMs,
      why,
    );
}

/** Deletes a schedule so that it can still be brought back. */
export function deleteSchedule(db: Writer, number: number, nowMs: number): void {
  statement(db, 'UPDATE schedules SET deleted_at = ? WHERE number = ?').run(nowMs, number);
}

/** How long a deleted schedule can be brought back. */
export const undeleteMs = durationMs('1d');

/**
 * Brings back the schedule deleted last under this id, no earlier than an instant; null where there is none:
 * part of an older one's history may be gone.
 */
export function undeleteSchedule(db: Writer, id: string, sinceMs: number): StoredSchedule | null {
  const row = statement<ScheduleRow>(
    db,
    `${select} WHERE id = ? AND deleted_at >= ?
     ORDER BY deleted_at DESC, number DESC LIMIT 1`,
  ).get(id, sinceMs);
  if (row === undefined) return null;
  statement(db, 'UPDATE schedules SET deleted_at = NULL WHERE number = ?').run(row.number);
  return fromRow(row);
}

/** Removes a schedule for good, with all that is left of it: `prune` takes its history away before, by steps. */
export function removeSchedule(db: Writer, number: number): void {
  statement(db, 'DELETE FROM schedules WHERE number = ?').run(number);
}
