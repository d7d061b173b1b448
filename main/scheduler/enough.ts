import { openStretch } from '../schedule/active-hours.ts';
import { localDay } from '../schedule/local-day.ts';
import type { Entry } from './book.ts';
import type { Plan } from './plan.ts';

const dayMs = 86_400_000;

/** A stretch of time: from its first instant up to its end. */
interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
}

/**
 * The stretch in which one good run is enough: the open stretch an instant lies in, or its local date
 * where that stretch is longer than a day (design.md section 2, rule 13).
 */
function stretchOf({ hours, timezone }: Plan, atMs: number): Span {
  const open = hours === null ? null : openStretch(hours, timezone, atMs);
  const { openAt = -Infinity, closeAt } = open ?? {};
  if (closeAt === undefined || closeAt === null || closeAt - openAt > dayMs)
    return localDay(timezone, atMs);
  return { fromMs: openAt, untilMs: closeAt };
}

/** That a schedule has had enough: what it was content with, when that run began, and until when. */
export interface Enough {
  readonly what: 'success' | 'change';
  readonly sinceMs: number;
  readonly untilMs: number;
}

/** Whether a schedule has had enough by a slot's instant, in the stretch of that slot. */
export function enoughAt({ stored, plan }: Entry, slotAtMs: number): Enough | null {
  const { enough } = stored.document;
  if (enough === undefined) return null;
  const sinceMs = enough === 'success' ? stored.succeededAtMs : stored.changedAtMs;
  if (sinceMs === null) return null;
  const { fromMs, untilMs } = stretchOf(plan, slotAtMs);
  return fromMs <= sinceMs && sinceMs < untilMs ? { what: enough, sinceMs, untilMs } : null;
}
