import fc from 'fast-check';
import { weekdays, type Trigger } from '../../contract/trigger.ts';
import type { ActiveHours, Rhythm } from '../../main/schedule/types.ts';

const pad = (value: number): string => String(value).padStart(2, '0');

/** A time of day, more often in the hours in which clocks change. */
const timeOfDay = fc
  .tuple(
    fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 23 })),
    fc.constantFrom(0, 15, 30, 45, 59),
  )
  .map(([hour, minute]) => `${pad(hour)}:${pad(minute)}`);

const fixedTrigger: fc.Arbitrary<Trigger> = fc.oneof(
  fc
    .array(timeOfDay, { minLength: 1, maxLength: 4 })
    .map((at): Trigger => ({ kind: 'calendar', at })),
  fc.constantFrom<Trigger>(
    { kind: 'cron', expression: '0,20,40 0-3 * * *' },
    { kind: 'cron', expression: '30 2 * * 0' },
    { kind: 'cron', expression: '15 23,0,1,2 * * *' },
    { kind: 'interval', every: '2d', from: '2026-01-01', at: '02:30' },
  ),
);

const clockTrigger: fc.Arbitrary<Trigger> = fc.oneof(
  fc
    .tuple(fc.constantFrom('7m', '20m', '30m', '45m', '1h', '5h', '24h'), timeOfDay)
    .map(([every, anchor]): Trigger => ({ kind: 'interval', every, anchor })),
  fc.constantFrom<Trigger>(
    { kind: 'cron', expression: '*/20 * * * *' },
    { kind: 'cron', expression: '*/30 2 * * *' },
    { kind: 'cron', expression: '10 */2 * * 6,0' },
  ),
);

const window = fc
  .tuple(timeOfDay, fc.oneof(timeOfDay, fc.constant('24:00')))
  .filter(([open, close]) => open !== close)
  .map(([open, close]) => `${open}-${close}`);

const hours: fc.Arbitrary<ActiveHours | null> = fc.option(
  fc.array(fc.array(window, { maxLength: 3 }), { minLength: 7, maxLength: 7 }).map((days) => ({
    week: Object.fromEntries(weekdays.map((day, index) => [day, days[index] ?? []])),
  })),
  { nil: null, freq: 3 },
);

/** Zones whose clocks change in ways of their own, each with an instant some days before a change. */
const places = [
  ['America/New_York', '2026-03-04T12:00:00Z'],
  ['America/New_York', '2026-10-29T12:00:00Z'],
  ['Europe/Berlin', '2027-03-24T12:00:00Z'],
  ['Europe/Berlin', '2026-10-20T12:00:00Z'],
  ['Australia/Lord_Howe', '2026-04-01T12:00:00Z'],
  ['Australia/Lord_Howe', '2026-09-30T12:00:00Z'],
  ['America/Sao_Paulo', '2018-10-30T12:00:00Z'],
  ['America/Sao_Paulo', '2019-02-13T12:00:00Z'],
  ['Antarctica/Troll', '2026-03-24T12:00:00Z'],
  ['Antarctica/Troll', '2026-10-20T12:00:00Z'],
  ['Pacific/Apia', '2011-12-26T12:00:00Z'],
  ['Africa/Casablanca', '2026-02-10T12:00:00Z'],
  ['America/Toronto', '1919-03-27T12:00:00Z'],
  ['Asia/Kolkata', '2026-06-01T12:00:00Z'],
] as const;

/** A schedule's times in a zone some days before its clock changes, as data for a property. */
export interface RandomTiming {
  readonly rhythm: Rhythm;
  readonly hours: ActiveHours | null;
  readonly nowMs: number;
}

/** Random rhythms and hours near clock changes of every kind; `outside` as given, or either. */
export function randomTiming(...outside: readonly Rhythm['outside'][]): fc.Arbitrary<RandomTiming> {
  return fc
    .record({
      place: fc.constantFrom(...places),
      trigger: fc.oneof(fixedTrigger, clockTrigger),
      outside: fc.constantFrom(...(outside.length === 0 ? (['skip', 'defer'] as const) : outside)),
      hours,
    })
    .map(({ place: [timezone, now], trigger, outside: rule, hours: open }) => ({
      rhythm: { trigger, timezone, outside: rule },
      hours: open,
      nowMs: Date.parse(now),
    }));
}
