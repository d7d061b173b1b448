import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adviceSchema } from '../../../../contract/preview.ts';
import { hoursSchema } from '../../../../contract/hours.ts';
import { triggerSchema, weekdays, type Trigger } from '../../../../contract/trigger.ts';
import { adviseOn } from '../../../../main/schedule/advice/advise-on.ts';
import type { AdviceSubject } from '../../../../main/schedule/advice/subject.ts';
import type { ActiveHours } from '../../../../main/schedule/types.ts';
import { readCron } from '../../../../main/schedule/cron-grammar.ts';
import { aSubject, cron, every, officeHours, wednesday } from '../../../support/advice.ts';
import { leastCpuMs } from '../../../support/cpu-time.ts';

const pad = (value: number): string => String(value).padStart(2, '0');
const timeOfDay = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 1, 15, 30, 59))
  .map(([hour, minute]) => `${pad(hour)}:${pad(minute)}`);
const window = fc
  .tuple(timeOfDay, fc.oneof(timeOfDay, fc.constant('24:00')))
  .filter(([open, close]) => open !== close)
  .map(([open, close]) => `${open}-${close}`);
const date = fc
  .integer({ min: -400, max: 20_000 })
  .map((day) => new Date(wednesday + day * 86_400_000).toISOString().slice(0, 10));

const hours = fc.option(
  fc
    .record(
      {
        week: fc.dictionary(fc.constantFrom(...weekdays), fc.array(window, { maxLength: 4 })),
        closed: fc.record({ dates: fc.array(date, { maxLength: 5 }) }),
      },
      { requiredKeys: [] },
    )
    .filter((given) => hoursSchema.safeParse(given).success),
  { nil: null },
);

const calendarDay = fc.oneof(
  fc.constantFrom(...weekdays),
  fc.integer({ min: 1, max: 31 }),
  fc.constantFrom('last', 'mon#1', 'fri#last', 'sun#5'),
);
const field = (...values: readonly string[]) => fc.constantFrom('*', '*', ...values);
const expression = fc
  .tuple(
    field('0', '*/7', '30/10', '0-59', '5,10'),
    field('0', '2', '9-17', '*/2', '23', '?'),
    field('1', '29', '30,31', 'L', '15W', '25-31', '1/2'),
    field('2', '3', 'FEB,NOV', '*/3'),
    field('0', '1-5', '+SUN', '5#L', '1#2', '7'),
  )
  .map((fields) => fields.join(' '))
  .filter((text) => readCron(text).ok);

const trigger: fc.Arbitrary<Trigger> = fc
  .oneof(
    fc.record({
      kind: fc.constant('interval'),
      every: fc.constantFrom('10s', '90s', '7m', '1h', '7h', '24h'),
      anchor: timeOfDay,
    }),
    fc.record({
      kind: fc.constant('interval'),
      every: fc.constantFrom('1d', '2d', '365d'),
      from: date,
      at: timeOfDay,
    }),
    fc.record(
      {
        kind: fc.constant('calendar'),
        at: fc.array(timeOfDay, { minLength: 1, maxLength: 3 }),
        on: fc.array(calendarDay, { minLength: 1, maxLength: 3 }),
        months: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 2 }),
      },
      { requiredKeys: ['kind', 'at'] },
    ),
    fc.record({
      kind: fc.constant('cron'),
      expression: fc.oneof(expression, fc.constantFrom('@daily', '@hourly', '30 */5 9 * * *')),
    }),
    fc.record({
      kind: fc.constant('once'),
      at: fc.tuple(date, timeOfDay).map((parts) => parts.join('T')),
    }),
  )
  .map((given) => triggerSchema.parse(given));

const subject = fc
  .record({
    trigger,
    hours,
    outside: fc.constantFrom('skip' as const, 'defer' as const),
    timezone: fc.constantFrom(
      'America/New_York',
      'Europe/Berlin',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'UTC',
      'No/Where',
    ),
    usual: fc.option(
      fc.record({
        runMs: fc.double({ min: 0, max: 1e8, noNaN: true }),
        pages: fc.double({ min: 0, max: 1e4, noNaN: true }),
      }),
      { nil: null },
    ),
    jitterMs: fc.constantFrom(0, 60_000),
    enabled: fc.boolean(),
  })
  .map(({ trigger: when, ...given }) =>
    aSubject(when, { ...given, hours: given.hours as ActiveHours | null }),
  );

describe('schedule/advice: whatever is asked', () => {
  it('answers each valid trigger in any hours with advice that can cross the wire, warnings first', () => {
    fc.assert(
      fc.property(subject, fc.array(subject, { maxLength: 3 }), (asked, others) => {
        const met = others.map((other, index) => ({ ...other, id: `other-${String(index)}` }));
        const advice = adviseOn(asked, met, wednesday);
        for (const one of advice) {
          expect(adviceSchema.parse(one)).toEqual(one);
          expect(one.text).toMatch(/^[A-Z0-9].*; .*\.$/);
          expect(one.text).not.toMatch(/undefined|NaN|Infinity|\n/);
        }
        const levels = advice.map(({ level }) => level);
        expect(levels).toEqual([...levels].sort().reverse());
        expect(adviseOn(asked, met, wednesday)).toEqual(advice);
      }),
      { numRuns: 150 },
    );
  });
});

const minuteWindows = Array.from({ length: 48 }, (_, half) => {
  const hour = pad(half >> 1);
  return half % 2 === 0 ? `${hour}:00-${hour}:01` : `${hour}:30-${hour}:31`;
});
const manyWindows: ActiveHours = {
  week: Object.fromEntries(weekdays.map((day) => [day, minuteWindows])),
};

function fifty(make: () => AdviceSubject): readonly AdviceSubject[] {
  return Array.from({ length: 50 }, (_, index) => ({ ...make(), id: `other-${String(index)}` }));
}

describe('schedule/advice: bounds', () => {
  it.each<[string, () => AdviceSubject]>([
    ['every 10 seconds', () => aSubject(every('10s'))],
    [
      'every 30 minutes, put off',
      () => aSubject(every('30m'), { hours: officeHours, outside: 'defer' }),
    ],
    ['in many windows', () => aSubject(cron('*/10 * * * * *'), { hours: manyWindows })],
  ])('advises beside 50 others on the host in under 20 ms: %s', (_, make) => {
    expect(leastCpuMs(7, () => adviseOn(make(), fifty(make), wednesday))).toBeLessThan(20);
  });

  it.each<[string, () => AdviceSubject]>([
    ['a time in no window', () => aSubject(cron('5 * * * *'), { hours: manyWindows })],
    [
      'a date that doesn’t exist',
      () => aSubject({ kind: 'calendar', at: ['09:00'], on: [30, 31], months: [2] }),
    ],
  ])('advises on what never runs, among 50 that never run, in under 50 ms: %s', (_, make) => {
    expect(leastCpuMs(7, () => adviseOn(make(), fifty(make), wednesday))).toBeLessThan(50);
    const runs = aSubject(every('30m'));
    expect(leastCpuMs(7, () => adviseOn(runs, fifty(make), wednesday))).toBeLessThan(50);
  });
});
