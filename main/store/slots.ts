import type { Outcome } from '../../contract/ledger.ts';
import { statement, type Reader, type Writer } from './statement.ts';

/** A due slot as it enters the ledger: to be run (`outcome` null), or ended at once. */
export interface NewSlot {
  readonly schedule: number;
  readonly slotAtMs: number;
  readonly firstSlotAtMs: number;
  /** How many slots the row stands for, itself included. */
  readonly coalesced: number;
  readonly cause: 'slot' | 'catch-up' | 'chain';
  readonly outcome: Outcome | null;
  readonly reason: string | null;
  readonly message: string | null;
  readonly plan: string;
  /** The united open stretch the slot lies in; null where the hours are always open or closed then. */
  readonly openedAtMs: number | null;
  readonly closesAtMs: number | null;
  /** When its run starts: later than the slot where jitter says so. */
  readonly startAtMs: number;
  readonly nextSlotAtMs: number | null;
  readonly recordedAtMs: number;
}

/** A slot that waits or goes on. */
export interface OpenSlot {
  readonly slot: number;
  readonly schedule: number;
  readonly slotAtMs: number;
  readonly state: 'queued' | 'starting' | 'running' | 'waiting-retry';
  readonly attempts: number;
  /** How many of these failed for want of a network. */
  readonly offlineAttempts: number;
  readonly retryAtMs: number | null;
  readonly waitsFor: 'network' | null;
}

/** Slots that differ in their schedule alone, by their places among all. */
interface Alike {
  readonly first: NewSlot;
  readonly places: number[];
  readonly schedules: number[];
}

/** What slots that came due together have in common as a rule, the likeliest to differ first. */
const common = [
  'slotAtMs',
  'startAtMs',
  'cause',
  'outcome',
  'recordedAtMs',
  'coalesced',
  'firstSlotAtMs',
  'nextSlotAtMs',
  'openedAtMs',
  'closesAtMs',
  'reason',
  'message',
] as const satisfies readonly Exclude<keyof NewSlot, 'schedule' | 'plan'>[];

function isAlike(one: NewSlot, other: NewSlot): boolean {
  for (const name of common) if (one[name] !== other[name]) return false;
  return true;
}

/**
 * The slots in groups of which one statement enters each. A group takes slots only until its plan has
 * another, so that each schedule's slots keep their order.
 */
function grouped(slots: readonly NewSlot[]): readonly Alike[] {
  const groups: Alike[] = [];
  const newest = new Map<string, Alike>();
  for (const [place, slot] of slots.entries()) {
    let group = newest.get(slot.plan);
    if (group === undefined || !isAlike(group.first, slot)) {
      group = { first: slot, places: [], schedules: [] };
      groups.push(group);
      newest.set(slot.plan, group);
    }
    group.places.push(place);
    group.schedules.push(slot.schedule);
  }
  return groups;
}

function insertAlike(
  db: Writer,
  { first, schedules }: Alike,
  epoch: number,
): readonly (readonly [slot: number, schedule: number])[] {
  return statement<readonly [number, number]>(
    db,
    `INSERT INTO slots (schedule, slot_at, first_slot_at, coalesced, cause, state, outcome, reason, message,
       plan, opened_at, closes_at, start_at, next_slot_at, recorded_at, ended_at_once, epoch)
     SELECT value, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM json_each(?) WHERE true
     ON CONFLICT (schedule, slot_at) DO NOTHING RETURNING slot, schedule`,
  )
    .raw()
    .all(
      first.slotAtMs,
      first.firstSlotAtMs,
      first.coalesced,
      first.cause,
      first.outcome === null ? 'queued' : 'ended',
      first.outcome,
      first.reason,
      first.message,
      first.plan,
      first.openedAtMs,
      first.closesAtMs,
      first.startAtMs,
      first.nextSlotAtMs,
      first.recordedAtMs,
      first.outcome === null ? 0 : 1,
      epoch,
      JSON.stringify(schedules),
    );
}

/**
 * Enters due slots into the ledger, those that are alike with one statement, under this leader's epoch. Answers their numbers in
 * their order, null for each whose (schedule, slot) already has a row: it was judged before and never is
 * again.
 *
 * @throws where SQLite tells of the new rows in another order than theirs.
 */
export function insertSlots(
  db: Writer,
  slots: readonly NewSlot[],
  epoch: number,
): readonly (number | null)[] {
  const numbers = new Array<number | null>(slots.length).fill(null);
  for (const group of grouped(slots)) {
    const entered = insertAlike(db, group, epoch);
    let next = 0;
    for (const [index, place] of group.places.entries()) {
      const [slot = null, schedule] = entered[next] ?? [];
      if (schedule !== group.schedules[index]) continue;
      next += 1;
      numbers[place] = slot;
    }
    if (next < entered.length) throw new Error('Slots were entered in another order.');
  }
  return numbers;
}

interface LastRow {
  readonly slot: number;
  readonly slot_at: number;
  readonly outcome: string | null;
  readonly reason: string | null;
}

/**
 * Lets a schedule's newest row stand for further slots too, if it is a row of the same kind
 * (`skipped(paused)` after `skipped(paused)`). One that stands for them already, because the clock was
 * set back, stays as it is. Answers that row's number, or null where there is none to extend.
 */
export function extendSlot(db: Writer, slot: NewSlot): number | null {
  const last = statement<LastRow>(
    db,
    'SELECT slot, slot_at, outcome, reason FROM slots WHERE schedule = ? ORDER BY slot_at DESC LIMIT 1',
  ).get(slot.schedule);
  if (last?.outcome !== slot.outcome || last.reason !== slot.reason) return null;
  if (last.slot_at >= slot.slotAtMs) return last.slot;
  statement(
    db,
    `UPDATE slots SET slot_at = ?, coalesced = coalesced + ?, next_slot_at = ?, plan = ?, opened_at = ?,
       closes_at = ?, start_at = ?, recorded_at = ? WHERE slot = ?`,
  ).run(
    slot.slotAtMs,
    slot.coalesced,
    slot.nextSlotAtMs,
    slot.plan,
    slot.openedAtMs,
    slot.closesAtMs,
    slot.startAtMs,
    slot.recordedAtMs,
    last.slot,
  );
  return last.slot;
}

/** Where and when a slot's attempt starts: the instant, and the open stretch it lies in. */
export interface SlotStart {
  readonly startedAtMs: number;
  /** Null where the hours are always open. */
  readonly openedAtMs: number | null;
  readonly closesAtMs: number | null;
}

/** Commits that a slot's attempt starts now; the row keeps the start and the window of its first. */
export function startSlot(db: Writer, slot: number, start: SlotStart): void {
  statement(
    db,
    `UPDATE slots SET state = 'starting', retry_at = NULL, waits_for = NULL, attempts = attempts + 1,
       opened_at = iif(started_at IS NULL, ?, opened_at),
       closes_at = iif(started_at IS NULL, ?, closes_at),
       started_at = coalesce(started_at, ?)
     WHERE slot = ? AND state IN ('queued', 'waiting-retry')`,
  ).run(start.openedAtMs, start.closesAtMs, start.startedAtMs, slot);
}

/** Commits that a slot's child has started. */
export function markSlotRunning(db: Writer, slot: number): void {
  statement(db, "UPDATE slots SET state = 'running' WHERE slot = ? AND state = 'starting'").run(
    slot,
  );
}

/** What a slot that failed waits for. */
export interface SlotWait {
  /** The next attempt's instant; where it waits for the network, when it gives up waiting. */
  readonly atMs: number;
  readonly waitsFor: 'network' | null;
  /** How many of its attempts failed for want of a network. */
  readonly offlineAttempts: number;
}

/** Lets a slot wait for its next attempt. */
export function waitForRetry(db: Writer, slot: number, wait: SlotWait): void {
  statement(
    db,
    `UPDATE slots SET state = 'waiting-retry', retry_at = ?, waits_for = ?, offline_attempts = ?
     WHERE slot = ?`,
  ).run(wait.atMs, wait.waitsFor, wait.offlineAttempts, slot);
}

/** Ends a slot with its outcome; one that has ended already stays as it is. */
export function endSlot(
  db: Writer,
  slot: number,
  end: {
    readonly outcome: Outcome;
    readonly reason: string | null;
    readonly message: string | null;
  },
): void {
  statement(
    db,
    `UPDATE slots SET state = 'ended', outcome = ?, reason = ?, message = ?, retry_at = NULL,
       waits_for = NULL WHERE slot = ? AND state <> 'ended'`,
  ).run(end.outcome, end.reason, end.message, slot);
}

/**
 * The slots that wait or go on, oldest first: what a new leader finds of its predecessor's. By the index of
 * open ones, hence the sign.
 */
export function openSlots(db: Reader): readonly OpenSlot[] {
  return statement<OpenSlot>(
    db,
    `SELECT slot, schedule, slot_at AS slotAtMs, state, attempts,
       offline_attempts AS offlineAttempts, retry_at AS retryAtMs, waits_for AS waitsFor
     FROM slots WHERE state <> 'ended' ORDER BY +slot`,
  ).all();
}
