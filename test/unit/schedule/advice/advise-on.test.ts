import { describe, expect, it } from 'vitest';
import type { Advice } from '../../../../contract/preview.ts';
import type { Trigger } from '../../../../contract/trigger.ts';
import { adviseOn } from '../../../../main/schedule/advice/advise-on.ts';
import type { AdviceSubject } from '../../../../main/schedule/advice/subject.ts';
import { aSubject, codesOf, cron, every, officeHours, wednesday } from '../../../support/advice.ts';

function adviceOn(subject: AdviceSubject, code: string): readonly Advice[] {
  return adviseOn(subject, [], wednesday).filter((one) => one.code === code);
}

function textsOf(subject: AdviceSubject, code: string): readonly string[] {
  return adviceOn(subject, code).map(({ text }) => text);
}

const daily: Trigger = { kind: 'calendar', at: ['09:00'] };

describe('schedule/advice: nothing to say', () => {
  it.each<[string, AdviceSubject]>([
    ['an interval', aSubject(every('30m'))],
    [
      'an interval inside hours that end at one of its times',
      aSubject(every('30m'), { hours: officeHours }),
    ],
    ['a daily time inside the hours', aSubject(daily, { hours: officeHours })],
    ['a cron', aSubject(cron('*/15 9-17 * * 1-5'), { hours: officeHours })],
    ['whole days', aSubject({ kind: 'interval', every: '2d', from: '2026-12-01', at: '09:00' })],
    ['one time to come', aSubject({ kind: 'once', at: '2026-12-01T09:00' })],
    ['a chain', { ...aSubject(daily), rhythm: null }],
    ['a cron that can’t be read, which is refused elsewhere', aSubject(cron('often'))],
  ])('is silent on %s', (_, subject) => {
    expect(adviseOn(subject, [], wednesday)).toEqual([]);
  });
});

describe('schedule/advice: unknown-zone', () => {
  it('says nothing else of a schedule whose zone doesn’t exist, and asks the engine nothing', () => {
    const subject = aSubject(cron('0 0 30 2 *'), { timezone: 'Mars/Olympus' });
    expect(adviseOn(subject, [subject], wednesday)).toEqual([
      {
        code: 'unknown-zone',
        level: 'warning',
        path: 'timezone',
        params: { zone: 'Mars/Olympus' },
        text: "This computer knows no time zone Mars/Olympus, so it doesn't run; choose one such as Europe/Berlin.",
      },
    ]);
  });

  it('says so of a chain, too', () => {
    const chain = { ...aSubject(daily, { timezone: 'Mars/Olympus' }), rhythm: null };
    expect(codesOf(chain)).toEqual(['unknown-zone']);
  });
});

describe('schedule/advice: never', () => {
  it('gives the reason in the words of the engine, as data and as a sentence', () => {
    const subject = aSubject({ kind: 'calendar', at: ['20:00'] }, { hours: officeHours });
    const why = 'every day at 20:00 never falls inside Office hours in the next 50 years';
    expect(adviseOn(subject, [], wednesday)).toEqual([
      {
        code: 'never',
        level: 'warning',
        path: 'hours',
        params: { reason: 'never-inside', why },
        text: `It never runs: ${why}; choose times inside the hours, or wider hours.`,
      },
    ]);
  });

  it.each<[string, AdviceSubject, string, string]>([
    [
      'a date that doesn’t exist',
      aSubject({ kind: 'calendar', at: ['09:00'], on: [30], months: [2] }),
      'trigger',
      'It never runs: on day 30 in February at 09:00 has no date in the next 50 years; choose days and times that exist.',
    ],
    [
      'a time that has passed',
      aSubject({ kind: 'once', at: '2026-11-24T09:00' }),
      'trigger',
      'It never runs: its one time, Tuesday 24 November 09:00, has passed; choose a later time.',
    ],
    [
      'hours without a window',
      aSubject(every('30m'), { hours: { week: {} } }),
      'hours',
      'It never runs: the hours never open; give the hours a window, or keep other hours.',
    ],
    [
      'a chain whose hours have no window',
      { ...aSubject(daily, { hours: { name: 'Nights', week: {} } }), rhythm: null },
      'hours',
      'It never runs: Nights never open; give the hours a window, or keep other hours.',
    ],
  ])('says what to change about %s', (_, subject, path, text) => {
    const [advice] = adviceOn(subject, 'never');
    expect([advice?.path, advice?.text]).toEqual([path, text]);
  });
});

describe('schedule/advice: gap-only', () => {
  const once: Trigger = { kind: 'once', at: '2027-03-14T02:30' };

  it('tells that the one time is skipped by the clock change, and when it runs instead', () => {
    expect(adviseOn(aSubject(once), [], wednesday)).toEqual([
      {
        code: 'gap-only',
        level: 'warning',
        path: 'trigger',
        params: {
          time: '02:30',
          date: 'Sunday 14 March 2027',
          from: '02:00',
          to: '03:00',
          effect: 'moved',
          times: 'one',
        },
        text: "On Sunday 14 March 2027 the clock jumps from 02:00 to 03:00 and 02:30 doesn't exist, so it runs at 03:00 instead; choose another time.",
      },
    ]);
  });

  it('tells that it is dropped where the hours are closed after the change', () => {
    const nights = { week: { sun: ['02:00-03:00'] } };
    expect(textsOf(aSubject(once, { hours: nights }), 'gap-only')).toEqual([
      "On Sunday 14 March 2027 the clock jumps from 02:00 to 03:00 and 02:30 doesn't exist, so it doesn't run then; choose another time.",
    ]);
  });

  it.each<[string, AdviceSubject, string]>([
    ['a cron on those dates', aSubject(cron('30 2 8-14 3 +0')), 'moved'],
    [
      'a calendar on those dates',
      aSubject({ kind: 'calendar', at: ['02:30'], on: ['sun#2'], months: [3] }),
      'moved',
    ],
    ['a cron that follows the clock', aSubject(cron('*/10 2 8-14 3 +0')), 'dropped'],
    [
      'an interval in hours that are open in the gap alone',
      aSubject(every('10m'), {
        timezone: 'Europe/Berlin',
        hours: { week: { sun: ['02:00-03:00'] }, closed: { dates: sundaysBut('2027-03-28') } },
      }),
      'dropped',
    ],
  ])('finds %s, every year', (_, subject, effect) => {
    expect(adviceOn(subject, 'gap-only')).toMatchObject([{ params: { effect } }]);
  });

  it('says that all of its times are such', () => {
    expect(textsOf(aSubject(cron('30 2 8-14 3 +0')), 'gap-only')).toEqual([
      "All its times fall in hours that a clock change skips: on Sunday 14 March 2027 the clock jumps from 02:00 to 03:00 and 02:30 doesn't exist, so it runs at 03:00 instead; choose another time.",
    ]);
  });

  it.each<[string, AdviceSubject]>([
    ['a night time that the gap hits once a year', aSubject({ kind: 'calendar', at: ['02:30'] })],
    ['a time beside the gap on the same dates', aSubject(cron('30 2,4 8-14 3 +0'))],
    ['the last minute before the gap', aSubject({ kind: 'once', at: '2027-03-14T01:59' })],
    ['the first minute after the gap', aSubject({ kind: 'once', at: '2027-03-14T03:00' })],
    ['a zone without clock changes', aSubject(once, { timezone: 'Asia/Kolkata' })],
    ['a time put off to an opening', aSubject(once, { outside: 'defer', hours: officeHours })],
  ])('is silent on %s', (_, subject) => {
    expect(adviceOn(subject, 'gap-only')).toEqual([]);
  });

  it('is silent where only the next of its days is hit, however often it runs on that day', () => {
    const subject = aSubject(every('1m'), { hours: { week: { sun: ['02:00-03:00'] } } });
    expect(adviseOn(subject, [], Date.parse('2027-03-13T18:00:00Z'))).toEqual([]);
  });
});

/** All Sundays that the engine looks at but one, as dates. */
function sundaysBut(left: string): string[] {
  const first = Date.parse('2026-11-29T00:00:00Z');
  const sundays = Array.from({ length: 52 * 51 }, (_, week) =>
    new Date(first + week * 7 * 86_400_000).toISOString().slice(0, 10),
  );
  return sundays.filter((date) => date !== left);
}

describe('schedule/advice: short-window', () => {
  it('names the window and its days, and the one run that falls in it', () => {
    const hours = { week: { mon: ['12:00-12:20'], tue: ['12:00-12:20'], thu: ['12:00-12:20'] } };
    expect(adviseOn(aSubject(every('30m'), { hours }), [], wednesday)).toEqual([
      {
        code: 'short-window',
        level: 'hint',
        path: 'hours',
        params: { window: '12:00–12:20', days: 'Mon–Tue, Thu', every: '30 minutes', time: '12:00' },
        text: 'The window 12:00–12:20 (Mon–Tue, Thu) is shorter than 30 minutes and one run falls in it, at 12:00; for more, widen the window or run it more often.',
      },
    ]);
  });

  it('warns where no run falls in it', () => {
    const hours = { week: { fri: ['09:00-12:00', '13:10-13:20'] } };
    expect(adviseOn(aSubject(every('30m'), { hours }), [], wednesday)).toMatchObject([
      {
        level: 'warning',
        params: { window: '13:10–13:20', time: '' },
        text: 'The window 13:10–13:20 (Fri) is shorter than 30 minutes and no run falls in it; widen the window, or run it more often.',
      },
    ]);
  });

  it('takes a window over midnight, and one over the end of the week, as one', () => {
    const hours = { week: { wed: ['23:45-00:15'], sun: ['23:50-00:10'] } };
    expect(
      adviceOn(aSubject(every('6h'), { hours }), 'short-window').map(({ params }) => params),
    ).toEqual([
      { window: '23:45–00:15', days: 'Wed', every: '6 hours', time: '00:00' },
      { window: '23:50–00:10', days: 'Sun', every: '6 hours', time: '00:00' },
    ]);
  });

  it.each(['*/30 * * * *', '0/30 * * * *', '0 */30 * * * *'])(
    'knows the step of %s',
    (expression) => {
      const hours = { week: { sat: ['10:05-10:25'] } };
      const said = adviceOn(aSubject(cron(expression), { hours }), 'short-window');
      expect(said.map(({ params }) => params['every'])).toEqual(['30 minutes']);
    },
  );

  it.each([
    ['0 */4 * * *', '4 hours'],
    ['15 * * * *', '1 hour'],
    ['@hourly', '1 hour'],
  ])('knows the distance of %s', (expression, distance) => {
    const hours = { week: { sat: ['10:20-10:40'] } };
    const said = adviceOn(aSubject(cron(expression), { hours }), 'short-window');
    expect(said.map(({ params }) => params['every'])).toEqual([distance]);
  });

  it('names three windows at the most', () => {
    const windows = ['01:01-01:02', '02:01-02:02', '03:01-03:02', '04:01-04:02'];
    expect(
      adviceOn(aSubject(every('1h'), { hours: { week: { mon: windows } } }), 'short-window'),
    ).toHaveLength(3);
  });

  const short = { week: { mon: ['12:00-12:20'] } };
  it.each<[string, AdviceSubject]>([
    ['a window as long as the interval', aSubject(every('20m'), { hours: short })],
    ['a daily time', aSubject(every('24h', '12:00'), { hours: short })],
    ['named times', aSubject({ kind: 'calendar', at: ['12:00'] }, { hours: short })],
    ['a cron with hours of its own', aSubject(cron('*/30 9-17 * * *'), { hours: short })],
    ['a cron on days of the month', aSubject(cron('*/30 * 1 * *'), { hours: short })],
    ['a cron in one month', aSubject(cron('*/30 * * 3 *'), { hours: short })],
    ['a day the cron doesn’t name', aSubject(cron('*/30 * * * 2'), { hours: short })],
    ['times put off to the opening', aSubject(every('30m'), { hours: short, outside: 'defer' })],
    [
      'two times in it, where the count begins anew',
      aSubject(every('7h', '06:00'), { hours: { week: { mon: ['02:00-07:00'] } } }),
    ],
  ])('is silent on %s', (_, subject) => {
    expect(adviceOn(subject, 'short-window')).toEqual([]);
  });
});

describe('schedule/advice: at-close', () => {
  it('warns of a named time that is the end of a window', () => {
    const subject = aSubject({ kind: 'calendar', at: ['09:00', '17:00'] }, { hours: officeHours });
    expect(adviseOn(subject, [], wednesday)).toEqual([
      {
        code: 'at-close',
        level: 'warning',
        path: 'trigger.at',
        params: { hours: 'Office hours', time: '17:00', days: 'Mon–Fri', opening: '' },
        text: '17:00 (Mon–Fri) is when Office hours close, and a window leaves its end out, so it never runs then; choose an earlier time, or let the window end later.',
      },
    ]);
  });

  it('hints when it runs instead, where times outside are put off', () => {
    const subject = aSubject(cron('0 9-17 * * *'), { hours: officeHours, outside: 'defer' });
    expect(adviseOn(subject, [], wednesday)).toEqual([
      {
        code: 'at-close',
        level: 'hint',
        path: 'trigger.expression',
        params: { hours: 'Office hours', time: '17:00', days: 'Mon–Fri', opening: '09:00' },
        text: '17:00 (Mon–Fri) is when Office hours close, and a window leaves its end out, so it is put off to the next opening, 09:00; choose an earlier time to have it before the close.',
      },
    ]);
  });

  const kept = { hours: officeHours };
  it.each<[string, AdviceSubject, string, string]>([
    ['cron hours to 17', aSubject(cron('0 9-17 * * *'), kept), 'trigger.expression', 'Mon–Fri'],
    ['a cron on one weekday', aSubject(cron('0 17 * * 3'), kept), 'trigger.expression', 'Wed'],
    ['a daily interval', aSubject(every('24h', '17:00'), kept), 'trigger.anchor', 'Mon–Fri'],
    ['one time', aSubject({ kind: 'once', at: '2026-11-27T17:00' }, kept), 'trigger.at', 'Fri'],
    [
      'whole weeks',
      aSubject({ kind: 'interval', every: '7d', from: '2026-11-24', at: '17:00' }, kept),
      'trigger.at',
      'Tue',
    ],
    [
      'midnight',
      aSubject(
        { kind: 'calendar', at: ['00:00', '12:00'] },
        { hours: { week: { sun: ['08:00-24:00'] } } },
      ),
      'trigger.at',
      'Mon',
    ],
    [
      'the end of a window over midnight',
      aSubject(
        { kind: 'calendar', at: ['02:00', '23:00'] },
        { hours: { week: { fri: ['22:00-02:00'] } } },
      ),
      'trigger.at',
      'Sat',
    ],
  ])('finds it in %s', (_, subject, path, days) => {
    expect(adviceOn(subject, 'at-close')).toMatchObject([{ path, params: { days } }]);
  });

  const twoWindows = { week: { mon: ['09:00-12:00', '12:00-17:00'], tue: ['00:00-24:00'] } };
  it.each<[string, AdviceSubject]>([
    ['a plain interval', aSubject(every('1h'), kept)],
    ['a cron that follows the clock', aSubject(cron('*/15 9-17 * * *'), kept)],
    [
      'a time that opens the next window',
      aSubject({ kind: 'calendar', at: ['12:00'] }, { hours: twoWindows }),
    ],
    ['a day on which it has no time', aSubject(cron('0 17 * * 6'), kept)],
    [
      'hours that are never closed',
      aSubject(
        { kind: 'calendar', at: ['00:00'] },
        { hours: { closed: { dates: ['2026-12-25'] } } },
      ),
    ],
  ])('is silent on %s', (_, subject) => {
    expect(adviceOn(subject, 'at-close')).toEqual([]);
  });
});

describe('schedule/advice: short-months', () => {
  it('names the months without that day, and the word for the last one', () => {
    expect(
      adviseOn(aSubject({ kind: 'calendar', at: ['09:00'], on: [31] }), [], wednesday),
    ).toEqual([
      {
        code: 'short-months',
        level: 'warning',
        path: 'trigger.on',
        params: {
          day: 31,
          months: 'February, April, June, September and November',
          instead: 'last',
        },
        text: "Day 31 doesn't exist in February, April, June, September and November, so it doesn't run then; for the last day of every month write last.",
      },
    ]);
  });

  it('reads days of a cron, and knows leap years', () => {
    expect(adviceOn(aSubject(cron('0 9 1,29,30-31 2,4 *')), 'short-months')).toMatchObject([
      { path: 'trigger.expression', params: { day: 29, months: 'February (but in leap years)' } },
      { params: { day: 30, months: 'February' } },
      {
        params: { day: 31, months: 'February and April', instead: 'L' },
        text: "Day 31 doesn't exist in February and April, so it doesn't run then; for the last day of every month write L.",
      },
    ]);
  });

  it.each<[string, Trigger]>([
    ['months that have the day', { kind: 'calendar', at: ['09:00'], on: [31], months: [1, 12] }],
    ['the last day beside it', { kind: 'calendar', at: ['09:00'], on: [30, 'last'] }],
    ['the last day of a cron', cron('0 9 31,L * *')],
    ['the end of a stretch of days', cron('0 9 25-31 * *')],
    ['a step through the month', cron('0 9 */3 * *')],
    ['a step from a day on', cron('0 9 1/2 * *')],
    ['a nickname', cron('@monthly')],
    ['days that every month has', { kind: 'calendar', at: ['09:00'], on: [1, 28, 'mon#5'] }],
  ])('is silent on %s', (_, trigger) => {
    expect(adviceOn(aSubject(trigger), 'short-months')).toEqual([]);
  });
});

describe('schedule/advice: day-or-weekday', () => {
  it('says that either is meant, and how to write both', () => {
    expect(adviseOn(aSubject(cron('0 0 1,15 * 5')), [], wednesday)).toEqual([
      {
        code: 'day-or-weekday',
        level: 'warning',
        path: 'trigger.expression',
        params: { day: '1,15', weekday: '5', both: '0 0 1,15 * +5' },
        text: 'Day of month (1,15) and weekday (5) mean either: it runs on every day that matches one of them; where both must match, write 0 0 1,15 * +5.',
      },
    ]);
  });

  it('proposes an expression that means both', () => {
    const [advice] = adviceOn(aSubject(cron('0 30 9 1-7 3 MON')), 'day-or-weekday');
    expect(advice?.params['both']).toBe('0 30 9 1-7 3 +MON');
    expect(codesOf(aSubject(cron('0 30 9 1-7 3 +MON')))).toEqual([]);
  });

  it.each(['0 0 1 * *', '0 0 * * 5', '0 0 1 * ?', '0 0 13 * +5', '@weekly'])(
    'is silent on %s',
    (expression) => {
      expect(adviceOn(aSubject(cron(expression)), 'day-or-weekday')).toEqual([]);
    },
  );
});

describe('schedule/advice: long-run', () => {
  const slow = { runMs: 750_000, pages: 4 };

  it('warns where a run usually takes longer than it is to the next slot', () => {
    expect(adviseOn(aSubject(every('5m'), { usual: slow }), [], wednesday)).toEqual([
      {
        code: 'long-run',
        level: 'warning',
        path: 'trigger',
        params: { run: '12 minutes 30 seconds', gap: '5 minutes', overlap: 'skip' },
        text: 'A run usually takes 12 minutes 30 seconds, longer than the 5 minutes from one slot to the next, so slots are skipped as overlap; run it less often, or set overlap to queue so that one waits.',
      },
    ]);
  });

  it('doesn’t propose the queue that it has', () => {
    expect(textsOf(aSubject(every('5m'), { usual: slow, overlap: 'queue' }), 'long-run')).toEqual([
      'A run usually takes 12 minutes 30 seconds, longer than the 5 minutes from one slot to the next, so slots are skipped as overlap; run it less often.',
    ]);
  });

  it('goes by the usual gap: one short gap among long ones is no matter', () => {
    const calendar: Trigger = { kind: 'calendar', at: ['09:00', '09:05', '12:00', '15:00'] };
    expect(adviceOn(aSubject(calendar, { usual: slow }), 'long-run')).toEqual([]);
  });

  it.each<[string, AdviceSubject]>([
    ['a run as long as the gap', aSubject(every('5m'), { usual: { runMs: 300_000, pages: 1 } })],
    ['no history', aSubject(every('10s'))],
    ['one time', aSubject({ kind: 'once', at: '2026-12-01T09:00' }, { usual: slow })],
  ])('is silent on %s', (_, subject) => {
    expect(adviceOn(subject, 'long-run')).toEqual([]);
  });
});
