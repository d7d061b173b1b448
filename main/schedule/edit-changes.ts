import type { EditChanges, Moment } from '../../contract/preview.ts';
import { toInstant } from '../../contract/time.ts';
import { secondOf } from './bounds.ts';
import { daySeconds } from './civil.ts';
import { changesText } from './edit-words.ts';
import { nextInstants, whyNever } from './next-slots.ts';
import { segmentAt } from './offsets.ts';
import { dayOf, localOf } from './telling.ts';
import type { ActiveHours, Rhythm } from './types.ts';
import { localIso } from './zone-data.ts';

/** What decides when a schedule runs. A chain has no rhythm, and so no slots of its own. */
export interface Timing {
  readonly rhythm: Rhythm | null;
  /** Null hours are always open. */
  readonly hours: ActiveHours | null;
}

const wholeDays = 14;
/** Enough for a run every 10 seconds in a day of 25 hours, or every minute in a whole week. */
const maxSlots = 10_200;
const shownChanges = 20;

/** How far two schedules are compared. */
interface Reach {
  /** Whole days; 0 where even one has too many runs. */
  readonly days: number;
  /** The last instant compared, epoch ms. */
  readonly untilMs: number;
}

/** One difference, in epoch ms; `fromMs` is where a moved run comes from. */
interface Difference {
  readonly kind: 'added' | 'removed' | 'moved';
  readonly atMs: number;
  readonly fromMs: number | null;
}

interface OneDay {
  readonly removed: number[];
  readonly added: number[];
}

/** When the wall clock shows this time again some days later, by the offset in force 24 hours a day later. */
function daysLater(zone: string, nowMs: number, days: number): number {
  const now = secondOf(nowMs);
  const later = secondOf((now + days * daySeconds) * 1_000);
  return (localOf(zone, now) + days * daySeconds - segmentAt(zone, later).offset) * 1_000;
}

function slotsOf({ rhythm, hours }: Timing, nowMs: number, untilMs: number): readonly number[] {
  return rhythm === null ? [] : nextInstants(rhythm, hours, nowMs, maxSlots + 1, untilMs);
}

/** The whole days in which no side has more slots than are compared; a part of the first, if need be. */
function reachOf(zone: string, nowMs: number, sides: readonly (readonly number[])[]): Reach {
  const next = Math.min(...sides.map((slots) => slots[maxSlots] ?? Number.POSITIVE_INFINITY));
  for (let days = wholeDays; days > 0; days -= 1) {
    const untilMs = daysLater(zone, nowMs, days);
    if (untilMs < next) return { days, untilMs };
  }
  const last = Math.min(...sides.map((slots) => slots[maxSlots - 1] ?? Number.POSITIVE_INFINITY));
  return { days: 0, untilMs: last };
}

/** The members of a sorted list that another sorted list lacks, no later than `untilMs`. */
function without(list: readonly number[], other: readonly number[], untilMs: number): number[] {
  const left: number[] = [];
  let index = 0;
  for (const at of list) {
    if (at > untilMs) break;
    while ((other[index] ?? Number.POSITIVE_INFINITY) < at) index += 1;
    if (other[index] !== at) left.push(at);
  }
  return left;
}

/** Slots of one side alone, by their local date, the dates in order. */
function byDate(
  zone: string,
  removed: readonly number[],
  added: readonly number[],
): readonly OneDay[] {
  const days = new Map<number, OneDay>();
  const at = (atMs: number): OneDay => {
    const date = dayOf(localOf(zone, atMs / 1_000));
    const known = days.get(date);
    if (known !== undefined) return known;
    const day: OneDay = { removed: [], added: [] };
    days.set(date, day);
    return day;
  };
  for (const atMs of removed) at(atMs).removed.push(atMs);
  for (const atMs of added) at(atMs).added.push(atMs);
  return [...days].sort(([a], [b]) => a - b).map(([, day]) => day);
}

/**
 * The first differences of one date in the order of time: the first run of one side is paired with the
 * first of the other, and so on.
 */
function differencesOf({ removed, added }: OneDay): readonly Difference[] {
  const paired = Math.min(removed.length, added.length);
  const gone = removed.slice(paired, paired + shownChanges);
  const all: Difference[] = [
    ...added.slice(0, shownChanges).map((atMs, index): Difference => {
      const fromMs = removed[index] ?? null;
      return { kind: fromMs === null ? 'added' : 'moved', atMs, fromMs };
    }),
    ...gone.map((atMs): Difference => ({ kind: 'removed', atMs, fromMs: null })),
  ];
  return all.sort((a, b) => a.atMs - b.atMs);
}

/** The first differences in the order of time, and how many runs moved in all. */
function compare(days: readonly OneDay[]): { shown: readonly Difference[]; moved: number } {
  const shown: Difference[] = [];
  let moved = 0;
  for (const day of days) {
    moved += Math.min(day.removed.length, day.added.length);
    if (shown.length < shownChanges) shown.push(...differencesOf(day));
  }
  return { shown: shown.slice(0, shownChanges), moved };
}

function firstOf({ rhythm, hours }: Timing, nowMs: number): number | null {
  return rhythm === null ? null : (nextInstants(rhythm, hours, nowMs, 1)[0] ?? null);
}

/** Why there is no run to come, in its last and deciding step; empty for a chain. */
function whyNone({ rhythm, hours }: Timing, nowMs: number): string {
  return rhythm === null ? '' : (whyNever(rhythm, hours, nowMs).at(-1)?.text ?? '');
}

/**
 * What an edit changes: the slots of a schedule as it is and as it would be, compared over the coming
 * 14 days of the new zone's wall clock, strictly after `nowMs` (epoch ms). A slot at the same instant
 * is kept; what is left of one local date is paired in the order of time, and the pairs have moved.
 * Nominal times: jitter is left out. Where a side has over 10,200 slots, fewer whole days are compared,
 * at least a part of one (`days` is 0). All times are told in the new zone. A schedule that isn't there
 * yet, null, has no slots.
 */
export function editChanges(before: Timing | null, after: Timing, nowMs: number): EditChanges {
  const old = before ?? { rhythm: null, hours: null };
  const zone = after.rhythm?.timezone ?? old.rhythm?.timezone ?? 'UTC';
  const endMs = daysLater(zone, nowMs, wholeDays);
  const were = slotsOf(old, nowMs, endMs);
  const are = slotsOf(after, nowMs, endMs);
  const { days, untilMs } = reachOf(zone, nowMs, [were, are]);
  const removed = without(were, are, untilMs);
  const added = without(are, were, untilMs);
  const { shown, moved } = compare(byDate(zone, removed, added));
  const moment = (atMs: number): Moment => ({ at: toInstant(atMs), local: localIso(atMs, zone) });
  const momentOrNull = (atMs: number | null): Moment | null =>
    atMs === null ? null : moment(atMs);
  const beforeMs = were[0] ?? firstOf(old, nowMs);
  const afterMs = are[0] ?? firstOf(after, nowMs);
  const counts = { added: added.length - moved, removed: removed.length - moved, moved };
  return {
    days,
    before: momentOrNull(beforeMs),
    after: momentOrNull(afterMs),
    kept: were.filter((at) => at <= untilMs).length - removed.length,
    ...counts,
    changes: shown.map(({ kind, atMs, fromMs }) => ({
      kind,
      ...moment(atMs),
      from: momentOrNull(fromMs),
    })),
    text: changesText({
      ...counts,
      zone,
      otherZone: (old.rhythm?.timezone ?? zone) !== zone,
      nowMs,
      beforeMs,
      afterMs,
      why: afterMs === null ? whyNone(after, nowMs) : '',
      days,
      untilMs,
    }),
  };
}
