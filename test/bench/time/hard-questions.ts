import type { Trigger } from '../../../contract/trigger.ts';
import type { ActiveHours, Rhythm } from '../../../main/schedule/types.ts';

/** A question that is hard on a search, with its right answer, found by hand. */
export interface HardQuestion {
  readonly what: string;
  readonly trigger: Trigger;
  readonly hours: ActiveHours | null;
  readonly outside: Rhythm['outside'];
  readonly afterMs: number;
  /** Null is never. */
  readonly answerMs: number | null;
}

const dayMs = 86_400_000;
const friday = Date.UTC(2026, 1, 27, 12);
const beforeGap = Date.UTC(2026, 2, 7, 12);

function dates(first: string, count: number, step: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    new Date(Date.parse(first) + index * step * dayMs).toISOString().slice(0, 10),
  );
}

const day = ['09:00-17:00'];
const office: ActiveHours = {
  name: 'Office',
  week: { mon: day, tue: day, wed: day, thu: day, fri: day },
};
const yearOff: ActiveHours = { ...office, closed: { dates: dates('2026-02-27', 365, 1) } };
const neverOpen: ActiveHours = { name: 'Nothing', week: {} };
const sundayNight: ActiveHours = { name: 'Sunday night', week: { sun: ['02:00-03:00'] } };
const mondays: ActiveHours = { name: 'Mondays', week: { mon: day } };
const noMondays: ActiveHours = { ...mondays, closed: { dates: dates('2026-03-02', 2_000, 7) } };

const twoDigits = (value: number): string => String(value).padStart(2, '0');
const halves = Array.from({ length: 24 }, (_, hour) => twoDigits(hour)).flatMap((hour) => [
  `${hour}:00-${hour}:29`,
  `${hour}:30-${hour}:59`,
]);
const crowded: ActiveHours = {
  name: '48 windows a day',
  week: {
    mon: halves,
    tue: halves,
    wed: halves,
    thu: halves,
    fri: halves,
    sat: halves,
    sun: halves,
  },
};
const crowdedDates = dates('2026-03-01', 2_000, 9);

/** Not at two: what the gap swallows there runs at its end, inside a window. */
const hoursByName = Array.from({ length: 24 }, (_, hour) => String(hour))
  .filter((hour) => hour !== '2')
  .join(',');

const cron = (expression: string): Trigger => ({ kind: 'cron', expression });
const every = (length: string): Trigger => ({ kind: 'interval', every: length });

/** The 31st of February, said as long as the contract allows. */
const longCalendar: Trigger = {
  kind: 'calendar',
  at: Array.from(
    { length: 100 },
    (_, index) => `${twoDigits(index % 24)}:${twoDigits(index % 60)}`,
  ),
  on: Array.from({ length: 60 }, (_, index) => 30 + (index % 2)),
  months: [2],
};

/** The same with entries that name a weekday, each to be read. */
const longWeekdays: Trigger = {
  kind: 'calendar',
  at: ['12:00'],
  on: Array.from({ length: 60 }, () => 'sun#5' as const),
};

interface Given {
  readonly hours?: ActiveHours;
  readonly outside?: Rhythm['outside'];
  readonly afterMs?: number;
}

function hard(
  what: string,
  trigger: Trigger,
  answer: string | null,
  given: Given = {},
): HardQuestion {
  const { hours = null, outside = 'skip', afterMs = friday } = given;
  const answerMs = answer === null ? null : Date.parse(answer);
  return { what, trigger, hours, outside, afterMs, answerMs };
}

const afterNoMondays = (utcHour: number): string =>
  new Date(Date.UTC(2026, 2, 2 + 2_000 * 7, utcHour)).toISOString();

/** Long gaps, hours that never open, windows that don't exist, and never; all in New York. */
export const hardQuestions: readonly HardQuestion[] = [
  hard('every 30 s, a year of excluded dates', every('30s'), '2027-03-01T14:00:00Z', {
    hours: yearOff,
  }),
  hard('the same, put off', every('30s'), '2027-03-01T14:00:00Z', {
    hours: yearOff,
    outside: 'defer',
  }),
  hard('every minute, empty windows', every('1m'), null, { hours: neverOpen }),
  hard('the same, put off', every('1m'), null, { hours: neverOpen, outside: 'defer' }),
  hard('every 10 s, a window in the gap', every('10s'), '2026-03-15T06:00:00Z', {
    hours: sundayNight,
    afterMs: beforeGap,
  }),
  hard('30 2 * * 0, a window in the gap', cron('30 2 * * 0'), '2026-03-15T06:30:00Z', {
    hours: sundayNight,
    afterMs: beforeGap,
  }),
  hard(
    "the gap's own Sunday at 02:30, a window in the gap: never",
    { kind: 'calendar', at: ['02:30'], on: ['sun#2'], months: [3] },
    null,
    { hours: sundayNight },
  ),
  hard('0 0 30 2 *: never', cron('0 0 30 2 *'), null),
  hard('0 0 30 2 * in office hours: never', cron('0 0 30 2 *'), null, { hours: office }),
  hard('the same, put off: never', cron('0 0 30 2 *'), null, { hours: office, outside: 'defer' }),
  hard('0 3 * * 1-5 in office hours: never', cron('0 3 * * 1-5'), null, { hours: office }),
  hard('0 0 31W 2 *: never', cron('0 0 31W 2 *'), null),
  hard('* * * 30 2 * in 48 windows a day: never', cron('* * * 30 2 *'), null, { hours: crowded }),
  hard(
    'calendar on 31 in February: never',
    { kind: 'calendar', at: ['09:00'], on: [31], months: [2] },
    null,
  ),
  hard('calendar, 60 days and 100 times, in February: never', longCalendar, null, {
    hours: office,
  }),
  hard('calendar, 60 × the fifth Sunday, office hours: never', longWeekdays, null, {
    hours: office,
  }),
  hard('0 12 29 2 *, only Mondays', cron('0 12 29 2 *'), '2044-02-29T17:00:00Z', {
    hours: mondays,
  }),
  hard('0 0 29 2 +1', cron('0 0 29 2 +1'), '2044-02-29T05:00:00Z'),
  hard('1 January at 12:00, open 13:00–14:00: never', cron('0 12 1 1 *'), null, {
    hours: {
      week: Object.fromEntries(
        Object.keys(crowded.week ?? {}).map((name) => [name, ['13:00-14:00']]),
      ),
    },
  }),
  hard('every minute, 2,000 Mondays excluded', every('1m'), afterNoMondays(13), {
    hours: noMondays,
  }),
  hard('the same, put off', every('1m'), afterNoMondays(13), {
    hours: noMondays,
    outside: 'defer',
  }),
  hard('0 12 * * 1, 2,000 Mondays excluded', cron('0 12 * * 1'), afterNoMondays(16), {
    hours: noMondays,
  }),
  hard('29,59 * * * *, 48 windows a day: never', cron('29,59 * * * *'), null, { hours: crowded }),
  hard('the same, 2,000 dates excluded: never', cron('29,59 * * * *'), null, {
    hours: { ...crowded, closed: { dates: crowdedDates } },
  }),
  hard('29,59 at hours by name, both: never', cron(`29,59 ${hoursByName} * * *`), null, {
    hours: { ...crowded, closed: { dates: crowdedDates } },
  }),
  hard('the same, put off', cron(`29,59 ${hoursByName} * * *`), '2026-02-27T12:30:00Z', {
    hours: { ...crowded, closed: { dates: crowdedDates } },
    outside: 'defer',
  }),
  hard(
    'every 700 days from a Thursday, only Sundays: never',
    { kind: 'interval', every: '700d', from: '2026-01-01', at: '02:30' },
    null,
    { hours: sundayNight },
  ),
  hard(
    'once in 2075, on a day that is closed: never',
    { kind: 'once', at: '2075-12-31T12:00' },
    null,
    {
      hours: mondays,
    },
  ),
];
