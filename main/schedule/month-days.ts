import type { CronPattern } from 'croner';
import { weekdays, type Trigger } from '../../contract/trigger.ts';
import { civilDate, daysInMonth, weekdayOf } from './civil.ts';

/** The days a cron pattern or a calendar names, small enough to keep by the thousand. */
export interface MonthDays {
  /** Bits 0 to 11: the months from January on. */
  readonly months: number;
  /** Bits 1 to 31: days of the month. */
  readonly days: number;
  /** Bits 1 to 31: days whose nearest workday in the month counts (`15W`). */
  readonly nearest: number;
  readonly lastDay: boolean;
  readonly lastWorkday: boolean;
  /** By the weekday, Sunday being 0: bits 0 to 4 the first to the fifth, bit 5 the last. */
  readonly weekdays: readonly number[];
  readonly anyDay: boolean;
  readonly anyWeekday: boolean;
  /** `+` before the weekday: day of month and weekday must both match. */
  readonly both: boolean;
}

function bits(values: readonly number[], shift: number): number {
  return values.reduce(
    (mask, value, index) => (value === 0 ? mask : mask | (1 << (index + shift))),
    0,
  );
}

/** The day part of a pattern that croner has read. */
export function cronMonthDays(pattern: CronPattern): MonthDays {
  return {
    months: bits(pattern.month, 0),
    days: bits(pattern.day, 1),
    nearest: bits(pattern.nearestWeekdays, 1),
    lastDay: pattern.lastDayOfMonth,
    lastWorkday: pattern.lastWeekday,
    weekdays: pattern.dayOfWeek.slice(0, 7),
    anyDay: pattern.starDOM,
    anyWeekday: pattern.starDOW,
    both: pattern.useAndLogic,
  };
}

type CalendarTrigger = Extract<Trigger, { kind: 'calendar' }>;

const allMonths = 0xfff;
const allDays = 0xfffffffe;
const everyOccurrence = 0b11111;
const lastOccurrence = 0b100000;

/** The weekday's bits of an entry such as `mon`, `mon#1` or `fri#last`. */
function occurrences(entry: string): readonly [weekday: number, bits: number] {
  const [name, nth] = entry.split('#');
  const weekday = (weekdays.findIndex((one) => one === name) + 1) % 7;
  if (nth === undefined) return [weekday, everyOccurrence];
  return [weekday, nth === 'last' ? lastOccurrence : 1 << (Number(nth) - 1)];
}

/** The days a calendar trigger names: its entries unite. */
export function calendarMonthDays({ on, months }: CalendarTrigger): MonthDays {
  const byWeekday = Array.from({ length: 7 }, () => 0);
  let days = 0;
  for (const entry of on ?? [])
    if (typeof entry === 'number') days |= 1 << entry;
    else if (entry !== 'last') {
      const [weekday, mask] = occurrences(entry);
      byWeekday[weekday] = (byWeekday[weekday] ?? 0) | mask;
    }
  const lastDay = on?.includes('last') ?? false;
  const anyDay = days === 0 && !lastDay;
  return {
    months:
      months === undefined ? allMonths : months.reduce((mask, one) => mask | (1 << (one - 1)), 0),
    days: anyDay ? allDays : days,
    nearest: 0,
    lastDay,
    lastWorkday: false,
    weekdays: byWeekday,
    anyDay,
    anyWeekday: byWeekday.every((mask) => mask === 0),
    both: false,
  };
}

/** Sunday 0 to Saturday 6, of a day of a month whose first day has the weekday `first`. */
function cronWeekday(first: number, day: number): number {
  return (first + day - 1) % 7;
}

/** The workday nearest to a day, within its month; croner's rule for `W`. */
function nearestWorkday(day: number, first: number, last: number): number {
  const weekday = cronWeekday(first, day);
  if (weekday === 0) return day === last ? day - 2 : day + 1;
  if (weekday === 6) return day === 1 ? day + 2 : day - 1;
  return day;
}

function isNearest(mask: number, day: number, first: number, last: number): boolean {
  for (let wanted = Math.max(1, day - 2); wanted <= Math.min(last, day + 2); wanted += 1)
    if ((mask & (1 << wanted)) !== 0 && nearestWorkday(wanted, first, last) === day) return true;
  return false;
}

function lastWorkdayOf(first: number, last: number): number {
  const weekday = cronWeekday(first, last);
  if (weekday === 0) return last - 2;
  return weekday === 6 ? last - 1 : last;
}

function matchesDayOfMonth(rule: MonthDays, day: number, first: number, last: number): boolean {
  return (
    (rule.days & (1 << day)) !== 0 ||
    (rule.lastDay && day === last) ||
    (rule.lastWorkday && day === lastWorkdayOf(first, last)) ||
    (rule.nearest !== 0 && isNearest(rule.nearest, day, first, last))
  );
}

function matchesWeekday(rule: MonthDays, day: number, first: number, last: number): boolean {
  const mask = rule.weekdays[cronWeekday(first, day)] ?? 0;
  const nth = 1 << Math.floor((day - 1) / 7);
  return (mask & nth) !== 0 || ((mask & 32) !== 0 && day + 7 > last);
}

/** Whether a day matches: `first` is the weekday of the month's first day, `last` its length. */
function matches(rule: MonthDays, day: number, first: number, last: number): boolean {
  const dayOfMonth = matchesDayOfMonth(rule, day, first, last);
  if (rule.anyWeekday) return dayOfMonth;
  const weekday = matchesWeekday(rule, day, first, last);
  return rule.both || rule.anyDay ? dayOfMonth && weekday : dayOfMonth || weekday;
}

/**
 * The first matching day from `from` to `until`, both included, as day numbers; null where there is
 * none. The same days croner finds: day of month and weekday both restricted mean either.
 */
export function nextMonthDay(rule: MonthDays, from: number, until: number): number | null {
  const start = civilDate(from);
  let { year, month, day } = start;
  let monthStart = from - day + 1;
  while (monthStart <= until) {
    const last = daysInMonth(year, month);
    if ((rule.months & (1 << (month - 1))) !== 0) {
      const first = (weekdayOf(monthStart) + 1) % 7;
      for (; day <= last; day += 1)
        if (matches(rule, day, first, last)) {
          const found = monthStart + day - 1;
          return found <= until ? found : null;
        }
    }
    monthStart += last;
    day = 1;
    month = month === 12 ? 1 : month + 1;
    if (month === 1) year += 1;
  }
  return null;
}
