import { latestSecond, searchSeconds } from './bounds.ts';
import { daySeconds, weekdayOf } from './civil.ts';
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
  const first: (number | null | undefined)[] = [];
  let day = Math.floor(local / daySeconds);
  let second = local - day * daySeconds;
  for (;;) {
    const match = rule.nextDay(day, lastDay);
    if (match === null) return null;
    if (match !== day) second = 0;
    let time: number | null = null;
    if (second > 0 || open.isExcluded(match))
      time = nextTimeIn(rule, windowsOn(open, match), second);
    else {
      const weekday = weekdayOf(match);
      const known = first[weekday];
      time = known === undefined ? nextTimeIn(rule, open.windows[weekday] ?? [], 0) : known;
      first[weekday] = time;
    }
    if (time !== null) return match * daySeconds + time;
    day = match + 1;
    second = 0;
  }
}

/** Whether a fixed time that the gap before this segment swallowed runs at its start (rule 3). */
function runsAfterGap(rule: TriggerRule, open: OpenDays, segment: Segment): boolean {
  const local = segment.start + segment.offset;
  if (!rule.fixed || segment.gapFrom >= local || !isOpenAtLocal(open, local)) return false;
  const day = Math.floor(local / daySeconds);
  const from = Math.max(segment.gapFrom, day * daySeconds);
  const swallowed = nextLocal(rule, always, from, day);
  return swallowed !== null && swallowed < local;
}

/**
 * The first instant after `after` (whole epoch seconds) at which the trigger fires inside the hours,
 * no later than `until`; null where there is none.
 *
 * Walks the segments of constant offset, in each of which the wall clock is a straight line: what
 * lies in a gap is in no segment, what repeats is in two. Fixed times skip the second pass, and run
 * at the first instant after a gap if the date is still the same (rule 3).
 */
export function nextInstant(
  rule: TriggerRule,
  open: OpenDays,
  zone: string,
  after: number,
  until: number,
): number | null {
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
