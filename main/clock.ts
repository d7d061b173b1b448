/** A timer that has not rung yet. */
export interface Timer {
  /** Forgets the timer; harmless once it has rung. */
  cancel(): void;
}

/**
 * The only door through which real time enters main. Everything that asks the time, measures or waits
 * takes a `Clock`; tests pass a virtual one.
 */
export interface Clock {
  /** The wall clock, in epoch milliseconds. It may jump, in both directions. */
  now(): number;
  /** Milliseconds that only ever grow, from an arbitrary start: for durations and deadlines. */
  monotonic(): number;
  /** This computer's time zone, an IANA name. */
  zone(): string;
  /** Calls `ring` once, `delayMs` milliseconds from now. A hint: sleep and load make it late. */
  after(delayMs: number, ring: () => void): Timer;
}

/** This computer's clock. Built once, by an entry. */
export function systemClock(): Clock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    zone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    after: (delayMs, ring) => {
      const timer = setTimeout(ring, delayMs);
      return {
        cancel: () => {
          clearTimeout(timer);
        },
      };
    },
  };
}
