import { readlinkSync } from 'node:fs';

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
  /**
   * Calls `ring` once, `delayMs` milliseconds from now. A hint: sleep and load make it late. With
   * `idle` a process with nothing else to do ends instead of waiting for it.
   */
  after(delayMs: number, ring: () => void, waiting?: 'idle'): Timer;
}

/**
 * The zone `/etc/localtime` names now. Node keeps the zone it started in, so on Linux a computer that
 * moves is only noticed here. Null where `TZ` rules, or where the link tells nothing.
 */
function linkedZone(): string | null {
  if (process.platform !== 'linux' || process.env['TZ'] !== undefined) return null;
  try {
    const zone = /zoneinfo\/(?:posix\/|right\/)?(.+)$/.exec(readlinkSync('/etc/localtime'))?.[1];
    if (zone === undefined) return null;
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

/** This computer's clock. Built once, by an entry. */
export function systemClock(): Clock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    zone: () => linkedZone() ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    after: (delayMs, ring, waiting) => {
      const timer = setTimeout(ring, delayMs);
      if (waiting === 'idle') timer.unref();
      return {
        cancel: () => {
          clearTimeout(timer);
        },
      };
    },
  };
}
