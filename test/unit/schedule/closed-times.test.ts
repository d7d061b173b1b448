import { describe, expect, it } from 'vitest';
import type { Trigger } from '../../../contract/trigger.ts';
import { isOpen, nextOpening, openStretch } from '../../../main/schedule/active-hours.ts';
import { nextSlots, whyNever } from '../../../main/schedule/next-slots.ts';
import { traceText } from '../../../main/schedule/trace.ts';
import type { ActiveHours, Rhythm } from '../../../main/schedule/types.ts';
import { aCalendar, type PlainCalendar } from '../../support/closed-calendars.ts';

const newYork = 'America/New_York';
const nineToFive = ['09:00-17:00'];
const week = {
  mon: nineToFive,
  tue: nineToFive,
  wed: nineToFive,
  thu: nineToFive,
  fri: nineToFive,
};
const hourly: Trigger = { kind: 'interval', every: '1h' };

function office(events: PlainCalendar, holidays: PlainCalendar = {}): ActiveHours {
  return {
    name: 'Office hours',
    week,
    calendars: [aCalendar('holidays', holidays), aCalendar('events', events)],
  };
}

interface Asked {
  readonly trigger?: Trigger;
  readonly zone?: string;
  readonly outside?: Rhythm['outside'];
  readonly count?: number;
}

/** The wall times of the first slots after an instant. */
function times(hours: ActiveHours, after: string, asked: Asked = {}): readonly string[] {
  const { trigger = hourly, zone = newYork, outside = 'skip', count = 3 } = asked;
  const rhythm = { trigger, timezone: zone, outside };
  return nextSlots(rhythm, hours, Date.parse(after), count).map(({ local }) => local.slice(0, 16));
}

function why(hours: ActiveHours, after: string, asked: Asked = {}): string {
  const { trigger = hourly, zone = newYork, outside = 'skip' } = asked;
  const [slot] = nextSlots({ trigger, timezone: zone, outside }, hours, Date.parse(after), 1);
  return slot === undefined ? 'none' : traceText(slot.trace);
}

const thanksgiving = { days: { '2026-11-26': 'Thanksgiving Day' } };
const lunch = {
  times: [['2026-11-25T17:00:00Z', '2026-11-25T18:30:00Z', 'Lunch']],
} satisfies PlainCalendar;

describe('schedule/closed-times', () => {
  it('closes a holiday and names it', () => {
    const hours = office({}, thanksgiving);
    expect(times(hours, '2026-11-25T21:30:00Z')).toEqual([
      '2026-11-27T09:00',
      '2026-11-27T10:00',
      '2026-11-27T11:00',
    ]);
    expect(why(hours, '2026-11-25T22:30:00Z')).toBe(
      'every hour → 18:00; Office hours closed at 17:00; ' +
        'Thursday 26 November is closed: Thanksgiving Day; next opening Friday 09:00',
    );
  });

  it('closes [start, end) of an event, and opens at its end', () => {
    const hours = office(lunch);
    expect(times(hours, '2026-11-25T16:30:00Z')).toEqual([
      '2026-11-25T14:00',
      '2026-11-25T15:00',
      '2026-11-25T16:00',
    ]);
    expect(
      times(hours, '2026-11-25T15:30:00Z', { trigger: { kind: 'interval', every: '30m' } }),
    ).toEqual(['2026-11-25T11:00', '2026-11-25T11:30', '2026-11-25T13:30']);
    expect(why(hours, '2026-11-25T16:30:00Z')).toBe(
      'every hour → 12:00; closed: Lunch, from 12:00 to 13:30; next opening 13:30; every hour → 14:00',
    );
    const at = (text: string): boolean => isOpen(hours, newYork, Date.parse(text));
    expect(
      [
        '2026-11-25T16:59:59Z',
        '2026-11-25T17:00:00Z',
        '2026-11-25T18:29:59Z',
        '2026-11-25T18:30:00Z',
      ].map(at),
    ).toEqual([true, false, false, true]);
  });

  it('puts a time in an event off to the end of the event', () => {
    const asked = { outside: 'defer', count: 2 } as const;
    expect(times(office(lunch), '2026-11-25T16:30:00Z', asked)).toEqual([
      '2026-11-25T13:30',
      '2026-11-25T14:00',
    ]);
    expect(why(office(lunch), '2026-11-25T16:30:00Z', asked)).toBe(
      'every hour → 12:00; closed: Lunch, from 12:00 to 13:30; put off to the next opening, 13:30',
    );
  });

  it('unites events that overlap or touch, and an event with the close it reaches', () => {
    const hours = office({
      times: [
        ['2026-11-25T19:00:00Z', '2026-11-25T20:00:00Z', 'Review'],
        ['2026-11-25T19:30:00Z', '2026-11-25T21:00:00Z', 'Workshop'],
        ['2026-11-25T21:00:00Z', '2026-11-25T23:00:00Z', 'Dinner'],
      ],
    });
    expect(openStretch(hours, newYork, Date.parse('2026-11-25T15:00:00Z'))).toEqual({
      openAt: Date.parse('2026-11-25T14:00:00Z'),
      closeAt: Date.parse('2026-11-25T19:00:00Z'),
    });
    expect(nextOpening(hours, newYork, Date.parse('2026-11-25T19:10:00Z'))).toBe(
      Date.parse('2026-11-26T14:00:00Z'),
    );
    expect(why(hours, '2026-11-25T18:30:00Z')).toBe(
      'every hour → 14:00; closed: Review, from 14:00 to 15:00; closed: Workshop, from 14:30 to 16:00; ' +
        'closed: Dinner, from 16:00 to 18:00; next opening Thursday 09:00',
    );
  });

  it('asks a deferred slot about the whole closed stretch, whenever one asks', () => {
    const hours = office({
      times: [['2026-11-25T19:00:00Z', '2026-11-26T15:30:00Z', 'Away']],
    });
    const asked = { outside: 'defer', count: 2 } as const;
    const slots = ['2026-11-26T10:30', '2026-11-26T11:00'];
    expect(times(hours, '2026-11-25T19:00:00Z', asked)).toEqual(slots);
    expect(times(hours, '2026-11-26T14:59:00Z', asked)).toEqual(slots);
  });

  it('reads floating times by the wall clock, on both passes of a repeated hour', () => {
    const hours: ActiveHours = {
      calendars: [
        aCalendar('events', { times: [['2026-11-01T01:00', '2026-11-01T01:30', 'Backup']] }),
      ],
    };
    const quarters = { trigger: { kind: 'interval', every: '15m' }, count: 5 } as const;
    expect(times(hours, '2026-11-01T04:45:00Z', quarters)).toEqual([
      '2026-11-01T01:30',
      '2026-11-01T01:45',
      '2026-11-01T01:30',
      '2026-11-01T01:45',
      '2026-11-01T02:00',
    ]);
  });

  it('closes nothing by a floating time that lies in a gap', () => {
    const hours: ActiveHours = {
      calendars: [
        aCalendar('events', { times: [['2026-03-08T02:10', '2026-03-08T02:50', 'Backup']] }),
      ],
    };
    const quarters = { trigger: { kind: 'interval', every: '15m' }, count: 2 } as const;
    expect(times(hours, '2026-03-08T06:30:00Z', quarters)).toEqual([
      '2026-03-08T01:45',
      '2026-03-08T03:00',
    ]);
  });

  it('opens again after a closed time that spans the turn of the year', () => {
    const hours = office({
      times: [
        ['2026-12-24T17:00:00Z', '2027-01-02T05:00:00Z', 'Winter break'],
        ['2027-01-02T05:00:00Z', '2027-01-04T15:00:00Z', 'Moving house'],
      ],
    });
    expect(times(hours, '2026-12-24T16:30:00Z', { count: 2 })).toEqual([
      '2027-01-04T10:00',
      '2027-01-04T11:00',
    ]);
    expect(openStretch(hours, newYork, Date.parse('2027-01-04T16:00:00Z'))?.openAt).toBe(
      Date.parse('2027-01-04T15:00:00Z'),
    );
  });

  it('names three closures and counts the rest', () => {
    const days = ['23', '24', '25', '26', '27'].map((day) => [`2026-11-${day}`, `Day ${day}`]);
    const hours = office({}, { days: Object.fromEntries(days) as Record<string, string> });
    expect(why(hours, '2026-11-23T15:30:00Z')).toBe(
      'every hour → 11:00; Monday 23 November is closed: Day 23; ' +
        'Tuesday 24 November is closed: Day 24; Wednesday 25 November is closed: Day 25; ' +
        '2 more dates or times are closed; next opening Monday 30 November 09:00',
    );
  });

  it('says which holiday keeps a yearly run from ever running', () => {
    const days = Array.from({ length: 60 }, (_, index) => [
      `${String(2020 + index)}-12-25`,
      'Christmas Day',
    ]);
    const hours: ActiveHours = {
      name: 'Office hours',
      calendars: [
        aCalendar('holidays', { days: Object.fromEntries(days) as Record<string, string> }),
      ],
    };
    const rhythm = {
      trigger: { kind: 'cron', expression: '0 9 25 12 *' },
      timezone: newYork,
      outside: 'skip',
    } as const;
    expect(traceText(whyNever(rhythm, hours, Date.parse('2026-11-25T12:00:00Z')))).toBe(
      'at 09:00, on day 25 of the month, only in December (0 9 25 12 *) → Friday 25 December 09:00; ' +
        'Friday 25 December is closed: Christmas Day; ' +
        'at 09:00, on day 25 of the month, only in December (0 9 25 12 *) never falls inside Office hours in the next 50 years',
    );
  });

  it('takes a year that has not been read yet as closing nothing', () => {
    const hours: ActiveHours = {
      calendars: [aCalendar('holidays', thanksgiving, (year) => year < 2026)],
    };
    expect(times(hours, '2026-11-26T14:30:00Z', { count: 1 })).toEqual(['2026-11-26T10:00']);
  });
});
