import { keepPlan } from '../store/plans.ts';
import { writeMeta } from '../store/meta.ts';
import { endRun, insertRun, noCounts, startRun } from '../store/runs.ts';
import { noteSchedule, raiseHandledUntil, setHandledUntil } from '../store/schedules.ts';
import { endSlot, extendSlot, insertSlot, startSlot, waitForRetry } from '../store/slots.ts';
import type { Writer } from '../store/statement.ts';
import type { Action, JudgedSlot, QueuedRun, Written } from './actions.ts';
import { firstAttempt, manualAttempt, nextAttempt, together, type NewAttempt } from './attempts.ts';
import type { Book } from './book.ts';
import { enterClaims, isClaim, type Claim } from './claims.ts';
import { keptTexts } from './plan.ts';

/** The name under which a pause of all schedules is kept. */
export const pauseMeta = 'pause';

const nothing: Written = { queued: [], ended: [] };

/** Writes what was decided into the ledger, in the caller's transaction. */
export interface Ledger {
  write(action: Action): Written;
}

/** The ledger in the database. */
export interface StoredLedger extends Ledger {
  /** Writes actions in their order, claims that follow each other together. */
  writeAll(actions: readonly Action[]): readonly Written[];
}

/** Reasons of which a schedule's newest row may stand for further slots. */
export const extendedReasons: ReadonlySet<string | null> = new Set(['paused', 'enough']);

type Enter = Extract<Action, { readonly kind: 'enter' }>;
type Of<Kind extends Action['kind']> = Extract<Action, { readonly kind: Kind }>;

/** The ledger of one leader, whose rows carry its epoch. */
export function createLedger(db: Writer, book: Book, epoch: number): StoredLedger {
  const queueRun = (
    item: NewAttempt,
    cause: Parameters<typeof insertRun>[1]['cause'],
    recordedAtMs: number,
  ): QueuedRun => {
    const { schedule, slot, attempt } = item;
    const run = insertRun(db, { schedule, slot, attempt, cause, recordedAtMs, epoch });
    return { ...item, run };
  };

  const enterSlot = (judged: JudgedSlot, afterWake: boolean): Written => {
    const row = { ...judged, epoch };
    if (row.outcome === 'skipped' && extendedReasons.has(row.reason)) {
      const last = extendSlot(db, row);
      if (last !== null) return { queued: [], ended: [last] };
    }
    const slot = insertSlot(db, row);
    if (slot === null) return nothing;
    if (row.outcome !== null) return { queued: [], ended: [slot] };
    const { cause, recordedAtMs } = row;
    const item = firstAttempt(slot, judged, afterWake);
    return { queued: [queueRun(item, cause, recordedAtMs)], ended: [] };
  };

  const enter = ({ schedule, handledUntilMs, slots, afterWake }: Enter): Written => {
    const plan = book.get(schedule)?.plan;
    if (plan !== undefined && slots.length > 0)
      for (const text of keptTexts(plan)) keepPlan(db, text);
    const written = slots.map((slot) => enterSlot(slot, afterWake));
    setHandledUntil(db, [schedule], handledUntilMs);
    return together(written);
  };

  const enterManual = ({ schedule, atMs }: Of<'enter-manual'>): Written => ({
    queued: [queueRun(manualAttempt(schedule, atMs), 'manual', atMs)],
    ended: [],
  });

  const retry = ({ retry: waiting, atMs }: Of<'retry'>): Written => ({
    queued: [queueRun(nextAttempt(waiting, atMs), 'retry', atMs)],
    ended: [],
  });

  const resume = ({ schedule, atMs }: Of<'resume'>): void => {
    raiseHandledUntil(db, schedule, atMs);
    if (schedule === null) writeMeta(db, pauseMeta, null);
    else noteSchedule(db, schedule, { pause: null, failures: 0 });
  };

  const start = ({ item, atMs, window }: Of<'start'>): void => {
    startRun(db, item.run, atMs);
    if (item.slot !== null) startSlot(db, item.slot, { startedAtMs: atMs, ...window });
  };

  const refuse = ({ item, atMs, end }: Of<'refuse'>): void => {
    endRun(db, item.run, {
      ...end,
      endedAtMs: atMs,
      durationMs: null,
      counts: noCounts,
      bytes: 0,
    });
    if (item.slot !== null) endSlot(db, item.slot, end);
  };

  const write = (action: Action): Written => {
    switch (action.kind) {
      case 'enter':
        return enter(action);
      case 'enter-manual':
        return enterManual(action);
      case 'retry':
        return retry(action);
      case 'wait':
        waitForRetry(db, action.retry.slot, action.retry);
        return nothing;
      case 'finish':
        endSlot(db, action.slot, action.end);
        return nothing;
      case 'note':
        noteSchedule(db, action.schedule, action.notes);
        return nothing;
      case 'resume':
        resume(action);
        return nothing;
      case 'start':
        start(action);
        return nothing;
      case 'refuse':
        refuse(action);
        return nothing;
      case 'count':
      case 'defer':
      case 'close':
      case 'set-aside':
        return nothing;
    }
  };

  const writeAll = (actions: readonly Action[]): readonly Written[] => {
    const written: Written[] = [];
    let claims: Claim[] = [];
    const enterThem = (): void => {
      if (claims.length > 0) written.push(...enterClaims(db, book, epoch, claims));
      claims = [];
    };
    for (const action of actions) {
      if (isClaim(action)) {
        claims.push(action);
        continue;
      }
      enterThem();
      written.push(write(action));
    }
    enterThem();
    return written;
  };

  return { write, writeAll };
}
