import { describe, expect, it } from 'vitest';
import type { Trigger } from '../../../contract/trigger.ts';
import { explainTime } from '../../../main/schedule/explain-time.ts';
import { traceText } from '../../../main/schedule/trace.ts';
import type { ActiveHours, Rhythm } from '../../../main/schedule/types.ts';
import { aCalendar } from '../../support/closed-calendars.ts';

const newYork = 'America/New_York';
const nineToFive = ['09:00-17:00'];
const office: ActiveHours = {
  name: 'Office hours',
  week: { mon: nineToFive, tue: nineToFive, wed: nineToFive, thu: nineToFive, fri: nineToFive },
  closed: { dates: ['2026-11-24'] },
  calendars: [
    aCalendar('holidays', { days: { '2026-11-26': 'Thanksgiving Day' } }),
    aCalendar('events', { times: [['2026-11-25T12:00', '2026-11-25T13:30', 'Lunch']] }),
  ],
};
const halfHours: Trigger = { kind: 'interval', every: '30m' };
const at = (...times: string[]): Trigger => ({ kind: 'calendar', at: times });

interface Asked {
  readonly trigger?: Trigger;
  readonly hours?: ActiveHours | null;
  readonly outside?: Rhythm['outside'];
}

/** The answer about a wall time in New York, in short. */
function asked(local: string, { trigger = halfHours, hours = office, outside = 'skip' }: Asked) {
  const rhythm = { trigger, timezone: newYork, outside };
  const found = explainTime(rhythm, hours, Date.parse(`${local}:00Z`) / 1_000);
  return {
    at: found.at.map((ms) => new Date(ms).toISOString().slice(0, 16)),
    runs: found.runs,
    why: traceText(found.why),
    between: [found.before, found.after].map((slot) => slot?.local.slice(0, 16) ?? null),
  };
}

describe('schedule/explain-time', () => {
  it('answers why not on a holiday', () => {
    expect(asked('2026-11-26T10:00', {})).toEqual({
      at: ['2026-11-26T15:00'],
      runs: false,
      why: 'every 30 minutes → 10:00; Thursday 26 November is closed: Thanksgiving Day; next opening Friday 09:00',
      between: ['2026-11-25T16:30', '2026-11-27T09:00'],
    });
  });

  it.each([
    [
      'outside the windows',
      '2026-11-25T17:00',
      'every 30 minutes → 17:00; Office hours closed at 17:00; next opening Friday 09:00',
    ],
    [
      'at the weekend',
      '2026-11-28T10:00',
      'every 30 minutes → 10:00; Office hours closed on Friday 27 November 17:00; next opening Monday 09:00',
    ],
    [
      'on an excluded date',
      '2026-11-24T10:00',
      'every 30 minutes → 10:00; Tuesday 24 November is excluded; next opening Wednesday 09:00',
    ],
    [
      'during an event',
      '2026-11-25T12:30',
      'every 30 minutes → 12:30; closed: Lunch, from 12:00 to 13:30; next opening 13:30',
    ],
    [
      'at a time that is none of the trigger',
      '2026-11-25T10:10',
      'every 30 minutes has no time at 10:10; the one before is 10:00, the next one 10:30',
    ],
  ])('answers why not %s', (_, local, why) => {
    expect(asked(local, {})).toMatchObject({ runs: false, why });
  });

  it('says where a time is put off to', () => {
    expect(asked('2026-11-26T10:00', { outside: 'defer' }).why).toBe(
      'every 30 minutes → 10:00; Thursday 26 November is closed: Thanksgiving Day; put off to the next opening, Friday 09:00',
    );
  });

  it('answers why where it does run, with its neighbours', () => {
    expect(asked('2026-11-25T10:00', {})).toEqual({
      at: ['2026-11-25T15:00'],
      runs: true,
      why: 'every 30 minutes → 10:00',
      between: ['2026-11-25T09:30', '2026-11-25T10:30'],
    });
  });

  it('answers about a time that the clock skips', () => {
    expect(asked('2026-03-08T02:30', { trigger: at('02:30'), hours: null })).toEqual({
      at: [],
      runs: false,
      why: "02:30 doesn't exist: the clock jumps from 02:00 to 03:00",
      between: ['2026-03-07T02:30', '2026-03-08T03:00'],
    });
  });

  it('answers about a time that comes twice: once for fixed times, twice for intervals', () => {
    const twice = ['2026-11-01T05:30', '2026-11-01T06:30'];
    expect(asked('2026-11-01T01:30', { trigger: at('01:30'), hours: null })).toEqual({
      at: twice,
      runs: true,
      why: 'every day at 01:30 → 01:30; 01:30 comes twice on Sunday 1 November, this is the first',
      between: ['2026-10-31T01:30', '2026-11-02T01:30'],
    });
    expect(asked('2026-11-01T01:30', { hours: null })).toEqual({
      at: twice,
      runs: true,
      why:
        'every 30 minutes → 01:30; 01:30 comes twice on Sunday 1 November, this is the first; ' +
        'every 30 minutes → 01:30; 01:30 comes twice on Sunday 1 November, this is the second',
      between: ['2026-11-01T01:00', '2026-11-01T02:00'],
    });
  });

  it('answers about hours that never open', () => {
    expect(asked('2026-11-25T10:00', { hours: { name: 'Closed', week: {} } })).toMatchObject({
      runs: false,
      why: 'every 30 minutes → 10:00; Closed never open',
      between: [null, null],
    });
  });

  it('answers about a single time that has passed', () => {
    const once: Trigger = { kind: 'once', at: '2026-11-25T10:00' };
    expect(asked('2026-11-27T10:00', { trigger: once, hours: null })).toMatchObject({
      runs: false,
      why: 'once, on 25 November 2026 at 10:00 has no time at 10:00; the one before is Wednesday 25 November 10:00',
      between: ['2026-11-25T10:00', null],
    });
  });
});
