import type { Clock } from '../clock.ts';

/**
 * A clock whose timers end nobody: what one of them fails with is `hear`'s affair, which throws on what
 * isn't. A read that meets a damaged page in a timer would end the process otherwise.
 */
export function guardedClock(clock: Clock, hear: (error: unknown) => void): Clock {
  return {
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    zone: () => clock.zone(),
    after: (delayMs, ring, waiting) =>
      clock.after(
        delayMs,
        () => {
          try {
            ring();
          } catch (error) {
            hear(error);
          }
        },
        waiting,
      ),
  };
}
