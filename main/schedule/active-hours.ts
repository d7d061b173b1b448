import { closedSpanAt, closedSpanEndBefore, closedSpanFrom } from './closed-times.ts';
import { daySeconds } from './civil.ts';
import { segmentAt } from './offsets.ts';
import type { ActiveHours } from './types.ts';
import {
  isOpenAtLocal,
  lastOpenEndLocal,
  nextOpenLocal,
  openDays,
  openSinceLocal,
  openUntilLocal,
  type OpenDays,
} from './week-windows.ts';
import { earliestSecond, latestSecond, searchSeconds, secondOf } from './bounds.ts';

/** An open stretch of time, as far as it reaches without a break. */
export interface OpenStretch {
  /** When it opened, epoch ms; `-8.64e15`, the earliest instant there is, for hours open ever since. */
  readonly openAt: number;
  /** The first closed instant, epoch ms; null where none comes within 50 years. */
  readonly closeAt: number | null;
}

const everMs = -8.64e15;

/** The first instant at or after `from` inside the windows, whatever calendars close, within the search. */
export function firstInWindows(open: OpenDays, zone: string, from: number): number | null {
  if (open.never) return null;
  const until = Math.min(from + searchSeconds, latestSecond);
  for (let at = from; at <= until;) {
    const { offset, end } = segmentAt(zone, at);
    const found = nextOpenLocal(open, at + offset, end + offset);
    if (found !== null) return found - offset <= until ? found - offset : null;
    at = end;
  }
  return null;
}

/** The first instant at or after `from` outside the windows, no later than `until`. */
function firstOutsideWindows(
  open: OpenDays,
  zone: string,
  from: number,
  until: number,
): number | null {
  if (open.never) return from;
  // Two days more than an offset can be off.
  const last = open.onlyBetween === null ? until : (open.onlyBetween.last + 2) * daySeconds;
  for (let at = from; at <= Math.min(until, last);) {
    const { offset, end } = segmentAt(zone, at);
    const found = openUntilLocal(open, at + offset, end + offset);
    if (found < end + offset) return found - offset <= until ? found - offset : null;
    at = end;
  }
  return null;
}

/** Where the windows holding the instant before `at` opened, no earlier than `until`. */
function inWindowsSince(open: OpenDays, zone: string, at: number, until: number): number | null {
  const first = open.onlyBetween === null ? until : (open.onlyBetween.first - 2) * daySeconds;
  for (let reached = at; reached > Math.max(until, first);) {
    const { offset, start } = segmentAt(zone, reached - 1);
    const found = openSinceLocal(open, reached + offset, start + offset);
    if (found > start + offset) return found - offset;
    reached = start;
  }
  return null;
}

/**
 * Where the stretch outside the windows that holds the instant `at` began; null where that was no later
 * than `until`, by default the begin of the search.
 */
export function outsideWindowsSince(
  open: OpenDays,
  zone: string,
  at: number,
  until: number = Math.max(at - searchSeconds, earliestSecond),
): number | null {
  if (open.never) return null;
  for (let reached = at; reached > until;) {
    const { offset, start } = segmentAt(zone, reached - 1);
    const found = lastOpenEndLocal(open, reached + offset, start + offset);
    if (found !== null) return found - offset;
    reached = start;
  }
  return null;
}

/** Whether an instant (whole epoch seconds) lies inside the windows, whatever calendars close. */
export function isInWindows(open: OpenDays, zone: string, second: number): boolean {
  return isOpenAtLocal(open, second + segmentAt(zone, second).offset);
}

/** Whether an instant (whole epoch seconds) lies inside the hours. */
export function isOpenAt(open: OpenDays, zone: string, second: number): boolean {
  if (open.always) return true;
  return isInWindows(open, zone, second) && closedSpanAt(open.events, zone, second) === null;
}

/** The first open instant at or after `from`, within the search; null where there is none. */
export function firstOpenFrom(open: OpenDays, zone: string, from: number): number | null {
  if (open.always) return from;
  for (let at = from; ;) {
    const found = firstInWindows(open, zone, at);
    if (found === null) return null;
    const closed = closedSpanAt(open.events, zone, found);
    if (closed === null) return found;
    at = closed.to;
  }
}

/** The first closed instant at or after `from`, within the search; null where there is none. */
export function firstClosedFrom(open: OpenDays, zone: string, from: number): number | null {
  if (open.always) return null;
  const until = Math.min(from + searchSeconds, latestSecond);
  const outside = firstOutsideWindows(open, zone, from, until);
  const closed = closedSpanFrom(open.events, zone, from, outside ?? until);
  return closed === null ? outside : Math.max(closed.from, from);
}

/** Where the open stretch holding the instant before `at` began; null for ever since. */
export function openSince(open: OpenDays, zone: string, at: number): number | null {
  if (open.always) return null;
  const until = Math.max(at - searchSeconds, earliestSecond);
  const since = inWindowsSince(open, zone, at, until);
  return closedSpanEndBefore(open.events, zone, at, since ?? until) ?? since;
}

/**
 * Where the closed stretch holding the instant `at` began; null where that was no later than `until`, by
 * default the begin of the search.
 */
export function closedSince(
  open: OpenDays,
  zone: string,
  at: number,
  until: number = Math.max(at - searchSeconds, earliestSecond),
): number | null {
  for (let closedAt = at; ;) {
    const since =
      closedSpanAt(open.events, zone, closedAt)?.from ??
      outsideWindowsSince(open, zone, closedAt, until);
    if (since === null || since <= until) return null;
    if (isOpenAt(open, zone, since - 1)) return since;
    closedAt = since - 1;
  }
}

/**
 * Whether an instant (epoch ms) lies inside active hours: membership of the wall clock in the zone, in
 * half-open windows (design.md section 2, rules 4 and 5). Null hours are always open.
 */
export function isOpen(hours: ActiveHours | null, zone: string, atMs: number): boolean {
  return isOpenAt(openDays(hours), zone, secondOf(atMs));
}

/**
 * The open stretch an instant (epoch ms) lies in, windows that touch united, across midnight and
 * clock changes too; null while closed. Looks 50 years back and ahead.
 */
export function openStretch(
  hours: ActiveHours | null,
  zone: string,
  atMs: number,
): OpenStretch | null {
  const open = openDays(hours);
  const second = secondOf(atMs);
  if (!isOpenAt(open, zone, second)) return null;
  const since = openSince(open, zone, second + 1);
  const until = firstClosedFrom(open, zone, second);
  return {
    openAt: since === null ? everMs : since * 1_000,
    closeAt: until === null ? null : until * 1_000,
  };
}

/**
 * The first instant after `afterMs` at which closed hours open (epoch ms); asked while open, the
 * opening after the coming close. Null where none comes within 50 years, as for hours always open.
 */
export function nextOpening(
  hours: ActiveHours | null,
  zone: string,
  afterMs: number,
): number | null {
  const open = openDays(hours);
  const closedAt = firstClosedFrom(open, zone, secondOf(afterMs));
  if (closedAt === null) return null;
  const openAt = firstOpenFrom(open, zone, closedAt);
  return openAt === null ? null : openAt * 1_000;
}
