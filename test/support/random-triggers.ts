import fc from 'fast-check';
import type { Trigger } from '../../contract/trigger.ts';

const pad = (value: number): string => String(value).padStart(2, '0');
const hour = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 23 }));
const minute = fc.constantFrom(0, 0, 1, 15, 29, 30, 31, 45, 59);

/** A time of day, `02:30`: more often in the hours in which clocks change. */
export const timeOfDay = fc.tuple(hour, minute).map(([h, m]) => `${pad(h)}:${pad(m)}`);

const step = fc.constantFrom(2, 5, 7, 15, 20, 30);
const minuteField = fc.oneof(
  minute.map(String),
  fc.constant('*'),
  step.map((by) => `*/${String(by)}`),
  fc.tuple(minute, step).map(([from, by]) => `${String(from)}/${String(by)}`),
  fc.constantFrom('0,30', '5-8', '0-30/10', '15,45'),
);
const hourField = fc.oneof(
  hour.map(String),
  fc.constantFrom('*', '?', '*/2', '1-3', '0-5', '2,14', '9-17', '1/3', '22-23,0-3'),
);
const dayField = fc.oneof(
  { weight: 3, arbitrary: fc.constant('*') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...['1', '8', '29,30', '25-31', 'L', '*/3', '4,L', '28/1'],
      ...['15W', '1W', 'LW', '31W,3', '?'],
    ),
  },
);
const monthField = fc.oneof(
  { weight: 5, arbitrary: fc.constant('*') },
  { weight: 1, arbitrary: fc.constantFrom('3', 'MAR,NOV', '1-6', '*/2', '10/1', 'feb-apr,dec') },
);
const weekdayField = fc.oneof(
  { weight: 3, arbitrary: fc.constant('*') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...['1-5', '0', '7', 'SUN', 'sat,sun', '+SUN', '0#1', 'sun#L', '5L', '1/2'],
      ...['+1-5', '?', 'mon#2,fri#5', '6-7', '+7#1'],
    ),
  },
);
const secondField = fc.constantFrom('0', '30', '*/20', '10,40', '5/25', '58-59');

const cron = fc
  .tuple(
    fc.option(secondField, { nil: undefined, freq: 2 }),
    minuteField,
    hourField,
    dayField,
    monthField,
    weekdayField,
  )
  .map((fields) => fields.filter((field) => field !== undefined).join(' '));

const nickname = fc.constantFrom('@yearly', '@monthly', '@weekly', '@daily', '@hourly');

const cronTrigger = fc
  .oneof({ weight: 30, arbitrary: cron }, { weight: 1, arbitrary: nickname })
  .map((expression): Trigger => ({ kind: 'cron', expression }));

const every = fc.constantFrom(
  ...['10s', '20s', '90s', '7m', '15m', '30m', '45m', '50m', '3600s'],
  ...['1h', '90m', '2h', '5h', '7h', '13h', '24h', '1440m'],
);
const interval = fc
  .record({ every, anchor: fc.option(timeOfDay, { nil: undefined }) })
  .map(({ every: length, anchor }): Trigger => ({
    kind: 'interval',
    every: length,
    ...(anchor === undefined ? {} : { anchor }),
  }));

const calendarDay = fc.constantFrom(
  ...(['mon', 'sun', 'fri', 8, 29, 30, 31, 'last', 'sun#1', 'sun#last', 'fri#5'] as const),
);
const calendar = fc
  .record({
    at: fc.array(timeOfDay, { minLength: 1, maxLength: 3 }),
    on: fc.option(fc.array(calendarDay, { minLength: 1, maxLength: 3 }), { nil: undefined }),
    months: fc.option(fc.constantFrom<number[]>([3], [10, 11], [1, 2, 12]), {
      nil: undefined,
      freq: 2,
    }),
  })
  .map(({ at, on, months }): Trigger => ({
    kind: 'calendar',
    at,
    ...(on === undefined ? {} : { on }),
    ...(months === undefined ? {} : { months }),
  }));

/** A date, `2026-03-08`, so many days from an instant (epoch ms) by UTC's calendar. */
export function dateAt(aboutMs: number, days: number): string {
  return new Date(aboutMs + days * 86_400_000).toISOString().slice(0, 10);
}

const wholeDays = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: -9, max: 3 }), timeOfDay)
  .map(([days, from, at]) => (aboutMs: number): Trigger => ({
    kind: 'interval',
    every: `${String(days)}d`,
    from: dateAt(aboutMs, from),
    at,
  }));

const once = fc
  .tuple(fc.integer({ min: -2, max: 2 }), timeOfDay)
  .map(([day, at]) => (aboutMs: number): Trigger => ({
    kind: 'once',
    at: `${dateAt(aboutMs, day)}T${at}`,
  }));

/** A trigger of any kind, given an instant (epoch ms) about which its dates lie. */
export const trigger: fc.Arbitrary<(aboutMs: number) => Trigger> = fc.oneof(
  { weight: 4, arbitrary: cronTrigger.map((one) => () => one) },
  { weight: 3, arbitrary: interval.map((one) => () => one) },
  { weight: 2, arbitrary: calendar.map((one) => () => one) },
  { weight: 1, arbitrary: wholeDays },
  { weight: 1, arbitrary: once },
);
