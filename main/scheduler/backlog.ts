import { lastInstant, nextInstants } from '../schedule/next-slots.ts';
import type { Plan } from './plan.ts';
import { nextSlotMs } from './plan-times.ts';

/** The most slots that are counted one by one; a longer backlog is counted no further (rule 10). */
export const countLimit = 100_000;

/** The slots of one schedule that were reached together (design.md section 2, rule 10), in epoch ms. */
export interface Backlog {
  /** The oldest. */
  readonly firstAtMs: number;
  /** The newest, oldest first; never empty. */
  readonly newest: readonly [number, ...number[]];
  /** How many there are; at least so many where there are more than `countLimit`. */
  readonly count: number;
}

/** How many slots are asked for at a time. */
const chunk = 1_000;

/**
 * The slots of a plan in `(afterMs, untilMs]`, counted up to `countLimit`, with the newest `keep` of
 * them. Null where there are none.
 */
export function backlogOf(
  plan: Plan,
  afterMs: number,
  untilMs: number,
  keep: number,
): Backlog | null {
  const { rhythm } = plan;
  const firstMs = nextSlotMs(plan, afterMs);
  if (rhythm === null || firstMs === null || firstMs > untilMs) return null;
  if ((nextSlotMs(plan, firstMs) ?? Infinity) > untilMs)
    return { firstAtMs: firstMs, newest: [firstMs], count: 1 };
  let newest: readonly number[] = [];
  let count = 0;
  let cursorMs = afterMs;
  while (count < countLimit) {
    const reached = nextInstants(rhythm, plan.hours, cursorMs, chunk, untilMs);
    newest = [...newest, ...reached].slice(-keep);
    count += reached.length;
    cursorMs = reached.at(-1) ?? cursorMs;
    if (reached.length < chunk) break;
  }
  if (count >= countLimit) {
    const last = lastInstant(rhythm, plan.hours, cursorMs, untilMs);
    if (last !== null) newest = [...newest, last].slice(-keep);
  }
  const [head = firstMs, ...tail] = newest;
  return { firstAtMs: firstMs, newest: [head, ...tail], count };
}
