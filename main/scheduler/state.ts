import type { StoredPause } from '../store/schedules.ts';
import type { Action, WaitingRetry, Written } from './actions.ts';
import type { Book, Entry } from './book.ts';
import { createQueue, type Queue } from './queue.ts';
import { createRetries, type Retries } from './retries.ts';

/** Why slots were reached late: the computer slept, or no scheduler ran. */
export type MissedCause = 'asleep' | 'not-running';

/** What holds for all schedules at the moment of a judgement, beside the ledger. */
export interface Situation {
  /** Why slots that weren't reached in time weren't. */
  readonly cause: MissedCause;
  /** Whether slots may start here at all: only in a host whose scheduler runs. */
  readonly mayStart: boolean;
  /** How many runs may go on at once, and how many of them on one host. */
  readonly concurrency: number;
  readonly perHost: number;
  /** When the computer woke or Jackdaw started last (epoch ms): what was due by then starts one by one. */
  readonly wokeAtMs: number;
  /** Whether this computer has an address beyond its own loopback. */
  readonly hasAddress: boolean;
  /** What it is fed by, and whether it has a network; null where this host can't tell. */
  readonly power: 'ac' | 'battery' | null;
  readonly network: boolean | null;
}

/**
 * All that the scheduler judges by: the schedules with their plans, what waits and what goes on, in
 * step with the ledger. Only `apply` changes it, after the commit.
 */
export interface State {
  readonly book: Book;
  readonly queue: Queue;
  readonly retries: Retries;
  /** The pause of all schedules. */
  readonly pause: StoredPause | null;
  readonly situation: Situation;
  /** When the last start that was spread after a wake began (epoch ms). */
  readonly lastSpreadStartMs: number;
}

/** The state and its two doors. */
export interface LiveState extends State {
  /** Takes an action in, once it is committed. */
  apply(action: Action, written: Written): void;
  /** A run has ended: its place is free. */
  ended(run: number): void;
  setPause(pause: StoredPause | null): void;
  look(situation: Situation): void;
}

/** Whether a schedule's slots are paused, by itself or with all. */
export function isPaused(state: State, { stored }: Entry): boolean {
  return state.pause !== null || stored.pause !== null;
}

/** The state of a scheduler over these schedules. */
export function createState(parts: {
  readonly book: Book;
  readonly retries: readonly WaitingRetry[];
  readonly pause: StoredPause | null;
  readonly situation: Situation;
}): LiveState {
  const { book } = parts;
  const queue = createQueue();
  const retries = createRetries(parts.retries);
  let { pause, situation } = parts;
  let lastSpreadStartMs = -Infinity;

  const resume = (schedule: number | null, atMs: number): void => {
    const entries = schedule === null ? book.all() : [book.get(schedule)];
    for (const entry of entries) {
      if (entry === undefined) continue;
      const { number, handledUntilMs } = entry.stored;
      book.advance(number, Math.max(handledUntilMs, atMs));
      if (schedule !== null) book.note(number, { pause: null, failures: 0 });
    }
    if (schedule === null) pause = null;
  };

  const begin = ({ item, atMs }: Extract<Action, { readonly kind: 'start' }>): void => {
    queue.begin(item, book.get(item.schedule)?.target.host ?? '', atMs);
    if (item.afterWake) lastSpreadStartMs = atMs;
  };

  const apply = (action: Action, { queued }: Written): void => {
    queue.add(queued);
    switch (action.kind) {
      case 'enter':
        book.advance(action.schedule, action.handledUntilMs);
        return;
      case 'count':
        book.count(action.schedule, action.counted);
        return;
      case 'enter-manual':
        return;
      case 'retry':
        retries.remove(action.retry.slot);
        return;
      case 'wait':
        retries.add(action.retry);
        return;
      case 'finish':
        retries.remove(action.slot);
        return;
      case 'note':
        book.note(action.schedule, action.notes);
        return;
      case 'resume':
        resume(action.schedule, action.atMs);
        return;
      case 'start':
        begin(action);
        return;
      case 'refuse':
        queue.drop(action.item.run);
        return;
      case 'defer':
        queue.defer(action.item.run, action.untilMs);
        return;
      case 'close':
        queue.tell(action.run, action);
        return;
      case 'set-aside':
        book.setAside(action.schedule, action.fault);
        return;
    }
  };

  return {
    book,
    queue,
    retries,
    get pause() {
      return pause;
    },
    get situation() {
      return situation;
    },
    get lastSpreadStartMs() {
      return lastSpreadStartMs;
    },
    apply,
    ended: (run) => {
      queue.end(run);
    },
    setPause: (next) => {
      pause = next;
    },
    look: (next) => {
      situation = next;
    },
  };
}
