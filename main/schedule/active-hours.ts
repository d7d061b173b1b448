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

/** Whether an instant (whole epoch seconds) lies inside the hours. */
export function isOpenAt(open: OpenDays, zone: string, second: number): boolean {
  return open.always || isOpenAtLocal(open, second + segmentAt(zone, second).offset);
}

/** The first open instant at or after `from`, within the search; null where there is none. */
export function firstOpenFrom(open: OpenDays, zone: string, from: number): number | null {
  if (open.always) return from;
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

/** The first closed instant at or after `from`, within the search; null where there is none. */
export function firstClosedFrom(open: OpenDays, zone: string, from: number): number | null {
  if (open.always) return null;
  if (open.never) return from;
  const until = Math.min(from + searchSeconds, latestSecond);
  for (let at = from; at <= until;) {
    const { offset, end } = segmentAt(zone, at);
    const found = openUntilLocal(open, at + offset, end + offset);
    if (found < end + offset) return found - offset <= until ? found - offset : null;
    at = end;
  }
  return null;
}

/** Where the open stretch holding the instant before `at` began; null for ever since. */
export function openSince(open: OpenDays, zone: string, at: number): number | null {
  if (open.always) return null;
  const until = Math.max(at - searchSeconds, earliestSecond);
  for (let reached = at; reached > until;) {
    const { offset, start } = segmentAt(zone, reached - 1);
    const found = openSinceLocal(open, reached + offset, start + offset);
    if (found > start + offset) return found - offset;
    reached = start;
  }
  return null;
}

/** Where the closed stretch holding the instant `at` began; null for ever since. */
export function closedSince(open: OpenDays, zone: string, at: number): number | null {
  if (open.never) return null;
  const until = Math.max(at - searchSeconds, earliestSecond);
  for (let reached = at; reached > until;) {
    const { offset, start } = segmentAt(zone, reached - 1);
    const found = lastOpenEndLocal(open, reached + offset, start + offset);
    if (found !== null) return found - offset;
    reached = start;
  }
  return null;
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
