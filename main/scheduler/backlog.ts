import { lastInstant, nextInstants } from '../schedule/next-slots.ts';
import type { Plan } from './plan.ts';
import { nextSlotMs } from './plan-times.ts';

/** The most slots that are counted one by one; a longer backlog is counted no further (rule 10). */
export const countLimit = 100_000;

/** How many slots are counted in one go: some milliseconds' work. */
export const countSlice = 5_000;

/** The slots of one schedule that were reached together (design.md section 2, rule 10), in epoch ms. */
export interface Backlog {
  /** The oldest. */
  readonly firstAtMs: number;
  /** The newest, oldest first; never empty. */
  readonly newest: readonly [number, ...number[]];
  /** How many there are; at least so many where there are more than `countLimit`. */
  readonly count: number;
}

/** A backlog that is still being counted. */
export interface Counted {
  readonly firstAtMs: number | null;
  readonly newest: readonly number[];
  readonly count: number;
  /** Up to where it is counted, and how far the backlog goes. */
  readonly cursorMs: number;
  readonly untilMs: number;
}

/** A count of the slots in `(afterMs, untilMs]` that has not begun. */
export function uncounted(afterMs: number, untilMs: number): Counted {
  return { firstAtMs: null, newest: [], count: 0, cursorMs: afterMs, untilMs };
}

/** How many slots are asked for at a time. */
const chunk = 1_000;

function finished(plan: Plan, counted: Counted, keep: number): Backlog | null {
  const { rhythm } = plan;
  const { firstAtMs, count, cursorMs, untilMs } = counted;
  let { newest } = counted;
  if (count >= countLimit && rhythm !== null) {
    const last = lastInstant(rhythm, plan.hours, cursorMs, untilMs);
    if (last !== null) newest = [...newest, last].slice(-keep);
  }
  const [head, ...tail] = newest;
  return head === undefined || firstAtMs === null
    ? null
    : { firstAtMs, newest: [head, ...tail], count };
}

/** The backlog where it is one slot, as it mostly is, or none (null); undefined where there are more. */
function oneSlot(plan: Plan, { count, cursorMs, untilMs }: Counted): Backlog | null | undefined {
  if (count > 0) return undefined;
  const firstAtMs = nextSlotMs(plan, cursorMs);
  if (firstAtMs === null || firstAtMs > untilMs) return null;
  const isOnly = (nextSlotMs(plan, firstAtMs) ?? Infinity) > untilMs;
  return isOnly ? { firstAtMs, newest: [firstAtMs], count: 1 } : undefined;
}

/** Either the whole backlog (null where there are no slots), or how far it is counted by now. */
export type Counting =
  | { readonly kind: 'whole'; readonly backlog: Backlog | null }
  | { readonly kind: 'more'; readonly counted: Counted };

/**
 * Counts a backlog on, by at most `slice` slots more and up to `countLimit` in all, and keeps the
 * newest `keep` of them.
 */
export function countOn(plan: Plan, from: Counted, keep: number, slice: number): Counting {
  const { rhythm } = plan;
  if (rhythm === null) return { kind: 'whole', backlog: null };
  const single = oneSlot(plan, from);
  if (single !== undefined) return { kind: 'whole', backlog: single };
  let counted = from;
  while (counted.count < countLimit) {
    if (counted.count - from.count >= slice) return { kind: 'more', counted };
    const { cursorMs, untilMs } = counted;
    const reached = nextInstants(rhythm, plan.hours, cursorMs, chunk, untilMs);
    counted = {
      firstAtMs: counted.firstAtMs ?? reached[0] ?? null,
      newest: [...counted.newest, ...reached].slice(-keep),
      count: counted.count + reached.length,
      cursorMs: reached.at(-1) ?? cursorMs,
      untilMs,
    };
    if (reached.length < chunk) break;
  }
  return { kind: 'whole', backlog: finished(plan, counted, keep) };
}
