import { raiseHandledUntil } from '../store/handled.ts';
import { writeMeta } from '../store/meta.ts';
import { endRun, insertRun, noCounts, startRun } from '../store/runs.ts';
import { noteSchedule } from '../store/schedules.ts';
import { endSlot, startSlot, waitForRetry } from '../store/slots.ts';
import type { Writer } from '../store/statement.ts';
import type { Action, QueuedRun, Written } from './actions.ts';
import { manualAttempt, nextAttempt, nothing, type NewAttempt } from './attempts.ts';
import type { Book } from './book.ts';
import { enterSlots, type Enter } from './enter-slots.ts';

/** The name under which a pause of all schedules is kept. */
export const pauseMeta = 'pause';

/** Writes what was decided into the ledger, in the caller's transaction. */
export interface Ledger {
  write(action: Action): Written;
}

/** The ledger in the database. */
export interface StoredLedger extends Ledger {
  /** Writes actions in their order, the slots of schedules that follow each other together. */
  writeAll(actions: readonly Action[]): readonly Written[];
}

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
        return enterSlots(db, book, epoch, [action])[0] ?? nothing;
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
    const enters = new Map<number, Enter>();
    const enterThem = (): void => {
      for (const one of enterSlots(db, book, epoch, [...enters.values()])) written.push(one);
      enters.clear();
    };
    for (const action of actions) {
      // A schedule's later slots may go by the rows of its earlier ones.
      if (action.kind !== 'enter' || enters.has(action.schedule)) enterThem();
      if (action.kind === 'enter') enters.set(action.schedule, action);
      else written.push(write(action));
    }
    enterThem();
    return written;
  };

  return { write, writeAll };
}
