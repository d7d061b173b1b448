const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

/** The words of times are English; clocks and dates follow the reader's own English, else British. */
const language =
  typeof navigator !== 'undefined' && navigator.language.startsWith('en')
    ? navigator.language
    : 'en-GB';

const formats = new Map<string, Intl.DateTimeFormat>();

/** A formatter is costly to build and cheap to use; a window needs a handful. */
function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify(options);
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(language, options);
  formats.set(key, made);
  return made;
}

const clock: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit' };

let readerZone: string | undefined;

/**
 * Names the zone of this computer as the host knows it. The host notices a change of it; a browser
 * that has been open since before may not.
 */
export function setReaderZone(zone: string): void {
  readerZone = zone;
}

function inZone(zone: string | undefined): Intl.DateTimeFormatOptions {
  const known = zone ?? readerZone;
  return known === undefined ? {} : { timeZone: known };
}

/** The calendar date of an instant as a number of days, to tell how many midnights lie between two. */
function dayNumber(atMs: number, zone: string | undefined): number {
  const parts = format({
    ...inZone(zone),
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  }).formatToParts(atMs);
  const part = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((one) => one.type === type)?.value ?? '0');
  return Date.UTC(part('year'), part('month') - 1, part('day')) / (24 * hourMs);
}

/** A length in its largest unit, `48 s`, `4 min`, `2 h`, `3 days`, or finer: `2 h 10 min`. Cut, not rounded. */
function lengthText(lengthMs: number, isFine: boolean): string {
  if (lengthMs < minuteMs) return `${String(Math.floor(lengthMs / secondMs))} s`;
  if (lengthMs < hourMs) return `${String(Math.floor(lengthMs / minuteMs))} min`;
  const hours = Math.floor(lengthMs / hourMs);
  const minutes = Math.floor((lengthMs % hourMs) / minuteMs);
  if (isFine && hours < 6)
    return minutes === 0 ? `${String(hours)} h` : `${String(hours)} h ${String(minutes)} min`;
  if (hours < 48) return `${String(hours)} h`;
  return `${String(Math.floor(hours / 24))} days`;
}

/** How far an instant lies from now: `in 4 min`, `now`, `12 s ago`. */
export function relativeText(atMs: number, nowMs: number): string {
  const aheadMs = atMs - nowMs;
  if (Math.abs(aheadMs) < secondMs) return 'now';
  // Ahead is rounded up: "in 1 min" until less than a minute is left, and never "in 0 s".
  if (aheadMs > 0) return `in ${lengthText(Math.ceil(aheadMs / secondMs) * secondMs, true)}`;
  return `${lengthText(-aheadMs, false)} ago`;
}

/**
 * An instant as short as it stays clear seen from now: `18:00` today, `tomorrow 09:00`, `Mon 09:00`
 * within six days, else `23 Nov 09:00`, with its year where it is another one. In the reader's zone
 * unless one is given.
 */
export function absoluteText(atMs: number, nowMs: number, zone?: string): string {
  const time = format({ ...clock, ...inZone(zone) }).format(atMs);
  const days = dayNumber(atMs, zone) - dayNumber(nowMs, zone);
  if (days === 0) return time;
  if (days === 1) return `tomorrow ${time}`;
  if (days === -1) return `yesterday ${time}`;
  if (Math.abs(days) < 7)
    return `${format({ ...inZone(zone), weekday: 'short' }).format(atMs)} ${time}`;
  const year = format({ ...inZone(zone), year: 'numeric' });
  const sameYear = year.format(atMs) === year.format(nowMs);
  const date = format({
    ...inZone(zone),
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(atMs);
  return `${date} ${time}`;
}

/** The date of an instant, `25 November`, with its year where it is another than now. In the reader's zone. */
export function dateText(atMs: number, nowMs: number): string {
  const year = format({ ...inZone(undefined), year: 'numeric' });
  const sameYear = year.format(atMs) === year.format(nowMs);
  return format({
    ...inZone(undefined),
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(atMs);
}

/** A date, `2026-11-20`, as `20 Nov` or in full, `Friday 20 November`. */
export function calendarDayText(date: string, length: 'short' | 'long'): string {
  return format({
    timeZone: 'UTC',
    day: 'numeric',
    month: length,
    ...(length === 'long' ? { weekday: 'long' } : {}),
  }).format(Date.parse(date));
}

/** An instant in full, for the tip under the pointer: weekday, date, seconds and zone. */
export function fullText(atMs: number, zone?: string): string {
  return format({
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
    ...inZone(zone),
  }).format(atMs);
}

/** The time of day with seconds, for the lines of a log. */
export function clockText(atMs: number): string {
  return format({
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    ...inZone(undefined),
  }).format(atMs);
}

/** The time of day to the second, as the reader's clock shows it, in a zone: for a start that was spread. */
export function startText(atMs: number, zone: string): string {
  return format({ ...clock, second: '2-digit', ...inZone(zone) }).format(atMs);
}

/** How long something took: `0.4 s`, `48 s`, `2 min 5 s`, `1 h 4 min`. */
export function durationText(lengthMs: number): string {
  if (lengthMs < 9_950) return `${(lengthMs / secondMs).toFixed(1)} s`;
  const seconds = Math.round(lengthMs / secondMs);
  if (seconds < 60) return `${String(seconds)} s`;
  if (seconds < 3600) {
    const rest = seconds % 60;
    const minutes = `${String(Math.floor(seconds / 60))} min`;
    return rest === 0 ? minutes : `${minutes} ${String(rest)} s`;
  }
  return `${String(Math.floor(seconds / 3600))} h ${String(Math.floor((seconds % 3600) / 60))} min`;
}

/** Whether a zone shows other clocks than the reader's at an instant. */
export function isOtherZone(zone: string, atMs: number): boolean {
  const options: Intl.DateTimeFormatOptions = { ...clock, day: 'numeric', hourCycle: 'h23' };
  const there = format({ ...options, timeZone: zone }).format(atMs);
  return there !== format({ ...options, ...inZone(undefined) }).format(atMs);
}

/** How long a wait or a delay was, in its largest unit or two: `30 s`, `4 min`, `2 h 10 min`, `3 days`. */
export function spanText(lengthMs: number): string {
  return lengthText(lengthMs, true);
}
