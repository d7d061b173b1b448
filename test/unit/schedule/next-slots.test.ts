import { describe, expect, it } from 'vitest';
import type { Trigger } from '../../../contract/trigger.ts';
import { nextInstants, nextSlots, whyNever } from '../../../main/schedule/next-slots.ts';
import type { ActiveHours, Rhythm } from '../../../main/schedule/types.ts';

const newYork = 'America/New_York';
const berlin = 'Europe/Berlin';

const weekdays = (...windows: string[]): ActiveHours => ({
  name: 'Office hours',
  week: { mon: windows, tue: windows, wed: windows, thu: windows, fri: windows },
});

const officeHours = weekdays('09:00-17:00');

function rhythm(trigger: Trigger, timezone: string, outside: Rhythm['outside'] = 'skip'): Rhythm {
  return { trigger, timezone, outside };
}

const cron = (expression: string): Trigger => ({ kind: 'cron', expression });
const every = (length: string, anchor?: string): Trigger => ({
  kind: 'interval',
  every: length,
  ...(anchor === undefined ? {} : { anchor }),
});

/** The wall times of the next slots. */
function locals(asked: Rhythm, hours: ActiveHours | null, after: string, count: number): string[] {
  return nextSlots(asked, hours, Date.parse(after), count).map((slot) => slot.local);
}

describe('schedule/next-slots: intervals', () => {
  it.each<[every: string, anchor: string | undefined, expected: readonly string[]]>([
    ['30m', undefined, ['12:30:00', '13:00:00', '13:30:00']],
    ['10s', undefined, ['12:00:10', '12:00:20', '12:00:30']],
    ['7h', '06:00', ['13:00:00', '20:00:00', '03:00:00', '06:00:00']],
    ['24h', '09:15', ['09:15:00', '09:15:00']],
    ['24h', undefined, ['00:00:00', '00:00:00']],
    ['5h', '23:00', ['14:00:00', '19:00:00', '23:00:00', '04:00:00']],
    ['25m', '11:50', ['12:15:00', '12:40:00']],
  ])('counts %s from %s on the wall clock', (length, anchor, expected) => {
    const found = locals(
      rhythm(every(length, anchor), 'UTC'),
      null,
      '2026-06-01T12:00:00Z',
      expected.length,
    );
    expect(found.map((local) => local.slice(11, 19))).toEqual(expected);
  });

  it('never answers the instant asked about, nor a fraction of a second before it', () => {
    const asked = rhythm(every('30m'), 'UTC');
    const noon = Date.parse('2026-06-01T12:00:00Z');
    expect(nextInstants(asked, null, noon, 1)).toEqual([noon + 1_800_000]);
    expect(nextInstants(asked, null, noon - 1, 1)).toEqual([noon]);
    expect(nextInstants(asked, null, noon + 999, 1)).toEqual([noon + 1_800_000]);
  });

  it('counts whole days in local dates, from the first date on, whatever the clock does', () => {
    const trigger: Trigger = { kind: 'interval', every: '2d', from: '2026-10-23', at: '02:30' };
    expect(locals(rhythm(trigger, berlin), null, '2026-01-01T00:00:00Z', 3)).toEqual([
      '2026-10-23T02:30:00+02:00',
      '2026-10-25T02:30:00+02:00',
      '2026-10-27T02:30:00+01:00',
    ]);
  });
});

describe('schedule/next-slots: daylight saving and the calendar', () => {
  it.each<[what: string, trigger: Trigger, zone: string, after: string, expected: string[]]>([
    [
      'a fixed cron in the gap runs at its end, as croner does',
      cron('30 2 * * *'),
      berlin,
      '2026-03-28T12:00:00Z',
      ['2026-03-29T03:00:00+02:00', '2026-03-30T02:30:00+02:00'],
    ],
    [
      'a half-hour gap ends at half past',
      cron('15 2 * * *'),
      'Australia/Lord_Howe',
      '2026-10-03T12:00:00Z',
      ['2026-10-04T02:30:00+11:00', '2026-10-05T02:15:00+11:00'],
    ],
    [
      'fixed times that meet at the end of a gap are one',
      cron('0,30 2-3 * * *'),
      newYork,
      '2026-03-08T06:00:00Z',
      ['2026-03-08T03:00:00-04:00', '2026-03-08T03:30:00-04:00', '2026-03-09T02:00:00-04:00'],
    ],
    [
      'interval-like crons skip the gap',
      cron('*/30 2 * * *'),
      newYork,
      '2026-03-08T05:00:00Z',
      ['2026-03-09T02:00:00-04:00', '2026-03-09T02:30:00-04:00'],
    ],
    [
      'intervals follow the clock over the gap',
      every('45m'),
      newYork,
      '2026-03-08T06:00:00Z',
      ['2026-03-08T01:30:00-05:00', '2026-03-08T03:00:00-04:00', '2026-03-08T03:45:00-04:00'],
    ],
    [
      'a fixed time that comes twice runs the first time',
      cron('30 1 * * *'),
      newYork,
      '2026-11-01T04:00:00Z',
      ['2026-11-01T01:30:00-04:00', '2026-11-02T01:30:00-05:00'],
    ],
    [
      'and not at all when asked after the first time',
      cron('30 1 * * *'),
      newYork,
      '2026-11-01T05:45:00Z',
      ['2026-11-02T01:30:00-05:00'],
    ],
    [
      'interval-like crons run in both passes',
      cron('0 */1 * * *'),
      newYork,
      '2026-11-01T04:30:00Z',
      ['2026-11-01T01:00:00-04:00', '2026-11-01T01:00:00-05:00', '2026-11-01T02:00:00-05:00'],
    ],
    [
      'half hours come four times in the repeated hour',
      cron('*/30 2 * * *'),
      berlin,
      '2026-10-24T22:00:00Z',
      [
        '2026-10-25T02:00:00+02:00',
        '2026-10-25T02:30:00+02:00',
        '2026-10-25T02:00:00+01:00',
        '2026-10-25T02:30:00+01:00',
        '2026-10-26T02:00:00+01:00',
      ],
    ],
    [
      'a step in the hours follows the clock through both passes',
      cron('0 */2 * * *'),
      berlin,
      '2026-10-24T22:30:00Z',
      ['2026-10-25T02:00:00+02:00', '2026-10-25T02:00:00+01:00', '2026-10-25T04:00:00+01:00'],
    ],
    [
      'a repeated half hour does not repeat a fixed time',
      cron('45 1 * * *'),
      'Australia/Lord_Howe',
      '2026-04-04T12:00:00Z',
      ['2026-04-05T01:45:00+11:00', '2026-04-06T01:45:00+10:30'],
    ],
    [
      'steps start anew each hour',
      cron('*/7 * * * *'),
      'UTC',
      '2026-06-01T00:50:00Z',
      ['2026-06-01T00:56:00+00:00', '2026-06-01T01:00:00+00:00', '2026-06-01T01:07:00+00:00'],
    ],
    [
      'a day that does not exist has no fixed time',
      { kind: 'calendar', at: ['09:00'] },
      'Pacific/Apia',
      '2011-12-29T18:00:00Z',
      ['2011-12-29T09:00:00-10:00', '2011-12-31T09:00:00+14:00'],
    ],
    [
      'a gap at the turn of the year in UTC is a gap like any other',
      cron('0 5 * * *'),
      'Antarctica/Casey',
      '1968-12-31T12:00:00Z',
      ['1969-01-01T08:00:00+08:00', '1969-01-02T05:00:00+08:00'],
    ],
    [
      'a leap day comes every four years, but not in 2100',
      cron('0 9 29 2 *'),
      'UTC',
      '2093-01-01T00:00:00Z',
      ['2096-02-29T09:00:00+00:00', '2104-02-29T09:00:00+00:00'],
    ],
    [
      'a gap at midnight moves to the first instant of the date',
      cron('0 0 * * *'),
      'America/Sao_Paulo',
      '2018-11-03T12:00:00Z',
      ['2018-11-04T01:00:00-02:00', '2018-11-05T00:00:00-02:00'],
    ],
    [
      'a gap that ends a date takes its last times with it',
      cron('45 23 * * *'),
      'America/Scoresbysund',
      '2025-03-28T12:00:00Z',
      ['2025-03-28T23:45:00-02:00', '2025-03-30T23:45:00-01:00'],
    ],
  ])('%s', (_, trigger, zone, after, expected) => {
    expect(locals(rhythm(trigger, zone), null, after, expected.length)).toEqual(expected);
  });

  it('finds the one night a year on which a gap moves a fixed time into the hours', () => {
    const hours = { week: { sun: ['03:00-03:01'] } };
    expect(locals(rhythm(cron('30 2 * * *'), newYork), hours, '2026-06-01T00:00:00Z', 2)).toEqual([
      '2027-03-14T03:00:00-04:00',
      '2028-03-12T03:00:00-04:00',
    ]);
    expect(nextSlots(rhythm(cron('*/30 2 * * *'), newYork), hours, 0, 1)).toEqual([]);
  });
});

describe('schedule/next-slots: once and calendar', () => {
  it('runs once, then never', () => {
    const asked = rhythm({ kind: 'once', at: '2026-12-01T09:00' }, berlin);
    expect(locals(asked, null, '2026-11-01T00:00:00Z', 5)).toEqual(['2026-12-01T09:00:00+01:00']);
    expect(locals(asked, null, '2026-12-01T08:00:00Z', 5)).toEqual([]);
  });

  it('unites weekdays, days of the month and nth weekdays, in their months only', () => {
    const trigger: Trigger = {
      kind: 'calendar',
      at: ['14:30', '09:00'],
      on: ['mon#1', 'last', 15, 'fri#last'],
      months: [1, 6],
    };
    const days = locals(rhythm(trigger, 'UTC'), null, '2026-02-01T00:00:00Z', 10);
    expect(days.map((local) => local.slice(0, 16))).toEqual([
      '2026-06-01T09:00',
      '2026-06-01T14:30',
      '2026-06-15T09:00',
      '2026-06-15T14:30',
      '2026-06-26T09:00',
      '2026-06-26T14:30',
      '2026-06-30T09:00',
      '2026-06-30T14:30',
      '2027-01-04T09:00',
      '2027-01-04T14:30',
    ]);
  });
});

describe('schedule/next-slots: active hours', () => {
  it.each([
    ['America/New_York', '2026-03-06T21:10:00Z', '2026-03-06', '-05:00', '2026-03-09', '-04:00'],
    ['Europe/Berlin', '2026-10-23T14:10:00Z', '2026-10-23', '+02:00', '2026-10-26', '+01:00'],
  ])('keeps office hours over a weekend with a clock change in %s', (zone, after, ...days) => {
    const [friday, before, monday, then] = days;
    const halfHours = Array.from({ length: 16 }, (_, index) => {
      const hour = String(9 + Math.floor(index / 2)).padStart(2, '0');
      return `${monday}T${hour}:${index % 2 === 0 ? '00' : '30'}:00${then}`;
    });
    expect(locals(rhythm(every('30m'), zone), officeHours, after, 17)).toEqual([
      `${friday}T16:30:00${before}`,
      ...halfHours,
    ]);
  });

  it('answers the next half hour at once when the hours are off, the opening when they are on', () => {
    const after = '2026-11-24T02:10:00Z';
    const asked = rhythm(every('30m'), newYork);
    expect(locals(asked, null, after, 1)).toEqual(['2026-11-23T21:30:00-05:00']);
    expect(locals(asked, officeHours, after, 1)).toEqual(['2026-11-24T09:00:00-05:00']);
  });

  it('keeps several windows a day, with their ends closed', () => {
    const hours = weekdays('09:00-10:00', '13:30-14:30');
    const found = locals(rhythm(every('30m'), 'UTC'), hours, '2026-06-01T00:00:00Z', 5);
    expect(found.map((local) => local.slice(8, 16))).toEqual([
      '01T09:00',
      '01T09:30',
      '01T13:30',
      '01T14:00',
      '02T09:00',
    ]);
  });

  it('lets an overnight window belong to the weekday it starts on', () => {
    const hours = { week: { fri: ['22:00-02:00'] } };
    const found = locals(rhythm(every('1h'), 'UTC'), hours, '2026-06-01T00:00:00Z', 5);
    expect(found.map((local) => local.slice(0, 16))).toEqual([
      '2026-06-05T22:00',
      '2026-06-05T23:00',
      '2026-06-06T00:00',
      '2026-06-06T01:00',
      '2026-06-12T22:00',
    ]);
  });

  it('judges the two sides of midnight by their own dates', () => {
    const week = { fri: ['22:00-02:00'] };
    const asked = rhythm(every('1h'), 'UTC');
    const friday = { week, closed: { dates: ['2026-06-05'] } };
    const saturday = { week, closed: { dates: ['2026-06-06'] } };
    const hoursOf = (hours: ActiveHours): readonly string[] =>
      locals(asked, hours, '2026-06-01T00:00:00Z', 3).map((local) => local.slice(8, 13));
    expect(hoursOf(friday)).toEqual(['06T00', '06T01', '12T22']);
    expect(hoursOf(saturday)).toEqual(['05T22', '05T23', '12T22']);
  });

  it('opens a window in the repeated hour on both passes', () => {
    const hours = { week: { sun: ['01:00-02:00'] } };
    expect(locals(rhythm(every('30m'), newYork), hours, '2026-11-01T00:00:00Z', 4)).toEqual([
      '2026-11-01T01:00:00-04:00',
      '2026-11-01T01:30:00-04:00',
      '2026-11-01T01:00:00-05:00',
      '2026-11-01T01:30:00-05:00',
    ]);
  });

  it('has no window on the day a gap swallows it', () => {
    const hours = { week: { sun: ['02:00-03:00'] } };
    expect(locals(rhythm(every('30m'), newYork), hours, '2026-03-08T00:00:00Z', 1)).toEqual([
      '2026-03-15T02:00:00-04:00',
    ]);
  });

  it('is always open where the week is left out, but for excluded dates', () => {
    const hours = { closed: { dates: ['2026-06-02'] } };
    const found = locals(rhythm(every('12h'), 'UTC'), hours, '2026-06-01T00:00:00Z', 3);
    expect(found.map((local) => local.slice(0, 16))).toEqual([
      '2026-06-01T12:00',
      '2026-06-03T00:00',
      '2026-06-03T12:00',
    ]);
  });
});

describe('schedule/next-slots: outside the hours', () => {
  const defer = (trigger: Trigger): Rhythm => rhythm(trigger, newYork, 'defer');

  it('puts all of a closed stretch off to one slot, merged with a time at the opening', () => {
    const after = '2026-11-25T21:30:00Z';
    const hours = { ...officeHours, closed: { dates: ['2026-11-26'] } };
    expect(locals(defer(every('30m')), hours, after, 2)).toEqual([
      '2026-11-27T09:00:00-05:00',
      '2026-11-27T09:30:00-05:00',
    ]);
    expect(locals(defer(cron('15 18 * * *')), hours, after, 3)).toEqual([
      '2026-11-27T09:00:00-05:00',
      '2026-11-30T09:00:00-05:00',
      '2026-12-01T09:00:00-05:00',
    ]);
  });

  it('answers the same opening whenever in the closed stretch one asks', () => {
    const asked = defer(cron('15 18 * * 1'));
    for (const after of ['2026-11-23T23:00:00Z', '2026-11-24T03:00:00Z', '2026-11-24T13:59:59Z'])
      expect(locals(asked, officeHours, after, 1)).toEqual(['2026-11-24T09:00:00-05:00']);
    expect(locals(asked, officeHours, '2026-11-24T14:00:00Z', 1)).toEqual([
      '2026-12-01T09:00:00-05:00',
    ]);
  });

  it('makes no slot of an opening when nothing was put off', () => {
    expect(locals(defer(cron('0 12 * * 1')), officeHours, '2026-11-24T12:00:00Z', 1)).toEqual([
      '2026-11-30T12:00:00-05:00',
    ]);
  });

  it('puts nothing off for ever where the hours never open', () => {
    expect(nextSlots(defer(every('30m')), { week: {} }, 0, 1)).toEqual([]);
  });
});

describe('schedule/next-slots: bounds', () => {
  const everyMinuteButOne = Array.from({ length: 24 }, (_, hour) => {
    const text = String(hour).padStart(2, '0');
    return `${text}:01-${text}:02`;
  });
  const sieve = weekdays(...everyMinuteButOne);
  const longClosed = Array.from({ length: 2_000 }, (_, day) =>
    new Date(Date.parse('2026-01-01T00:00:00Z') + day * 86_400_000).toISOString().slice(0, 10),
  );

  it.each<[what: string, trigger: Trigger, hours: ActiveHours | null, expected: string[]]>([
    ['a date that never comes', cron('0 0 30 2 *'), null, []],
    ['fixed times that never meet the hours', cron('0 18 * * *'), officeHours, []],
    ['intervals that never meet the hours', every('24h', '18:00'), officeHours, []],
    ['48 windows that never meet the times', cron('*/30 * * * *'), sieve, []],
    ['no window at all', every('10s'), { week: {} }, []],
    ['five years of closed days', cron('0 9 * * *'), { closed: { dates: longClosed } }, ['2031']],
    ['a rare leap day', cron('0 9 29 2 +MON'), officeHours, ['2044']],
    [
      'a first date far away',
      { kind: 'interval', every: '3650d', from: '9000-01-01', at: '09:00' },
      null,
      [],
    ],
  ])('answers %s within a moment', (_, trigger, hours, years) => {
    for (const outside of ['skip', 'defer'] as const) {
      const startedAt = performance.now();
      const found = nextSlots(
        rhythm(trigger, berlin, outside),
        hours,
        Date.parse('2026-01-01T00:00:00Z'),
        1,
      );
      // Measured at 1 to 20 ms; the margin is for a busy machine.
      expect(performance.now() - startedAt).toBeLessThan(500);
      if (outside === 'skip') expect(found.map((slot) => slot.local.slice(0, 4))).toEqual(years);
    }
  });

  it('ends its search after 50 years', () => {
    const once = rhythm({ kind: 'once', at: '2076-01-01T09:00' }, 'UTC');
    expect(locals(once, null, '2026-01-02T00:00:00Z', 1)).toEqual(['2076-01-01T09:00:00+00:00']);
    expect(locals(once, null, '2025-12-01T00:00:00Z', 1)).toEqual([]);
  });

  it('answers from the first to the last year of the calendar, and nothing after it', () => {
    const asked = rhythm(cron('0 9 * * *'), newYork);
    expect(locals(asked, null, '0001-06-01T00:00:00Z', 1)).toEqual(['0001-06-01T09:00:00-04:56']);
    expect(locals(asked, null, '9999-12-30T22:00:00Z', 3)).toEqual([]);
    expect(nextInstants(asked, null, 8.64e15, 1)).toEqual([]);
    expect(nextInstants(asked, null, -8.64e15, 1)).toHaveLength(1);
  });

  it('answers none when asked for none, and refuses an instant that is no number', () => {
    const asked = rhythm(every('30m'), 'UTC');
    expect(nextSlots(asked, null, 0, 0)).toEqual([]);
    expect(nextInstants(asked, null, 0, 0)).toEqual([]);
    expect(() => nextSlots(asked, null, Number.NaN, 1)).toThrow('not an instant');
  });

  it('counts instants no further than told', () => {
    const asked = rhythm(every('30m'), 'UTC');
    expect(nextInstants(asked, null, 0, 10, 3_600_000)).toEqual([1_800_000, 3_600_000]);
  });

  it('refuses a zone and an expression it does not know, in one sentence', () => {
    const refused = (asked: Rhythm): unknown => {
      try {
        return nextSlots(asked, null, 0, 1);
      } catch (error) {
        return error;
      }
    };
    expect(refused(rhythm(every('30m'), 'Mars/Olympus'))).toMatchObject({
      code: 'invalid',
      message:
        'timezone: Mars/Olympus is not a time zone known here; write one such as Europe/Berlin',
    });
    expect(refused(rhythm(cron('* * * *'), 'UTC'))).toMatchObject({
      code: 'invalid',
      path: 'trigger.expression',
    });
  });
});

describe('schedule/next-slots: why never', () => {
  const texts = (
    asked: Rhythm,
    hours: ActiveHours | null,
    after = '2026-06-01T12:00:00Z',
  ): string =>
    whyNever(asked, hours, Date.parse(after))
      .map((entry) => entry.text)
      .join('; ');

  it('is empty where there is a slot', () => {
    expect(texts(rhythm(every('30m'), 'UTC'), officeHours)).toBe('');
  });

  it.each<[trigger: Trigger, hours: ActiveHours | null, expected: string]>([
    [
      cron('0 0 30 2 *'),
      null,
      'at 00:00, on day 30 of the month, only in February (0 0 30 2 *) has no date in the next 50 years',
    ],
    [
      { kind: 'once', at: '2026-05-30T09:00' },
      null,
      'its one time, Saturday 30 May 09:00, has passed',
    ],
    [
      { kind: 'interval', every: '2d', from: '2200-01-01', at: '09:00' },
      null,
      'every 2 days at 09:00, from 1 January 2200 has no date in the next 50 years',
    ],
    [
      every('24h', '18:00'),
      officeHours,
      'every day at 18:00 → 18:00; Office hours closed at 17:00; ' +
        'every day at 18:00 never falls inside Office hours in the next 50 years',
    ],
    [every('1h'), { week: {} }, 'every hour → 13:00; The hours never open'],
  ])('says why %j never runs', (trigger, hours, expected) => {
    expect(texts(rhythm(trigger, 'UTC'), hours)).toBe(expected);
  });
});
