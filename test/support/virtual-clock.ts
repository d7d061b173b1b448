import type { Clock } from '../../main/clock.ts';

interface Pending {
  readonly dueAtMs: number;
  readonly order: number;
  readonly ring: () => void;
  readonly isIdle: boolean;
}

/** A clock that stands still until a test moves it. */
export interface VirtualClock extends Clock {
  /**
   * Lets time pass: timers ring in order, each at its own instant, and what they start asynchronously
   * settles before the next one rings.
   */
  advance(byMs: number): Promise<void>;
  /** Passes time until this wall-clock instant. */
  advanceTo(atMs: number): Promise<void>;
  /** The computer sleeps: wall and, as on most systems, not the monotonic clock go on; no timer rings. */
  sleep(byMs: number): void;
  /** Someone sets the wall clock, forwards or back; timers don't care. */
  step(byMs: number): void;
  /** The computer moves to another zone. */
  moveTo(zone: string): void;
  /** How many timers wait that something depends on: those of idle things don't count. */
  pending(): number;
}

/** Lets promises that are ready settle, through several turns of the event loop. */
export async function settle(turns = 3): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1)
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
}

/** A virtual clock that begins at this wall-clock instant, in this zone. */
export function virtualClock(startAt: string | number, zone = 'UTC'): VirtualClock {
  let wallMs = typeof startAt === 'number' ? startAt : Date.parse(startAt);
  let monotonicMs = 1_000;
  let zoneName = zone;
  let order = 0;
  const timers = new Set<Pending>();

  const earliest = (): Pending | undefined =>
    [...timers].sort((a, b) => a.dueAtMs - b.dueAtMs || a.order - b.order)[0];

  const advance = async (byMs: number): Promise<void> => {
    const untilMs = monotonicMs + byMs;
    await settle();
    for (;;) {
      const timer = earliest();
      if (timer === undefined || timer.dueAtMs > untilMs) break;
      timers.delete(timer);
      const passedMs = Math.max(0, timer.dueAtMs - monotonicMs);
      wallMs += passedMs;
      monotonicMs += passedMs;
      timer.ring();
      await settle();
    }
    wallMs += untilMs - monotonicMs;
    monotonicMs = untilMs;
  };

  return {
    now: () => wallMs,
    monotonic: () => monotonicMs,
    zone: () => zoneName,
    after: (delayMs, ring, waiting) => {
      order += 1;
      const timer: Pending = {
        dueAtMs: monotonicMs + Math.max(0, delayMs),
        order,
        ring,
        isIdle: waiting === 'idle',
      };
      timers.add(timer);
      return { cancel: () => void timers.delete(timer) };
    },
    advance,
    advanceTo: (atMs) => advance(atMs - wallMs),
    sleep: (byMs) => {
      wallMs += byMs;
    },
    step: (byMs) => {
      wallMs += byMs;
    },
    moveTo: (name) => {
      zoneName = name;
    },
    pending: () => [...timers].filter(({ isIdle }) => !isIdle).length,
  };
}
