import { setHandledUntil } from '../store/handled.ts';
import { keepPlan } from '../store/plans.ts';
import { insertFirstRuns } from '../store/runs.ts';
import { extendSlot, insertSlots, type NewSlot } from '../store/slots.ts';
import type { Writer } from '../store/statement.ts';
import type { Action, QueuedRun, Written } from './actions.ts';
import { firstAttempt, nothing, together, type NewAttempt } from './attempts.ts';
import type { Book } from './book.ts';
import { keptTexts } from './plan.ts';

/** The judgement of a schedule's slots up to an instant. */
export type Enter = Extract<Action, { readonly kind: 'enter' }>;

/** Reasons of which a schedule's newest row may stand for further slots. */
export const extendedReasons: ReadonlySet<string | null> = new Set(['paused', 'enough']);

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
function extended(db: Writer, slot: NewSlot): number | null {
  return extendedReasons.has(slot.reason) && slot.outcome === 'skipped'
    ? extendSlot(db, slot)
    : null;
}

/** The numbers of the rows that stand for these slots; null for one that had a row before. */
function enterRows(
  db: Writer,
  epoch: number,
  slots: readonly NewSlot[],
): readonly (number | null)[] {
  const old = slots.map((slot) => extended(db, slot));
  const entered = insertSlots(
    db,
    slots.filter((_, index) => old[index] === null),
    epoch,
  );
  let next = -1;
  return old.map((slot) => slot ?? entered[(next += 1)] ?? null);
}

/** Queues the first attempts of those that are to be run. Answers them by their slot. */
function queueRuns(
  db: Writer,
  enters: readonly Enter[],
  numbers: readonly (number | null)[],
): ReadonlyMap<number, QueuedRun> {
  const attempts = new Map<number, NewAttempt>();
  let place = -1;
  for (const { slots, afterWake } of enters)
    for (const judged of slots) {
      const slot = numbers[(place += 1)] ?? null;
      if (slot !== null && judged.outcome === null)
        attempts.set(slot, firstAttempt(slot, judged, afterWake));
    }
  if (attempts.size === 0) return new Map();
  const runs = insertFirstRuns(db, [...attempts.keys()]);
  return new Map(
    [...attempts].map(([slot, attempt]) => [slot, { ...attempt, run: runs.get(slot) ?? 0 }]),
  );
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
  const numbers = enterRows(
    db,
    epoch,
    enters.flatMap(({ slots }) => slots),
  );
  const queued = queueRuns(db, enters, numbers);
  noteHandled(db, enters);
  const written = numbers.map((slot): Written => {
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
