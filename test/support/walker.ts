import type { Hours } from '../../contract/hours.ts';
import type { Trigger } from '../../contract/trigger.ts';

/** One UTC minute and what the wall clock of a zone shows in it, as Intl says. */
interface Minute {
  readonly atMs: number;
  /** `2026-03-08`. */
  readonly date: string;
  /** Minutes since the local midnight by the wall clock. */
  readonly minute: number;
  /** Monday is 0. */
  readonly weekday: number;
}

/** A few days of a zone, minute by minute: read once, then walked as often as needed. */
export interface Days {
  readonly zone: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly minutes: readonly Minute[];
  /** The same minutes by their local date. */
  readonly byDate: ReadonlyMap<string, readonly Minute[]>;
}

/** What the walker is asked. */
export interface Question {
  readonly trigger: Trigger;
  readonly outside: 'skip' | 'defer';
  readonly hours: Hours | null;
}

const minuteMs = 60_000;
const weekdayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const monthNames = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** Reads the wall clock of a zone for every UTC minute in `[fromMs, toMs)`. */
export function readDays(zone: string, fromMs: number, toMs: number): Days {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const minutes: Minute[] = [];
  for (let atMs = fromMs; atMs < toMs; atMs += minuteMs) {
    const text = format.format(atMs);
    const date = text.slice(0, 10);
    minutes.push({
      atMs,
      date,
      minute: Number(text.slice(11, 13)) * 60 + Number(text.slice(14, 16)),
      weekday: (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7,
    });
  }
  return { zone, fromMs, toMs, minutes, byDate: Map.groupBy(minutes, (one) => one.date) };
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** Whether a minute lies in the hours: each weekday's windows, and yesterday's that run past midnight. */
export function openMinutes(hours: Hours | null): (at: Minute) => boolean {
  if (hours === null) return () => true;
  const windows = weekdayNames.map((name) =>
    (hours.week?.[name] ?? []).map((text) => {
      const [open = '', close = ''] = text.split('-');
      return { open: minutesOf(open), close: minutesOf(close) };
    }),
  );
  const dates = hours.closed?.dates ?? [];
  return (at) => {
    if (dates.includes(at.date)) return false;
    if (hours.week === undefined) return true;
    const today = windows[at.weekday]?.some(({ open, close }) =>
      open < close ? open <= at.minute && at.minute < close : at.minute >= open,
    );
    const yesterday = windows[(at.weekday + 6) % 7]?.some(
      ({ open, close }) => open >= close && at.minute < close,
    );
    return today === true || yesterday === true;
  };
}

/** A cron field of numbers, read the plain way: the set of its values. */
function valuesOf(
  text: string,
  least: number,
  most: number,
  names: readonly string[] = [],
): Set<number> {
  const numberOf = (word: string): number => {
    const index = names.indexOf(word.toLowerCase());
    return index < 0 ? Number(word) : index + least;
  };
  const values = new Set<number>();
  for (const item of text.split(',')) {
    const [range = '', step] = item.split('/');
    const [first = '', last] = range.split('-');
    const from = range === '*' || range === '?' ? least : numberOf(first);
    let to = step === undefined ? from : most;
    if (range === '*' || range === '?') to = most;
    if (last !== undefined) to = numberOf(last);
    for (let value = from; value <= to; value += Number(step ?? 1)) values.add(value);
  }
  return values;
}

function lastOfMonth(date: string): number {
  return new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 0)).getUTCDate();
}

/** Whether a weekday item (`1-5`, `fri#2`, `5L`) holds on a date; Sunday is 0 or 7. */
function weekdayItemHolds(item: string, date: string): boolean {
  const day = Number(date.slice(8, 10));
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  const match = /^([^#L]+?)(?:#(\d|L)|(L))?$/i.exec(item);
  const [, base = '', nth, last] = match ?? [];
  const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
  const days = [...valuesOf(base, 0, 6, names)].map((value) => value % 7);
  if (!days.includes(weekday)) return false;
  if (last !== undefined || nth?.toUpperCase() === 'L') return day + 7 > lastOfMonth(date);
  return nth === undefined || Math.ceil(day / 7) === Number(nth);
}

function dayItemHolds(item: string, date: string): boolean {
  const day = Number(date.slice(8, 10));
  if (item.toUpperCase() === 'L') return day === lastOfMonth(date);
  return valuesOf(item, 1, 31).has(day);
}

const isStar = (field: string): boolean => field === '*' || field === '?';

function cronDateHolds(fields: readonly string[], date: string): boolean {
  const [dayField = '*', monthField = '*', weekdayField = '*'] = fields;
  if (!valuesOf(monthField, 1, 12, monthNames).has(Number(date.slice(5, 7)))) return false;
  const both = weekdayField.startsWith('+');
  const weekdays = both ? weekdayField.slice(1) : weekdayField;
  const day = dayField.split(',').some((item) => dayItemHolds(item, date));
  const weekday = weekdays.split(',').some((item) => weekdayItemHolds(item, date));
  if (isStar(weekdays)) return day;
  if (isStar(dayField) || both) return day && weekday;
  return day || weekday;
}

/** A trigger read plainly: on which dates, at which seconds of a day, and is it fixed? */
interface Reading {
  readonly fixed: boolean;
  readonly onDate: (date: string) => boolean;
  readonly seconds: readonly number[];
}

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };
const dayOfDate = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

function calendarEntryHolds(entry: number | string, date: string): boolean {
  const day = Number(date.slice(8, 10));
  if (typeof entry === 'number') return day === entry;
  if (entry === 'last') return day === lastOfMonth(date);
  return weekdayItemHolds(entry.replace('last', 'L'), date);
}

function read(trigger: Trigger): Reading {
  switch (trigger.kind) {
    case 'interval': {
      const count = Number(trigger.every.slice(0, -1));
      const every = count * (unitSeconds[trigger.every.slice(-1)] ?? 1);
      if (trigger.every.endsWith('d')) {
        const { from = '', at = '' } = trigger;
        return {
          fixed: true,
          onDate: (date) => date >= from && (dayOfDate(date) - dayOfDate(from)) % count === 0,
          seconds: [minutesOf(at) * 60],
        };
      }
      const anchor = minutesOf(trigger.anchor ?? '00:00') * 60;
      const seconds: number[] = [];
      for (let passed = 0; passed < 86_400; passed += every)
        seconds.push((anchor + passed) % 86_400);
      return { fixed: false, onDate: () => true, seconds };
    }
    case 'cron': {
      const parts = trigger.expression.split(' ');
      const times = parts.length === 6 ? parts.slice(0, 3) : ['0', ...parts.slice(0, 2)];
      const [seconds = '', minutes = '', hours = ''] = times;
      return {
        fixed: !times.some((field) => /[*?/]/.test(field)),
        onDate: (date) => cronDateHolds(parts.slice(-3), date),
        seconds: [...valuesOf(hours, 0, 23)].flatMap((hour) =>
          [...valuesOf(minutes, 0, 59)].flatMap((minute) =>
            [...valuesOf(seconds, 0, 59)].map((second) => hour * 3_600 + minute * 60 + second),
          ),
        ),
      };
    }
    case 'calendar':
      return {
        fixed: true,
        onDate: (date) =>
          trigger.months?.includes(Number(date.slice(5, 7))) !== false &&
          (trigger.on === undefined || trigger.on.some((entry) => calendarEntryHolds(entry, date))),
        seconds: trigger.at.map((time) => minutesOf(time) * 60),
      };
    case 'once':
      return {
        fixed: true,
        onDate: (date) => date === trigger.at.slice(0, 10),
        seconds: [minutesOf(trigger.at.slice(11)) * 60],
      };
  }
}

/** Every second of every minute at which the wall clock matches. */
function plainTimes(days: Days, reading: Reading): readonly number[] {
  const seconds = new Map<number, readonly number[]>();
  for (const second of reading.seconds) {
    const minute = Math.floor(second / 60);
    seconds.set(minute, [...(seconds.get(minute) ?? []), second % 60]);
  }
  const times: number[] = [];
  for (const [date, minutes] of days.byDate) {
    if (!reading.onDate(date)) continue;
    for (const { atMs, minute } of minutes)
      for (const second of seconds.get(minute) ?? []) times.push(atMs + second * 1_000);
  }
  return times.sort((a, b) => a - b);
}

/** Rule 3 for fixed times, date by date: the first pass only, or right after the gap on the same date. */
function fixedTimes(days: Days, reading: Reading): readonly number[] {
  const times = new Set<number>();
  for (const [date, minutes] of days.byDate) {
    if (!reading.onDate(date)) continue;
    const whole = minutes[0] !== days.minutes[0];
    for (const second of reading.seconds) {
      const minute = Math.floor(second / 60);
      const first = minutes.find((one) => one.minute === minute);
      if (first !== undefined) times.add(first.atMs + (second % 60) * 1_000);
      else if (whole) {
        const after = minutes.find((one) => one.minute > minute);
        if (after !== undefined) times.add(after.atMs);
      }
    }
  }
  return [...times].sort((a, b) => a - b);
}

/** Rule 6: what lies outside is dropped, or put off to the next open minute, once a closed stretch. */
function insideHours(days: Days, question: Question, times: readonly number[]): readonly number[] {
  const isOpen = openMinutes(question.hours);
  const slots = new Set<number>();
  let openedMs = Number.NEGATIVE_INFINITY;
  for (const at of times) {
    if (at < openedMs) continue;
    let index = Math.floor((at - days.fromMs) / minuteMs);
    let minute = days.minutes[index];
    if (minute !== undefined && isOpen(minute)) slots.add(at);
    else if (question.outside === 'defer') {
      while (minute !== undefined && !isOpen(minute)) minute = days.minutes[(index += 1)];
      openedMs = minute?.atMs ?? Number.POSITIVE_INFINITY;
      if (minute !== undefined) slots.add(openedMs);
    }
  }
  return [...slots];
}

/**
 * All slots of a schedule in some days, found the slow way: by walking UTC minutes and asking Intl what
 * the wall clock shows. Shares no code with the engine. What lies before the days is unknown to it:
 * compare only from the second local date and the first open minute on.
 */
export function walk(days: Days, question: Question): readonly number[] {
  const reading = read(question.trigger);
  const times = reading.fixed ? fixedTimes(days, reading) : plainTimes(days, reading);
  return insideHours(days, question, times);
}
