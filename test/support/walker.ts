import type { Hours } from '../../contract/hours.ts';
import type { Trigger } from '../../contract/trigger.ts';
import {
  dateNumber,
  minuteMs,
  minuteOfDay,
  openMinutes,
  type Closings,
  type Days,
  type LocalDate,
} from './walker-days.ts';
import { readTrigger, type Reading } from './walker-triggers.ts';

/** What the walker is asked. */
export interface Question {
  readonly trigger: Trigger;
  readonly outside: 'skip' | 'defer';
  readonly hours: Hours | null;
  /** What closes beside the hours' own week and dates. */
  readonly closings: Closings;
}

/** Every second of every minute from an index on at which the wall clock matches, in order. */
function* plainTimes(days: Days, reading: Reading, fromIndex: number): Generator<number> {
  const fires = Array.from({ length: 1_440 }, (_, minute) => reading.secondsOf(minute));
  let number = Number.NaN;
  let onDate = false;
  for (let index = fromIndex; index < days.wall.length; index += 1) {
    const wall = days.wall[index] ?? 0;
    if (dateNumber(wall) !== number) {
      number = dateNumber(wall);
      onDate = reading.onDate(days.dates.get(number)?.date ?? '');
    }
    if (!onDate) continue;
    for (const second of fires[minuteOfDay(wall)] ?? [])
      yield days.fromMs + index * minuteMs + second * 1_000;
  }
}

/** The index of the first minute of a date that shows what is wanted; -1 for none. */
function firstShowing(
  days: Days,
  { firstIndex, lastIndex }: LocalDate,
  number: number,
  wanted: (minute: number) => boolean,
): number {
  for (let index = firstIndex; index <= lastIndex; index += 1) {
    const wall = days.wall[index] ?? 0;
    if (dateNumber(wall) === number && wanted(minuteOfDay(wall))) return index;
  }
  return -1;
}

/** Rule 3 for fixed times, date by date: the first pass only, or right after the gap on the same date. */
function fixedTimes(days: Days, reading: Reading, fromIndex: number): readonly number[] {
  const minutes = Array.from({ length: 1_440 }, (_, minute) => minute).filter(
    (minute) => reading.secondsOf(minute).length > 0,
  );
  const times = new Set<number>();
  for (const [number, date] of days.dates) {
    if (date.lastIndex < fromIndex || !reading.onDate(date.date)) continue;
    for (const minute of minutes) {
      // Where every minute shows the next, the one wanted is found at once.
      const guess = date.firstIndex + minute - minuteOfDay(days.wall[date.firstIndex] ?? 0);
      const plain = isPlain(days, date) && guess >= date.firstIndex && guess <= date.lastIndex;
      const index = plain ? guess : firstShowing(days, date, number, (shown) => shown === minute);
      if (index >= 0)
        for (const second of reading.secondsOf(minute))
          times.add(days.fromMs + index * minuteMs + second * 1_000);
      // Of the first date only the end is known: what seems missing may have come before.
      else if (date.firstIndex > 0) {
        const after = firstShowing(days, date, number, (shown) => shown > minute);
        if (after >= 0) times.add(days.fromMs + after * minuteMs);
      }
    }
  }
  return [...times].sort((a, b) => a - b);
}

/** Whether the wall clock went through a date's minutes without a jump. */
function isPlain(days: Days, { firstIndex, lastIndex }: LocalDate): boolean {
  return (days.wall[lastIndex] ?? 0) - (days.wall[firstIndex] ?? 0) === lastIndex - firstIndex;
}

/** Where the walk for what comes after a minute begins: it must know the closed stretch it lies in. */
function startOf(index: number, question: Question, isOpen: (index: number) => boolean): number {
  if (question.outside === 'skip') return index;
  let start = index;
  while (start > 0 && !isOpen(start)) start -= 1;
  return start;
}

/** Rule 6: what lies outside is dropped, or put off to the next open minute, once a closed stretch. */
function* insideHours(
  days: Days,
  question: Question,
  isOpen: (index: number) => boolean,
  times: Iterable<number>,
): Generator<number> {
  let openedMs = Number.NEGATIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const at of times) {
    if (at < openedMs) continue;
    let index = Math.floor((at - days.fromMs) / minuteMs);
    let slot = at;
    if (!isOpen(index)) {
      if (question.outside === 'skip') continue;
      while (index < days.wall.length && !isOpen(index)) index += 1;
      if (index >= days.wall.length) return;
      slot = days.fromMs + index * minuteMs;
      openedMs = slot;
    }
    if (slot > last) yield slot;
    last = slot;
  }
}

/**
 * The first slots of a schedule after an instant, at most so many and all that lie in the days, found
 * the slow way: by walking UTC minutes and asking Intl what the wall clock shows. Shares no code with
 * the engine. What lies before the days is unknown to it: ask only from `knownFrom` on.
 */
export function walk(
  days: Days,
  question: Question,
  afterMs: number,
  most: number,
): readonly number[] {
  const reading = readTrigger(question.trigger);
  const isOpen = openMinutes(days, question.hours, question.closings);
  const asked = Math.floor((afterMs - days.fromMs) / minuteMs);
  const start = startOf(asked, question, isOpen);
  const startMs = days.fromMs + start * minuteMs;
  const times = reading.fixed
    ? fixedTimes(days, reading, start).filter((at) => at >= startMs)
    : plainTimes(days, reading, start);
  const slots: number[] = [];
  for (const at of insideHours(days, question, isOpen, times)) {
    if (at <= afterMs) continue;
    slots.push(at);
    if (slots.length >= most) break;
  }
  return slots;
}

/**
 * The instant from which on `walk` knows the answer: the second local date, and with `defer` the first
 * open minute from there; the second date where the days hold none, as then no slot lies in them.
 */
export function knownFrom(days: Days, question: Question): number {
  const [, second] = days.dates.values();
  const first = second?.firstIndex ?? 0;
  const isOpen = openMinutes(days, question.hours, question.closings);
  let index = first;
  if (question.outside === 'defer') while (index < days.wall.length && !isOpen(index)) index += 1;
  return days.fromMs + (index < days.wall.length ? index : first) * minuteMs;
}

/** The open stretch an instant lies in and the next opening after it, as far as the days tell. */
export interface Stretch {
  /** Null while closed. */
  readonly open: { readonly openAt: number | null; readonly closeAt: number | null } | null;
  /** The next opening after the coming close, or after now while closed; null where none is in the days. */
  readonly nextOpening: number | null;
}

/** What `openStretch` and `nextOpening` answer, by the walk; an end beyond the days is null. */
export function walkStretch(days: Days, question: Question, atMs: number): Stretch {
  const isOpen = openMinutes(days, question.hours, question.closings);
  const at = Math.floor((atMs - days.fromMs) / minuteMs);
  const msOf = (index: number): number | null =>
    index < 0 || index >= days.wall.length ? null : days.fromMs + index * minuteMs;
  let since = at;
  while (since >= 0 && isOpen(since)) since -= 1;
  let until = at;
  while (until < days.wall.length && isOpen(until)) until += 1;
  let opening = until;
  while (opening < days.wall.length && !isOpen(opening)) opening += 1;
  const openAt = since < 0 ? null : msOf(since + 1);
  return {
    open: isOpen(at) ? { openAt, closeAt: msOf(until) } : null,
    nextOpening: msOf(opening),
  };
}
