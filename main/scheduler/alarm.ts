import type { Clock, Timer } from '../clock.ts';

/** The longest the alarm sleeps: it rereads the wall clock at least this often (rule 16). */
export const longestSleepMs = 30_000;

/** How long it rests after a ring whose work failed, lest it ring without a pause. */
const restMs = 5_000;

/** A wall clock set back by more than this was set, and isn't drift (rule 10). */
const backStepMs = 60_000;

/** What the clocks say has happened since the alarm rang last. */
export interface Ringing {
  readonly nowMs: number;
  /** Whether this is the first time: whatever was missed was missed because no scheduler ran. */
  readonly first: boolean;
  /** How long ago it rang last by the wall clock, in milliseconds; 0 the first time. */
  readonly sinceMs: number;
  /** Whether the wall clock was set back. */
  readonly steppedBack: boolean;
}

/** What the alarm says of itself. */
export interface AlarmFacts {
  readonly armedSinceMs: number | null;
  readonly lastRangAtMs: number | null;
  /** How late it rang last, in milliseconds. */
  readonly lagMs: number | null;
}

/** The scheduler's one timer. */
export interface Alarm {
  /** Arms it and rings at once. */
  start(): void;
  /** Rings now, if it is armed. Answers whether it is. */
  ring(): boolean;
  /** Looks again at when to ring next. */
  reset(): void;
  stop(): void;
  facts(): AlarmFacts;
}

/**
 * The alarm: rings at the instant `nextActMs` names, and at least every 30 s, because timers don't
 * count sleep and the wall clock may be set meanwhile. `onRing` answers whether its work was done;
 * where it wasn't (a full disk), what is due stays due, and the alarm rings again a little later.
 */
export function createAlarm(
  clock: Clock,
  nextActMs: () => number,
  onRing: (ringing: Ringing) => boolean,
): Alarm {
  let timer: Timer | null = null;
  let dueAtMs: number | null = null;
  let armedSinceMs: number | null = null;
  let lagMs: number | null = null;
  let restUntilMs = 0;
  let last: { readonly wallMs: number; readonly monotonicMs: number } | null = null;

  const reset = (): void => {
    timer?.cancel();
    timer = null;
    if (armedSinceMs === null) return;
    const nowMs = clock.now();
    const leastMs = Math.max(0, restUntilMs - clock.monotonic());
    // Counted from the last ring: runs that end often must not put the next one off for ever.
    const sinceMs = last === null ? 0 : clock.monotonic() - last.monotonicMs;
    const delayMs = Math.max(leastMs, Math.min(longestSleepMs - sinceMs, nextActMs() - nowMs));
    dueAtMs = nowMs + delayMs;
    timer = clock.after(delayMs, () => {
      lagMs = dueAtMs === null ? null : Math.max(0, clock.now() - dueAtMs);
      ring();
    });
  };

  const ring = (): boolean => {
    if (armedSinceMs === null) return false;
    const nowMs = clock.now();
    const monotonicMs = clock.monotonic();
    const driftMs = last === null ? 0 : nowMs - last.wallMs - (monotonicMs - last.monotonicMs);
    const ringing = {
      nowMs,
      first: last === null,
      sinceMs: last === null ? 0 : nowMs - last.wallMs,
      steppedBack: driftMs < -backStepMs,
    };
    const done = onRing(ringing);
    // A failed ring is no tick: whoever watches their age sees that nothing is judged any more.
    if (done) last = { wallMs: nowMs, monotonicMs };
    restUntilMs = done ? 0 : monotonicMs + restMs;
    reset();
    return true;
  };

  return {
    start: () => {
      armedSinceMs = clock.now();
      ring();
    },
    ring,
    reset,
    stop: () => {
      armedSinceMs = null;
      timer?.cancel();
    },
    facts: () => ({ armedSinceMs, lastRangAtMs: last?.wallMs ?? null, lagMs }),
  };
}
