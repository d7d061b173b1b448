import type { Clock, Timer } from '../clock.ts';
import { nextStart } from '../schedule/next-slots.ts';
import type { Entry } from '../scheduler/book.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';

/** How often it is looked whether the loop lives. */
const lookMs = 30_000;
/** A tick older than this means that the alarm no longer rings: it rings every 30 s at least. */
const oldestTickMs = 90_000;
/** A slot that lies further back than this before the last tick was overlooked by it. */
const overlookedMs = 30_000;
/** Whoever looks this late has slept, or the clock was set: the loop gets its turn before it is judged. */
const lateLookMs = 2 * lookMs;

/** What the watch is made of. */
export interface WatchParts {
  readonly clock: Clock;
  readonly scheduler: Pick<Scheduler, 'facts' | 'wake' | 'recompute'> & {
    readonly book: Pick<Scheduler['book'], 'all'>;
  };
  /** Whether it is known why nothing is judged: the disk is full, say. */
  readonly isExcused: () => boolean;
  /** Notes a repair, told as a sentence. */
  readonly repaired: (what: string) => void;
}

/** A watch over the scheduler, with a timer of its own. */
export interface Watch {
  start(): void;
  stop(): void;
}

/** Names schedules in a sentence: three of them, and how many more. */
function named(entries: readonly Entry[]): string {
  const names = entries.slice(0, 3).map(({ stored }) => `“${stored.document.name}”`);
  const rest = entries.length - names.length;
  return rest === 0 ? names.join(', ') : `${names.join(', ')} and ${String(rest)} more`;
}

/** Whether a schedule has no next slot though its rhythm has one. `known` are the plans that have none. */
function lacksNext(entry: Entry, known: WeakMap<object, number>): boolean {
  const { stored, plan, nextAtMs, fault } = entry;
  const idle = !stored.document.enabled || plan.rhythm === null || fault !== null;
  if (idle || nextAtMs !== null || known.get(plan) === stored.handledUntilMs) return false;
  try {
    if (nextStart(plan.rhythm, plan.hours, stored.handledUntilMs) !== null) return true;
  } catch {
    // It can't be computed: recomputing it sets the schedule aside, with the reason.
    return true;
  }
  // The search for a slot that never comes is long; its answer holds as long as the plan does.
  known.set(plan, stored.handledUntilMs);
  return false;
}

function isOverlooked({ nextStartMs }: Entry, lastTickAtMs: number | null): boolean {
  return nextStartMs !== null && lastTickAtMs !== null && nextStartMs < lastTickAtMs - overlookedMs;
}

/**
 * Watches the loop from outside it: whether its alarm still rings, and whether every schedule's next
 * slot is there and ahead. What it finds amiss it mends by waking the scheduler, or by having the next
 * slots computed anew.
 */
export function createWatch({ clock, scheduler, isExcused, repaired }: WatchParts): Watch {
  const without = new WeakMap<object, number>();
  let timer: Timer | null = null;
  let lastLookAtMs = 0;

  const mendTick = (nowMs: number): boolean => {
    const { lastTickAtMs, startedAtMs } = scheduler.facts();
    const sinceMs = nowMs - (lastTickAtMs ?? startedAtMs ?? nowMs);
    if (sinceMs <= oldestTickMs) return false;
    repaired(
      `nothing was judged for ${String(Math.round(sinceMs / 1_000))} s, and the alarm was set anew.`,
    );
    scheduler.wake();
    return true;
  };

  const mendSlots = (): void => {
    const { lastTickAtMs } = scheduler.facts();
    const amiss = scheduler.book
      .all()
      .filter((entry) => lacksNext(entry, without) || isOverlooked(entry, lastTickAtMs));
    if (amiss.length === 0) return;
    repaired(`the next run of ${named(amiss)} was lost, and was computed anew.`);
    scheduler.recompute();
    scheduler.wake();
  };

  const look = (): void => {
    const nowMs = clock.now();
    const isLate = Math.abs(nowMs - lastLookAtMs) > lateLookMs;
    lastLookAtMs = nowMs;
    timer = clock.after(lookMs, look, 'idle');
    if (isLate || isExcused() || !scheduler.facts().running) return;
    if (!mendTick(nowMs)) mendSlots();
  };

  return {
    start: () => {
      lastLookAtMs = clock.now();
      timer = clock.after(lookMs, look, 'idle');
    },
    stop: () => timer?.cancel(),
  };
}
