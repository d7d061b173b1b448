import { weekdays, type Trigger } from '../../../contract/trigger.ts';
import { dayNames } from '../hours/week-shape.ts';
import { steppedTime, timeMinutes } from '../hours/wall-time.ts';

type CalendarTrigger = Extract<Trigger, { kind: 'calendar' }>;

/** One day of a calendar trigger as the document writes it: `mon`, `15`, `last`, `fri#last`. */
export type CalendarDay = NonNullable<CalendarTrigger['on']>[number];

/** Times of day on chosen days, as the form holds them; the lists are the document's own. */
export interface CalendarDraft {
  /** Times as typed, in their order. */
  readonly times: readonly string[];
  /** Empty: every day. */
  readonly on: readonly CalendarDay[];
  /** January is 1. Empty: all months. */
  readonly months: readonly number[];
}

/** What days on a calendar begin with: every day at nine. */
export const newCalendar: CalendarDraft = { times: ['09:00'], on: [], months: [] };

/** The three ways to name a day, each with controls of its own. */
export type DayKind = 'weekday' | 'monthDay' | 'nth';

/** The weeks an nth weekday may be in, as the document writes them. */
export const nths = ['1', '2', '3', '4', '5', 'last'] as const;

const nthNames: Readonly<Record<string, string>> = {
  1: 'first',
  2: 'second',
  3: 'third',
  4: 'fourth',
  5: 'fifth',
  last: 'last',
};

/** Which of the three ways an entry is written in. */
export function dayKind(day: CalendarDay): DayKind {
  if (typeof day === 'number' || day === 'last') return 'monthDay';
  return day.includes('#') ? 'nth' : 'weekday';
}

/** The days of the month one can choose, the last one included. */
export const monthDays: readonly CalendarDay[] = [
  ...Array.from({ length: 31 }, (_, index) => index + 1),
  'last',
];

/** All nth weekdays, week by week. */
export const nthWeekdays: readonly CalendarDay[] = nths.flatMap((nth) =>
  weekdays.map((day) => `${day}#${nth}`),
);

const allDays: readonly CalendarDay[] = [...weekdays, ...monthDays, ...nthWeekdays];

/** The entries with those of one kind replaced: each once, weekdays first, then dates, then nth weekdays. */
export function withDays(
  on: readonly CalendarDay[],
  kind: DayKind,
  chosen: readonly CalendarDay[],
): readonly CalendarDay[] {
  const wanted = new Set([...on.filter((day) => dayKind(day) !== kind), ...chosen]);
  return allDays.filter((day) => wanted.has(day));
}

/** `1st`, `22nd`, `13th`. */
export function ordinal(day: number): string {
  const isTeen = day >= 11 && day <= 13;
  const ending = isTeen ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${String(day)}${ending}`;
}

function weekdayName(day: string): string {
  return Object.entries(dayNames).find(([key]) => key === day)?.[1] ?? day;
}

/** A day in words: `Monday`, `the 15th`, `the last day`, `the first Monday`. */
export function dayWords(day: CalendarDay): string {
  if (typeof day === 'number') return `the ${ordinal(day)}`;
  if (day === 'last') return 'the last day';
  const [name = '', nth] = day.split('#');
  return nth === undefined ? weekdayName(name) : `the ${nthNames[nth] ?? nth} ${weekdayName(name)}`;
}

/** The name of a week of the month: `First`, `Last`. */
export function nthName(nth: string): string {
  const name = nthNames[nth] ?? nth;
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** The months in few letters, January first. */
export const monthLetters = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
] as const;

/** A time to begin with beside the others: an hour after the last, or the next hour that is free. */
export function anotherTime(times: readonly string[]): string {
  const taken = new Set(times);
  let next = times.at(-1) ?? '08:00';
  if (timeMinutes(next) === null) next = '08:00';
  for (let tries = 0; tries < 24; tries += 1) {
    next = steppedTime(next, 60, '23:59');
    if (!taken.has(next)) return next;
  }
  return next;
}
