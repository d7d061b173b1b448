import { latestSecond, searchSeconds } from './bounds.ts';
import { daySeconds, weekdayOf } from './civil.ts';
import { closedSpanAt } from './closed-times.ts';
import { segmentAt, type Segment } from './offsets.ts';
import type { TriggerRule } from './trigger-rule.ts';
import { isOpenAtLocal, openDays, windowsOn, type OpenDays, type Window } from './week-windows.ts';

const always = openDays(null);

/** The last second a search from `after` may answer. */
export function searchEnd(after: number): number {
  return Math.min(after + searchSeconds, latestSecond);
}

/** The first time of the rule at or after `second` that lies in one of the windows. */
function nextTimeIn(rule: TriggerRule, windows: readonly Window[], second: number): number | null {
  let time = second;
  for (const window of windows) {
    if (window.to <= time) continue;
    const found = rule.nextTime(Math.max(time, window.from));
    if (found === null || found < window.to) return found;
    time = found;
  }
  return null;
}

/**
 * The first wall-clock second at or after `local`, until the end of the day `lastDay`, at which the
 * trigger matches inside the windows. Goes by days: a day without a common time costs next to nothing.
 */
function nextLocal(
  rule: TriggerRule,
  open: OpenDays,
  local: number,
  lastDay: number,
): number | null {
  const firstTimes: (number | null | undefined)[] = [];
  const firstTime = (weekday: number): number | null => {
    const known = firstTimes[weekday];
    const time = known === undefined ? nextTimeIn(rule, open.windows[weekday] ?? [], 0) : known;
    firstTimes[weekday] = time;
    return time;
  };
  const timeOn = (day: number, second: number): number | null =>
    second > 0 || open.closedDate(day) !== null
      ? nextTimeIn(rule, windowsOn(open, day), second)
      : firstTime(weekdayOf(day));
  let asked = false;
  let day = Math.floor(local / daySeconds);
  let second = local - day * daySeconds;
  for (;;) {
    const match = rule.nextDay(day, lastDay);
    if (match === null) return null;
    if (match !== day) second = 0;
    const time = timeOn(match, second);
    if (time !== null) return match * daySeconds + time;
    // Where no weekday has one of the times in its windows, no day to come has.
    if (!asked && open.windows.every((_, weekday) => firstTime(weekday) === null)) return null;
    asked = true;
    day = match + 1;
    second = 0;
  }
}

/** Whether the gap before this segment swallowed a time of the trigger; of the date it led to, if given. */
export function gapSwallowed(rule: TriggerRule, segment: Segment, date?: number): boolean {
  const local = segment.start + segment.offset;
  if (segment.gapFrom >= local) return false;
  const from = date === undefined ? segment.gapFrom : Math.max(segment.gapFrom, date * daySeconds);
  const swallowed = nextLocal(rule, always, from, Math.floor(local / daySeconds));
  return swallowed !== null && swallowed < local;
}

/** Whether a fixed time that the gap before this segment swallowed runs at its start (rule 3). */
function runsAfterGap(rule: TriggerRule, open: OpenDays, segment: Segment): boolean {
  const local = segment.start + segment.offset;
  return (
    rule.fixed &&
    gapSwallowed(rule, segment, Math.floor(local / daySeconds)) &&
    isOpenAtLocal(open, local)
  );
}

/**
 * The first instant after `after` at which the trigger fires inside the windows of open days.
 *
 * Walks the segments of constant offset, in each of which the wall clock is a straight line: what
 * lies in a gap is in no segment, what repeats is in two. Fixed times skip the second pass, and run
 * at the first instant after a gap if the date is still the same (rule 3).
 */
function nextInWindows(
  rule: TriggerRule,
  open: OpenDays,
  zone: string,
  after: number,
  until: number,
): number | null {
  if (open.never) return null;
  const lastDay = Math.floor(until / daySeconds) + 2;
  const gapsMatter = rule.fixed && !open.always;
  let clearFrom = Number.POSITIVE_INFINITY;
  let match: number | null = null;
  let at = after + 1;
  while (at <= until) {
    const segment = segmentAt(zone, at);
    if (at === segment.start && runsAfterGap(rule, open, segment)) return at;
    const { offset, end } = segment;
    const from = rule.fixed ? Math.max(at + offset, segment.newFrom) : at + offset;
    if (from < clearFrom || (match !== null && match < from)) {
      clearFrom = from;
      match = nextLocal(rule, open, from, lastDay);
    }
    if (match !== null && match < end + offset) {
      const found = match - offset;
      return found <= until ? found : null;
    }
    at = end;
    if (gapsMatter || end + offset < clearFrom + 2 * daySeconds) continue;
    if (match === null) return null;
    at = Math.max(at, match - offset - 2 * daySeconds);
  }
  return null;
}

/**
 * The first instant after `after` (whole epoch seconds) at which the trigger fires inside the hours,
 * no later than `until`; null where there is none.
 */
export function nextInstant(
  rule: TriggerRule,
  open: OpenDays,
  zone: string,
  after: number,
  until: number,
): number | null {
  for (let from = after; ;) {
    const found = nextInWindows(rule, open, zone, from, until);
    if (found === null || open.events.length === 0) return found;
    const closed = closedSpanAt(open.events, zone, found);
    if (closed === null) return found;
    from = closed.to - 1;
  }
}
