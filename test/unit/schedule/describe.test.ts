import { describe, expect, it } from 'vitest';
import type { Trigger } from '../../../contract/trigger.ts';
import { describeHours, describeTrigger } from '../../../main/schedule/describe.ts';
import type { ActiveHours } from '../../../main/schedule/types.ts';

const cron = (expression: string): Trigger => ({ kind: 'cron', expression });

describe('schedule/describe', () => {
  it.each<[Trigger, string]>([
    [{ kind: 'interval', every: '30m' }, 'every 30 minutes'],
    [{ kind: 'interval', every: '1h' }, 'every hour'],
    [{ kind: 'interval', every: '10s' }, 'every 10 seconds'],
    [{ kind: 'interval', every: '7h', anchor: '06:00' }, 'every 7 hours from 06:00'],
    [{ kind: 'interval', every: '24h' }, 'every day at 00:00'],
    [{ kind: 'interval', every: '1440m', anchor: '09:30' }, 'every day at 09:30'],
    [
      { kind: 'interval', every: '2d', from: '2026-12-01', at: '09:00' },
      'every 2 days at 09:00, from 1 December 2026',
    ],
    [
      { kind: 'interval', every: '1d', from: '2026-12-01', at: '09:00' },
      'every day at 09:00, from 1 December 2026',
    ],
    [{ kind: 'calendar', at: ['09:00'] }, 'every day at 09:00'],
    [
      { kind: 'calendar', at: ['09:00', '14:30'], on: ['mon', 'tue', 'fri'], months: [1, 6] },
      'on Monday, Tuesday and Friday in January and June at 09:00 and 14:30',
    ],
    [
      { kind: 'calendar', at: ['09:00'], on: ['mon', 'tue', 'wed', 'thu', 'fri'] },
      'on Monday to Friday at 09:00',
    ],
    [
      { kind: 'calendar', at: ['09:00'], on: [1, 'last', 'mon#1', 'fri#last'] },
      'on day 1, the last day of the month, the first Monday and the last Friday at 09:00',
    ],
    [{ kind: 'once', at: '2026-12-01T09:00' }, 'once, on 1 December 2026 at 09:00'],
    [
      cron('*/15 9-17 * * 1-5'),
      'every 15 minutes, between 09:00 and 17:59, Monday through Friday (*/15 9-17 * * 1-5)',
    ],
    [cron(' 0 9 * * * '), 'at 09:00 (0 9 * * *)'],
    [cron('@daily'), 'at 00:00 (@daily)'],
    [cron('0 12 1 * +MON'), 'at 12:00, on day 1 of the month, only on Monday (0 12 1 * +MON)'],
    [cron('0 12 * * FRI#L'), 'at 12:00, on the last Friday of the month (0 12 * * FRI#L)'],
    [cron('0 0 29/1 * *'), 'at 00:00, between day 29 and 31 of the month (0 0 29/1 * *)'],
    [
      cron('0 9 1,15 6 1-5'),
      'at 09:00, on day 1 and 15 of the month, only in June, ' +
        'or Monday through Friday, only in June (0 9 1,15 6 1-5)',
    ],
    [cron('0 0 1W,31W * *'), 'cron 0 0 1W,31W * *'],
    [cron('not one'), 'cron not one'],
  ])('says %j in plain words', (trigger, words) => {
    expect(describeTrigger(trigger)).toBe(words);
    expect(describeTrigger(trigger)).toBe(words);
  });

  it.each<[ActiveHours | null, string]>([
    [null, 'always'],
    [{}, 'always'],
    [{ week: {} }, 'never open'],
    [{ week: { mon: [] } }, 'never open'],
    [
      {
        week: {
          mon: ['09:00-17:00'],
          tue: ['09:00-17:00'],
          wed: ['09:00-17:00'],
          thu: ['09:00-17:00'],
          fri: ['09:00-17:00'],
        },
      },
      'Mon–Fri 09:00–17:00',
    ],
    [
      { week: { mon: ['09:00-12:30', '13:30-17:00'], tue: ['09:00-17:00'], fri: ['22:00-02:00'] } },
      'Mon 09:00–12:30, 13:30–17:00; Tue 09:00–17:00; Fri 22:00–02:00',
    ],
    [
      {
        week: Object.fromEntries(
          ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, ['08:00-20:00']]),
        ),
        closed: { dates: ['2026-12-25'] },
      },
      'every day 08:00–20:00, except 1 date',
    ],
    [
      {
        closed: { dates: ['2026-12-25', '2026-12-26'], holidays: 'US-NY', ics: 'BEGIN:VCALENDAR' },
      },
      'always, except 2 dates, holidays of US-NY and a calendar',
    ],
  ])('says the hours %j in plain words', (hours, words) => {
    expect(describeHours(hours)).toBe(words);
  });
});
