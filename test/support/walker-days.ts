import type { Hours } from '../../contract/hours.ts';

/**
 * A stretch of time that something closes beside the hours, half-open, with minute precision: absolute
 * in epoch ms, or floating between two texts of the wall clock (`2026-03-08T02:30`), whatever the zone.
 */
export type ClosedStretch =
  | { readonly floating: false; readonly fromMs: number; readonly toMs: number }
  | { readonly floating: true; readonly from: string; readonly to: string };

/** What closes beside the hours' own week and dates, as plain data. */
export interface Closings {
  /** Closed local dates, `2026-12-25`. */
  readonly dates: readonly string[];
  readonly times: readonly ClosedStretch[];
}

/** One local date within some days. */
export interface LocalDate {
  /** `2026-03-08`. */
  readonly date: string;
  /** The indexes of its first and last minute; other dates may come between (St John's, 2010). */
  readonly firstIndex: number;
  readonly lastIndex: number;
}

/** Some days of a zone, minute by minute as Intl shows them: read once, then walked as often as needed. */
export interface Days {
  readonly zone: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** What the wall clock shows in each UTC minute: its minutes since 1970, as if it were UTC's. */
  readonly wall: Int32Array;
  /** The local dates in the order they come, by their number since 1970. */
  readonly dates: ReadonlyMap<number, LocalDate>;
}

/** A UTC minute. */
export const minuteMs = 60_000;
const dayMinutes = 1_440;
const halfHour = 30;
const weekdayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** The local date a minute belongs to, by its number since 1970. */
export function dateNumber(wallMinute: number): number {
  return Math.floor(wallMinute / dayMinutes);
}

/** The minute of the day a minute of the wall clock is. */
export function minuteOfDay(wallMinute: number): number {
  return wallMinute - dateNumber(wallMinute) * dayMinutes;
}

/** The wall minute of a text such as `2026-03-08T02:30`. */
export function wallMinute(text: string): number {
  return Date.parse(`${text}Z`) / minuteMs;
}

/** The text of a wall minute, `2026-03-08T02:30`. */
export function wallText(minute: number): string {
  return new Date(minute * minuteMs).toISOString().slice(0, 16);
}

/** A function that tells what the wall clock of a zone shows at an instant: whole minutes, by Intl. */
export function wallClock(zone: string): (atMs: number) => number {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return (atMs) => wallMinute(format.format(atMs).slice(0, 16).replace(' ', 'T'));
}

function datesOf(wall: Int32Array): ReadonlyMap<number, LocalDate> {
  const dates = new Map<number, LocalDate>();
  wall.forEach((minute, index) => {
    const number = dateNumber(minute);
    const known = dates.get(number);
    // Only a date's last minute and the first after a break cost a new entry.
    if (
      known !== undefined &&
      index < wall.length - 1 &&
      dateNumber(wall[index + 1] ?? 0) === number
    )
      return;
    const date = wallText(number * dayMinutes).slice(0, 10);
    dates.set(number, { date, firstIndex: known?.firstIndex ?? index, lastIndex: index });
  });
  return dates;
}

/**
 * Reads the wall clock of a zone for every UTC minute in `[fromMs, toMs)`, both on a half hour. Intl is
 * asked at each half hour; only where the wall clock didn't move on by just that, at each minute.
 */
export function readDays(zone: string, fromMs: number, toMs: number): Days {
  const shown = wallClock(zone);
  const wall = new Int32Array((toMs - fromMs) / minuteMs);
  let next = shown(fromMs);
  for (let index = 0; index < wall.length; index += halfHour) {
    const first = next;
    next = shown(fromMs + (index + halfHour) * minuteMs);
    for (let passed = 0; passed < halfHour; passed += 1)
      wall[index + passed] =
        next - first === halfHour ? first + passed : shown(fromMs + (index + passed) * minuteMs);
  }
  return { zone, fromMs, toMs, wall, dates: datesOf(wall) };
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** The week as a table of its minutes, Monday first: 1 is open. Yesterday's windows run past midnight. */
function weekTable(week: Hours['week']): Uint8Array {
  const table = new Uint8Array(7 * dayMinutes);
  if (week === undefined) return table.fill(1);
  weekdayNames.forEach((name, weekday) => {
    for (const text of week[name] ?? []) {
      const [from = '', to = ''] = text.split('-');
      const open = minutesOf(from);
      const close = minutesOf(to) + (minutesOf(to) <= open ? dayMinutes : 0);
      for (let minute = open; minute < close; minute += 1)
        table[(weekday * dayMinutes + minute) % table.length] = 1;
    }
  });
  return table;
}

function numberOfDate(date: string): number {
  return dateNumber(wallMinute(`${date}T00:00`));
}

/** Monday is 0; day 0, the first of January 1970, was a Thursday. */
function weekdayOf(number: number): number {
  return (((number + 3) % 7) + 7) % 7;
}

function closesAt(stretch: ClosedStretch): (atMs: number, wall: number) => boolean {
  if (!stretch.floating) return (atMs) => stretch.fromMs <= atMs && atMs < stretch.toMs;
  const from = wallMinute(stretch.from);
  const to = wallMinute(stretch.to);
  return (_, wall) => from <= wall && wall < to;
}

/** Whether the minute at an index of the days lies in the hours, as its wall clock and `closings` say. */
export function openMinutes(
  days: Days,
  hours: Hours | null,
  closings: Closings,
): (index: number) => boolean {
  const week = weekTable(hours?.week);
  const closed = new Set([...(hours?.closed?.dates ?? []), ...closings.dates].map(numberOfDate));
  const stretches = closings.times.map(closesAt);
  return (index) => {
    const wall = days.wall[index] ?? 0;
    const number = dateNumber(wall);
    if (closed.has(number)) return false;
    if (week[weekdayOf(number) * dayMinutes + minuteOfDay(wall)] !== 1) return false;
    if (stretches.length === 0) return true;
    const atMs = days.fromMs + index * minuteMs;
    return !stretches.some((closes) => closes(atMs, wall));
  };
}
