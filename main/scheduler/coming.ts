import { createSoonest } from './soonest.ts';

/** Numbers, each with an instant (epoch ms): the first one that is still to come is at hand. */
export interface Coming {
  /** Notes a number's instant; null for none any more. */
  set(number: number, atMs: number | null): void;
  /** The first instant after now; Infinity where all have come. */
  firstMs(nowMs: number): number;
}

/** Nothing that is to come. What has come is looked at no more, unless the clock is set back. */
export function createComing(): Coming {
  const instants = new Map<number, number>();
  const ahead = createSoonest();
  let askedMs = -Infinity;
  return {
    set: (number, atMs) => {
      if (atMs === null) instants.delete(number);
      else instants.set(number, atMs);
      ahead.set(number, atMs);
    },
    firstMs: (nowMs) => {
      if (nowMs < askedMs) for (const [number, atMs] of instants) ahead.set(number, atMs);
      askedMs = nowMs;
      for (const number of ahead.until(nowMs)) ahead.set(number, null);
      return ahead.firstMs();
    },
  };
}
