import { keepPlan } from '../store/plans.ts';
import { insertRuns } from '../store/runs.ts';
import { setHandledUntil } from '../store/schedules.ts';
import { extendSlot, insertSlots } from '../store/slots.ts';
import type { Writer } from '../store/statement.ts';
import type { Action, JudgedSlot, QueuedRun, Written } from './actions.ts';
import { firstAttempt, nothing, together } from './attempts.ts';
import type { Book } from './book.ts';
import { keptTexts } from './plan.ts';

/** The judgement of a schedule's slots up to an instant. */
export type Enter = Extract<Action, { readonly kind: 'enter' }>;

/** Reasons of which a schedule's newest row may stand for further slots. */
export const extendedReasons: ReadonlySet<string | null> = new Set(['paused', 'enough']);

/** A judged slot as its row is to be. */
type Row = JudgedSlot & { readonly epoch: number };

/** Keeps each plan once, however many of the schedules share it. */
function keepPlans(db: Writer, book: Book, enters: readonly Enter[]): void {
  const kept = new Set<string>();
  for (const { schedule, slots } of enters) {
    const plan = book.get(schedule)?.plan;
    if (plan === undefined || slots.length === 0 || kept.has(plan.hash)) continue;
    kept.add(plan.hash);
    for (const text of keptTexts(plan)) keepPlan(db, text);
  }
}

/** Lets a schedule's newest row stand for a slot too, where both were skipped for the same lasting reason. */
function extended(db: Writer, row: Row): number | null {
  return row.outcome === 'skipped' && extendedReasons.has(row.reason) ? extendSlot(db, row) : null;
}

/** The numbers of the rows that stand for these slots; null for one that had a row before. */
function enterRows(db: Writer, rows: readonly Row[]): readonly (number | null)[] {
  const old = rows.map((row) => extended(db, row));
  const entered = insertSlots(
    db,
    rows.filter((_, index) => old[index] === null),
  );
  let next = -1;
  return old.map((slot) => slot ?? entered[(next += 1)] ?? null);
}

/** Queues the first attempts of those that are to be run. Answers them by their slot. */
function queueRuns(
  db: Writer,
  rows: readonly Row[],
  slots: readonly (number | null)[],
  afterWake: readonly boolean[],
): ReadonlyMap<number, QueuedRun> {
  const begun = rows.flatMap((row, index) => {
    const slot = slots[index] ?? null;
    if (slot === null || row.outcome !== null) return [];
    return [{ row, slot, item: firstAttempt(slot, row, afterWake[index] ?? false) }];
  });
  const runs = insertRuns(
    db,
    begun.map(({ row: { schedule, cause, recordedAtMs, epoch }, slot, item: { attempt } }) => ({
      ...{ schedule, slot, attempt, cause, recordedAtMs, epoch },
    })),
  );
  return new Map(begun.map(({ slot, item }, index) => [slot, { ...item, run: runs[index] ?? 0 }]));
}

/** Notes how far each schedule's slots are judged: as a rule all of them to the same instant. */
function noteHandled(db: Writer, enters: readonly Enter[]): void {
  for (const [untilMs, alike] of Map.groupBy(enters, ({ handledUntilMs }) => handledUntilMs))
    setHandledUntil(
      db,
      alike.map(({ schedule }) => schedule),
      untilMs,
    );
}

/**
 * Enters the judged slots of many schedules, each of them once, in the caller's transaction and with few
 * statements: ten thousand may be due in one second. Answers what each has put into the ledger, in their
 * order.
 */
export function enterSlots(
  db: Writer,
  book: Book,
  epoch: number,
  enters: readonly Enter[],
): readonly Written[] {
  keepPlans(db, book, enters);
  const rows = enters.flatMap(({ slots }) => slots.map((slot) => ({ ...slot, epoch })));
  const afterWake = enters.flatMap((enter) => enter.slots.map(() => enter.afterWake));
  const slots = enterRows(db, rows);
  const queued = queueRuns(db, rows, slots, afterWake);
  noteHandled(db, enters);
  const written = slots.map((slot): Written => {
    if (slot === null) return nothing;
    const run = queued.get(slot);
    return run === undefined ? { queued: [], ended: [slot] } : { queued: [run], ended: [] };
  });
  let from = 0;
  return enters.map((enter) => {
    const own = written.slice(from, from + enter.slots.length);
    from += enter.slots.length;
    return own.length === 1 ? (own[0] ?? nothing) : together(own);
  });
}
