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
 * Asks for the zone `/etc/localtime` names now. Node keeps the zone it started in, so on Linux a computer
 * that moves is only noticed here. Null where `TZ` rules, or where the link tells nothing. What a link
 * names is found once: it is asked for at every ring of the alarm.
 */
function linkedZones(): () => string | null {
  let last = { link: '', zone: null as string | null };
  return () => {
    if (process.platform !== 'linux' || process.env['TZ'] !== undefined) return null;
    try {
      const link = readlinkSync('/etc/localtime');
      if (link !== last.link) last = { link, zone: zoneOfLink(link) };
      return last.zone;
    } catch {
      return null;
    }
  };
}

function zoneOfLink(link: string): string | null {
  const zone = /zoneinfo\/(?:posix\/|right\/)?(.+)$/.exec(link)?.[1];
  if (zone === undefined) return null;
  return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
}

/** This computer's clock. Built once, by an entry. */
export function systemClock(): Clock {
  const linkedZone = linkedZones();
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
