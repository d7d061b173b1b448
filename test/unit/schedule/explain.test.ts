import { describe, expect, it } from 'vitest';
import type { Trigger } from '../../../contract/trigger.ts';
import { nextSlots } from '../../../main/schedule/next-slots.ts';
import { traceText } from '../../../main/schedule/trace.ts';
import type { ActiveHours, Rhythm } from '../../../main/schedule/types.ts';

const newYork = 'America/New_York';
const nineToFive = ['09:00-17:00'];
const office: ActiveHours = {
  name: 'Office hours',
  week: { mon: nineToFive, tue: nineToFive, wed: nineToFive, thu: nineToFive, fri: nineToFive },
};
const halfHours: Trigger = { kind: 'interval', every: '30m' };
const cron = (expression: string): Trigger => ({ kind: 'cron', expression });

interface Asked {
  readonly trigger?: Trigger;
  readonly zone?: string;
  readonly hours?: ActiveHours | null;
  readonly outside?: Rhythm['outside'];
}

/** The explanation of the first slot after an instant, as one line. */
function why(after: string, { trigger = halfHours, zone = newYork, ...rest }: Asked): string {
  const { hours = null, outside = 'skip' } = rest;
  const rhythm = { trigger, timezone: zone, outside };
  const [slot] = nextSlots(rhythm, hours, Date.parse(after), 1);
  return slot === undefined ? 'none' : traceText(slot.trace);
}

describe('schedule/explain', () => {
  it('is one short step when nothing special happened', () => {
    expect(why('2026-11-25T16:10:00Z', { hours: office })).toBe('every 30 minutes → 11:30');
    expect(why('2026-11-26T04:45:00Z', {})).toBe('every 30 minutes → Thursday 00:00');
  });

  it('gives each step a code and what it is made of', () => {
    const rhythm = { trigger: halfHours, timezone: newYork, outside: 'skip' } as const;
    const hours = { ...office, closed: { dates: ['2026-11-26'] } };
    const [slot] = nextSlots(rhythm, hours, Date.parse('2026-11-25T22:40:00Z'), 1);
    expect(slot).toEqual({
      at: Date.parse('2026-11-27T14:00:00Z'),
      startAt: Date.parse('2026-11-27T14:00:00Z'),
      local: '2026-11-27T09:00:00-05:00',
      trace: [
        {
          code: 'trigger',
          params: { trigger: 'every 30 minutes', at: '2026-11-25T18:00' },
          text: 'every 30 minutes → 18:00',
        },
        {
          code: 'closed',
          params: { hours: 'Office hours', at: '2026-11-25T17:00' },
          text: 'Office hours closed at 17:00',
        },
        {
          code: 'excluded',
          params: { date: '2026-11-26' },
          text: 'Thursday 26 November is excluded',
        },
        {
          code: 'opening',
          params: { at: '2026-11-27T09:00' },
          text: 'next opening Friday 09:00',
        },
      ],
    });
  });

  it('names the time after the opening where the two differ', () => {
    expect(why('2026-11-24T23:00:00Z', { trigger: cron('15 * * * *'), hours: office })).toBe(
      'at 15 minutes past the hour (15 * * * *) → 18:15; Office hours closed at 17:00; ' +
        'next opening Wednesday 09:00; at 15 minutes past the hour (15 * * * *) → Wednesday 09:15',
    );
  });

  it('says when the hours closed days ago, with the weekday, and hours without a name', () => {
    const { week } = office;
    expect(why('2026-11-22T15:10:00Z', { hours: { ...(week && { week }) } })).toBe(
      'every 30 minutes → 10:30; The hours closed on Friday 20 November 17:00; ' +
        'next opening Monday 09:00',
    );
  });

  it('calls the end of the day 24:00', () => {
    const hours = { name: 'Late', week: { tue: ['20:00-24:00'], thu: ['20:00-21:00'] } };
    expect(why('2026-11-24T23:45:00Z', { zone: 'UTC', hours })).toBe(
      'every 30 minutes → Wednesday 00:00; Late closed at 24:00; next opening Thursday 20:00',
    );
    expect(why('2026-11-25T10:15:00Z', { zone: 'UTC', hours })).toBe(
      'every 30 minutes → 10:30; Late closed on Tuesday 24 November 24:00; ' +
        'next opening Thursday 20:00',
    );
  });

  it('names three excluded dates and counts the rest, but not those that are closed anyway', () => {
    const days = ['30', '22', '21', '23', '25', '24', '26', '27'];
    const hours = { ...office, closed: { dates: days.map((day) => `2026-12-${day}`) } };
    expect(why('2026-12-21T15:10:00Z', { hours })).toBe(
      'every 30 minutes → 10:30; Monday 21 December is excluded; Tuesday 22 December is excluded; ' +
        'Wednesday 23 December is excluded; 2 more dates or times are closed; ' +
        'next opening Monday 28 December 09:00',
    );
  });

  it('gives the year where it is another one', () => {
    expect(why('2026-12-29T12:00:00Z', { trigger: cron('0 9 15 1 *'), zone: 'UTC' })).toBe(
      'at 09:00, on day 15 of the month, only in January (0 9 15 1 *) → Friday 15 January 2027 09:00',
    );
  });

  it('says what was put off, and that nothing was where the time is inside', () => {
    const asked = { trigger: cron('15 18 * * *'), hours: office, outside: 'defer' } as const;
    const late =
      'at 18:15 (15 18 * * *) → 18:15; Office hours closed at 17:00; ' +
      'put off to the next opening, Wednesday 09:00';
    expect(why('2026-11-24T18:00:00Z', asked)).toBe(late);
    expect(why('2026-11-24T18:00:00Z', { hours: office, outside: 'defer' })).toBe(
      'every 30 minutes → 13:30',
    );
  });

  it('explains the time a gap moved', () => {
    expect(why('2026-03-08T05:00:00Z', { trigger: cron('30 2 * * *') })).toBe(
      "at 02:30 (30 2 * * *) → 03:00; 02:30 doesn't exist on Sunday 8 March, " +
        'so it runs right after the clock change',
    );
  });

  it('explains the times a gap took away, only where it took any', () => {
    expect(why('2026-03-08T06:40:00Z', {})).toBe(
      "every 30 minutes → 03:00; the clock jumps from 02:00 to 03:00, times between don't exist",
    );
    expect(why('2026-03-08T07:10:00Z', {})).toBe('every 30 minutes → 03:30');
    expect(why('2026-03-08T06:40:00Z', { trigger: cron('0 */3 * * *') })).toBe(
      'on the hour, every 3 hours (0 */3 * * *) → 03:00',
    );
    const daily: Trigger = { kind: 'calendar', at: ['09:00'] };
    expect(why('2011-12-29T19:10:00Z', { zone: 'Pacific/Apia', trigger: daily })).toBe(
      'every day at 09:00 → Saturday 09:00; the clock jumps from Friday 00:00 to Saturday 00:00, ' +
        "times between don't exist",
    );
  });

  it('tells the two passes of a repeated hour apart', () => {
    expect(why('2026-11-01T05:10:00Z', {})).toBe(
      'every 30 minutes → 01:30; 01:30 comes twice on Sunday 1 November, this is the first',
    );
    expect(why('2026-11-01T06:10:00Z', {})).toBe(
      'every 30 minutes → 01:30; 01:30 comes twice on Sunday 1 November, this is the second',
    );
    expect(why('2026-11-01T06:40:00Z', {})).toBe('every 30 minutes → 02:00');
  });

  it('explains a clock change at the opening too', () => {
    const hours = { name: 'Nights', week: { sun: ['01:00-02:00'] } };
    expect(why('2026-11-01T03:40:00Z', { hours })).toBe(
      'every 30 minutes → Sunday 00:00; Nights closed on Sunday 25 October 02:00; ' +
        'next opening Sunday 01:00; 01:00 comes twice on Sunday 1 November, this is the first',
    );
  });
});
