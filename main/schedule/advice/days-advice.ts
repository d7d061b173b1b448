import type { Trigger } from '../../../contract/trigger.ts';
import { daysInMonth } from '../civil.ts';
import type { CronReading } from '../cron-grammar.ts';
import { listWords, monthName } from '../words.ts';
import type { Finding } from './findings.ts';

/** A cron expression that could be read. */
type ReadCron = Extract<CronReading, { readonly ok: true }>;

const everyMonth = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;
const commonYear = 2027;
const leapYear = 2028;

/** The months, of those named, that don't have this day; null where all do. */
function monthsWithout(day: number, months: readonly number[]): string | null {
  const without = months.flatMap((month) => {
    if (daysInMonth(commonYear, month) >= day) return [];
    const leap = daysInMonth(leapYear, month) >= day;
    return [`${monthName(month)}${leap ? ' (but in leap years)' : ''}`];
  });
  return without.length === 0 ? null : listWords(without);
}

function shortMonths(
  days: readonly number[],
  months: readonly number[],
  path: string,
  instead: 'last' | 'L',
): readonly Finding[] {
  const named = [...new Set(days)].filter((day) => day > 28).sort((a, b) => a - b);
  return named.flatMap((day) => {
    const missing = monthsWithout(
      day,
      [...new Set(months)].sort((a, b) => a - b),
    );
    return missing === null
      ? []
      : [{ code: 'short-months', path, day, months: missing, instead } as const];
  });
}

/**
 * The days of month a cron field names one by one, or as a range from the 29th on. A range or step that
 * begins earlier, `25-31` or `1/2`, speaks of a stretch of the month, and its end is no surprise.
 */
function namedDays(field: string): readonly number[] {
  return field.split(',').flatMap((item) => {
    const [, from, to] = /^(\d{1,2})(?:-(\d{1,2}))?$/.exec(item) ?? [];
    if (from === undefined) return [];
    const first = Number(from);
    const last = Number(to ?? from);
    return first < 29 && last !== first
      ? []
      : [29, 30, 31].filter((day) => first <= day && day <= last);
  });
}

function cronMonths({ pattern, text }: ReadCron): readonly Finding[] {
  if (pattern.lastDayOfMonth || text.startsWith('@')) return [];
  const field = text.split(' ').at(-3) ?? '';
  const months = everyMonth.filter((month) => pattern.month[month - 1] === 1);
  return shortMonths(namedDays(field), months, 'trigger.expression', 'L');
}

/** Days 29 to 31 as day of the month: the months that don't have them are left out. */
export function shortMonthFindings(trigger: Trigger, cron: ReadCron | null): readonly Finding[] {
  if (cron !== null) return cronMonths(cron);
  if (trigger.kind !== 'calendar' || trigger.on === undefined) return [];
  if (trigger.on.includes('last')) return [];
  const days = trigger.on.filter((entry) => typeof entry === 'number');
  return shortMonths(days, trigger.months ?? everyMonth, 'trigger.on', 'last');
}

/** Day of month and weekday both named without a `+`: cron means either, most people mean both. */
export function eitherDayFindings(cron: ReadCron | null): readonly Finding[] {
  if (cron === null) return [];
  const { pattern, text } = cron;
  if (pattern.starDOM || pattern.starDOW || pattern.useAndLogic) return [];
  const fields = text.split(' ');
  const [day = '', month = '', weekday = ''] = fields.slice(-3);
  const both = [...fields.slice(0, -3), day, month, `+${weekday}`].join(' ');
  return [{ code: 'day-or-weekday', path: 'trigger.expression', day, weekday, both }];
}
