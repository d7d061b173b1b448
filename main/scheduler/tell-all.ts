import type { Clock, Timer } from '../clock.ts';

/** How many schedules are told of in one go: each asks the database for its history. */
const slice = 50;

/** Tells of many schedules without holding the scheduler up. */
export interface TellAll {
  /** Tells of these: the first at once, the rest a little at a time. Whatever was left is forgotten. */
  of(schedules: readonly number[]): void;
  /** Forgets whatever is left. */
  stop(): void;
}

/** Tells of schedules, by their numbers, in slices that let due work in between. */
export function createTellAll(clock: Clock, tell: (schedule: number) => void): TellAll {
  let timer: Timer | null = null;
  const next = (left: readonly number[]): void => {
    timer = null;
    for (const schedule of left.slice(0, slice)) tell(schedule);
    const rest = left.slice(slice);
    if (rest.length > 0)
      timer = clock.after(0, () => {
        next(rest);
      });
  };
  const stop = (): void => {
    timer?.cancel();
    timer = null;
  };
  return {
    of: (schedules) => {
      stop();
      next(schedules);
    },
    stop,
  };
}
