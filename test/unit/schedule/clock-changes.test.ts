import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockChangeSchema, type ClockChange } from '../../../contract/preview.ts';
import { fromInstant, toInstant } from '../../../contract/time.ts';
import type { Trigger } from '../../../contract/trigger.ts';
import { clockChanges } from '../../../main/schedule/clock-changes.ts';
import { nextInstants } from '../../../main/schedule/next-slots.ts';
import { localOf } from '../../../main/schedule/telling.ts';
import type { ActiveHours, Rhythm } from '../../../main/schedule/types.ts';
import { wallText } from '../../../main/schedule/zone-data.ts';
import { aCalendar } from '../../support/closed-calendars.ts';
import { leastCpuMs } from '../../support/cpu-time.ts';
import { randomTiming } from '../../support/random-timing.ts';

const newYork = 'America/New_York';
const berlin = 'Europe/Berlin';
const lordHowe = 'Australia/Lord_Howe';

const cron = (expression: string): Trigger => ({ kind: 'cron', expression });
const every = (length: string): Trigger => ({ kind: 'interval', every: length });
const daily = (...at: string[]): Trigger => ({ kind: 'calendar', at });
const allWeek = (...windows: string[]): ActiveHours => ({
  week: {
    ...{ mon: windows, tue: windows, wed: windows, thu: windows },
    ...{ fri: windows, sat: windows, sun: windows },
  },
});

function rhythm(trigger: Trigger, timezone: string, outside: Rhythm['outside'] = 'skip'): Rhythm {
  return { trigger, timezone, outside };
}

/** The sentences of the next two changes. */
function texts(asked: Rhythm, now: string, hours: ActiveHours | null = null): readonly string[] {
  return clockChanges(asked, hours, Date.parse(now)).map(({ text }) => text);
}

describe('schedule/clock-changes', () => {
  it('tells the next two changes of a fixed time, with all there is to them', () => {
    const asked = rhythm(daily('01:30', '02:30'), newYork);
    expect(clockChanges(asked, null, Date.parse('2026-11-25T12:00:00Z'))).toEqual<ClockChange[]>([
      {
        at: '2027-03-14T07:00:00Z',
        from: '2027-03-14T02:00',
        to: '2027-03-14T03:00',
        kind: 'forward',
        times: [
          {
            local: '2027-03-14T02:30',
            effect: 'moved',
            at: ['2027-03-14T07:00:00Z'],
            text: '02:30 is skipped and runs at 03:00 instead.',
          },
        ],
        more: 0,
        text: 'On Sunday 14 March 2027 the clock jumps from 02:00 to 03:00: 02:30 runs at 03:00 instead.',
      },
      {
        at: '2027-11-07T06:00:00Z',
        from: '2027-11-07T02:00',
        to: '2027-11-07T01:00',
        kind: 'back',
        times: [
          {
            local: '2027-11-07T01:30',
            effect: 'first-only',
            at: ['2027-11-07T05:30:00Z'],
            text: '01:30 comes twice and runs the first time only.',
          },
        ],
        more: 0,
        text: 'On Sunday 7 November 2027 the hour from 01:00 comes twice: 01:30 runs the first time only.',
      },
    ]);
  });

  it('tells an interval, which skips the gap and runs in both passes', () => {
    const [forward, back] = clockChanges(
      rhythm(every('30m'), berlin),
      null,
      Date.parse('2026-11-25T12:00:00Z'),
    );
    expect(forward?.times).toEqual([
      {
        local: '2027-03-28T02:00',
        effect: 'vanishes',
        at: [],
        text: "02:00 is skipped and doesn't run.",
      },
      {
        local: '2027-03-28T02:30',
        effect: 'vanishes',
        at: [],
        text: "02:30 is skipped and doesn't run.",
      },
    ]);
    expect(back?.times).toEqual([
      {
        local: '2027-10-31T02:00',
        effect: 'repeats',
        at: ['2027-10-31T00:00:00Z', '2027-10-31T01:00:00Z'],
        text: '02:00 comes twice and runs both times.',
      },
      {
        local: '2027-10-31T02:30',
        effect: 'repeats',
        at: ['2027-10-31T00:30:00Z', '2027-10-31T01:30:00Z'],
        text: '02:30 comes twice and runs both times.',
      },
    ]);
  });

  it.each<[what: string, asked: Rhythm, now: string, expected: readonly string[]]>([
    [
      'times that meet after the gap',
      rhythm(cron('0,30 1-3 * * *'), newYork),
      '2026-01-10T12:00:00Z',
      [
        'On Sunday 8 March the clock jumps from 02:00 to 03:00: 02:00 and 02:30 run together with 03:00.',
        'On Sunday 1 November the hour from 01:00 comes twice: 01:00 and 01:30 run the first time only.',
      ],
    ],
    [
      'times that meet where no other is',
      rhythm(daily('02:00', '02:15', '02:45'), newYork),
      '2026-01-10T12:00:00Z',
      [
        'On Sunday 8 March the clock jumps from 02:00 to 03:00: 02:00, 02:15 and 02:45 run together at 03:00.',
        'On Sunday 1 November the hour from 01:00 comes twice: nothing of this schedule lies in that hour.',
      ],
    ],
    [
      'half an hour',
      rhythm(every('10m'), lordHowe),
      '2026-01-10T12:00:00Z',
      [
        'On Sunday 5 April the half hour from 01:30 comes twice: 01:30, 01:40 and 01:50 run twice.',
        "On Sunday 4 October the clock jumps from 02:00 to 02:30: 02:00, 02:10 and 02:20 don't run that day.",
      ],
    ],
    [
      'two hours',
      rhythm(every('1h'), 'Antarctica/Troll'),
      '2026-01-10T12:00:00Z',
      [
        "On Sunday 29 March the clock jumps from 01:00 to 03:00: 01:00 and 02:00 don't run that day.",
        'On Sunday 25 October the time from 01:00 to 03:00 comes twice: 01:00 and 02:00 run twice.',
      ],
    ],
    [
      'a change at midnight',
      rhythm(daily('00:00', '23:30'), 'America/Sao_Paulo'),
      '2018-10-10T12:00:00Z',
      [
        'On Sunday 4 November the clock jumps from 00:00 to 01:00: 00:00 runs at 01:00 instead.',
        'On Saturday 16 February 2019 the hour from 23:00 comes twice: 23:30 runs the first time only.',
      ],
    ],
    [
      'a gap over midnight, after which the date is another',
      rhythm(daily('23:45', '00:15'), 'America/Toronto'),
      '1919-01-10T12:00:00Z',
      [
        "On Sunday 30 March the clock jumps from 23:30 to Monday 00:30: 23:45 doesn't run that day; Monday 00:15 runs at Monday 00:30 instead.",
        'On Saturday 25 October the hour from 23:00 comes twice: 23:45 runs the first time only.',
      ],
    ],
    [
      'a whole day that is left out',
      rhythm(daily('09:00'), 'Pacific/Apia'),
      '2011-12-10T12:00:00Z',
      [
        "On Friday 30 December the clock jumps from 00:00 to Saturday 00:00: 09:00 doesn't run that day.",
        'On Sunday 1 April 2012 the hour from 03:00 comes twice: nothing of this schedule lies in that hour.',
      ],
    ],
    [
      'a month of Ramadan',
      rhythm(cron('30 2 * * *'), 'Africa/Casablanca'),
      '2026-01-10T12:00:00Z',
      [
        'On Sunday 15 February the hour from 02:00 comes twice: 02:30 runs the first time only.',
        'On Sunday 22 March the clock jumps from 02:00 to 03:00: 02:30 runs at 03:00 instead.',
      ],
    ],
    [
      'more times than a sentence can take',
      rhythm(every('10s'), newYork),
      '2026-01-10T12:00:00Z',
      [
        "On Sunday 8 March the clock jumps from 02:00 to 03:00: 02:00, 02:00:10, 02:00:20 and 357 more don't run that day.",
        'On Sunday 1 November the hour from 01:00 comes twice: 01:00, 01:00:10, 01:00:20 and 357 more run twice.',
      ],
    ],
  ])('tells %s', (_, asked, now, expected) => {
    expect(texts(asked, now)).toEqual(expected);
  });

  it.each(['Asia/Kolkata', 'UTC', 'America/Sao_Paulo'])(
    'has nothing to tell in %s today',
    (zone) => {
      expect(texts(rhythm(every('10m'), zone), '2026-11-25T12:00:00Z')).toEqual([]);
    },
  );

  it('answers as many changes as are asked for, within three years', () => {
    const asked = rhythm(every('1h'), berlin);
    const dates = (count: number): readonly string[] =>
      clockChanges(asked, null, Date.parse('2026-03-29T01:00:00Z'), count).map(({ at }) => at);
    expect(dates(1)).toEqual(['2026-10-25T01:00:00Z']);
    expect(dates(9)).toEqual([
      '2026-10-25T01:00:00Z',
      '2027-03-28T01:00:00Z',
      '2027-10-31T01:00:00Z',
      '2028-03-26T01:00:00Z',
      '2028-10-29T01:00:00Z',
      '2029-03-25T01:00:00Z',
    ]);
  });

  it('lists twenty times and counts the rest', () => {
    const [forward, back] = clockChanges(
      rhythm(cron('*/10 * * * * *'), newYork),
      null,
      Date.parse('2026-01-10T12:00:00Z'),
    );
    expect([forward?.times.length, forward?.more]).toEqual([20, 340]);
    expect([back?.times.length, back?.more]).toEqual([20, 340]);
    expect(back?.times.every(({ effect, at }) => effect === 'repeats' && at.length === 2)).toBe(
      true,
    );
  });
});

describe('schedule/clock-changes: active hours', () => {
  const spring = '2026-03-01T12:00:00Z';
  const first = (trigger: Trigger, hours: ActiveHours, outside: Rhythm['outside'] = 'skip') =>
    texts(rhythm(trigger, newYork, outside), spring, hours)[0]?.split(': ')[1];

  it.each<[what: string, trigger: Trigger, hours: ActiveHours, expected: string]>([
    [
      'leaves out what the hours drop anyway',
      every('30m'),
      allWeek('09:00-17:00'),
      'nothing of this schedule lies in that hour.',
    ],
    [
      'keeps to the windows inside the gap',
      every('20m'),
      allWeek('02:30-04:00'),
      "02:40 doesn't run that day.",
    ],
    [
      'lets a time vanish whose window has closed when it could run',
      daily('02:30'),
      allWeek('02:00-02:45'),
      "02:30 doesn't run that day.",
    ],
    [
      'names a time that comes to lie inside the hours on that day alone',
      daily('02:30'),
      allWeek('03:00-05:00'),
      '02:30 runs at 03:00 instead.',
    ],
    [
      'but not where a run is then anyway',
      daily('02:30', '03:00'),
      allWeek('03:00-05:00'),
      'nothing of this schedule lies in that hour.',
    ],
  ])('%s', (_, trigger, hours, expected) => {
    expect(first(trigger, hours)).toBe(expected);
  });

  it.each<[what: string, trigger: Trigger, hours: ActiveHours, expected: string]>([
    [
      'an opening in the gap',
      daily('01:00'),
      allWeek('02:15-04:00'),
      '02:15 runs at 03:00 instead.',
    ],
    [
      'an opening that meets a run',
      every('1h'),
      allWeek('02:15-04:00'),
      '02:15 runs together with 03:00.',
    ],
    [
      'a time whose window is over when it comes',
      daily('02:30'),
      { week: { sun: ['02:30-03:00', '08:00-09:00'] } },
      '02:30 runs at 08:00 instead.',
    ],
    [
      'nothing to put off but what vanished',
      cron('*/30 2 * * *'),
      allWeek('02:45-04:00'),
      "02:45 doesn't run that day.",
    ],
  ])('puts off %s', (_, trigger, hours, expected) => {
    expect(first(trigger, hours, 'defer')).toBe(expected);
  });

  it('runs what was put off in the second pass, where the hours open again', () => {
    const asked = rhythm(daily('01:45'), newYork, 'defer');
    const [back] = clockChanges(asked, allWeek('00:00-01:30'), Date.parse('2026-10-20T12:00:00Z'));
    expect(back?.times).toEqual([
      {
        local: '2026-11-01T01:00',
        effect: 'moved',
        at: ['2026-11-01T06:00:00Z'],
        text: '01:00 comes twice and runs the second time only.',
      },
    ]);
    expect(back?.text).toBe(
      'On Sunday 1 November the hour from 01:00 comes twice: 01:00 runs the second time only.',
    );
  });

  it('takes a closed time of a calendar at its instant, wherever the clock stands', () => {
    const calendar = aCalendar('events', {
      times: [['2026-03-08T06:00:00Z', '2026-03-08T06:40:00Z', 'Maintenance']],
    });
    const hours: ActiveHours = { calendars: [calendar] };
    expect(first(daily('01:30', '02:10'), hours)).toBe('02:10 runs at 03:00 instead.');
    const later = aCalendar('events', {
      times: [['2026-03-08T07:00:00Z', '2026-03-08T08:00:00Z', 'Maintenance']],
    });
    expect(first(daily('02:10'), { calendars: [later] })).toBe("02:10 doesn't run that day.");
  });
});

const seed = Number(process.env['JACKDAW_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

describe('schedule/clock-changes against the engine', () => {
  const hourMs = 3_600_000;

  it(`lists only instants at which the schedule runs, in the contract's shape (JACKDAW_SEED=${String(seed)})`, () => {
    fc.assert(
      fc.property(randomTiming(), ({ rhythm: asked, hours, nowMs }) => {
        const changes = clockChanges(asked, hours, nowMs);
        expect(changes.map((change) => clockChangeSchema.parse(change))).toEqual(changes);
        const listed = changes.flatMap(({ times }) => times.flatMap(({ at }) => at));
        const runs = listed.map((at) => nextInstants(asked, hours, fromInstant(at) - 1_000, 1)[0]);
        expect(runs).toEqual(listed.map(fromInstant));
      }),
      { seed, numRuns: 400 },
    );
  });

  it('lists every run of a repeated stretch', () => {
    fc.assert(
      fc.property(randomTiming(), ({ rhythm: asked, hours, nowMs }) => {
        for (const change of clockChanges(asked, hours, nowMs)) {
          if (change.kind === 'forward' || change.more > 0) continue;
          const atMs = fromInstant(change.at);
          const lengthMs = Date.parse(`${change.from}Z`) - Date.parse(`${change.to}Z`);
          const runs = nextInstants(asked, hours, atMs - lengthMs - 1, 999, atMs + lengthMs - 1);
          expect(change.times.flatMap(({ at }) => at).sort()).toEqual(runs.map(toInstant));
        }
      }),
      { seed, numRuns: 400 },
    );
  });

  it('explains every difference between the day of a gap and the plain clock', () => {
    fc.assert(
      fc.property(randomTiming('skip'), ({ rhythm: asked, hours, nowMs }) => {
        for (const change of clockChanges(asked, hours, nowMs)) {
          if (change.kind === 'back' || change.more > 0) continue;
          const fromMs = Date.parse(`${change.from}Z`) - hourMs;
          const toMs = Date.parse(`${change.to}Z`) + hourMs;
          const plain = { ...asked, timezone: 'UTC' };
          const usual = nextInstants(plain, hours, fromMs - 1, 9_999, toMs - 1);
          const atMs = fromInstant(change.at);
          const real = nextInstants(asked, hours, atMs - hourMs - 1, 9_999, atMs + hourMs - 1);
          const text = (ms: number): string => wallText(ms / 1_000);
          const touched = new Set(change.times.map(({ local }) => local));
          const told = new Set(usual.map(text).filter((local) => !touched.has(local)));
          for (const { at } of change.times)
            for (const instant of at)
              told.add(wallText(localOf(asked.timezone, fromInstant(instant) / 1_000)));
          expect([...told].sort()).toEqual(
            real.map((ms) => wallText(localOf(asked.timezone, ms / 1_000))),
          );
        }
      }),
      { seed, numRuns: 400 },
    );
  });

  it.each([newYork, 'Antarctica/Troll', 'Pacific/Apia'])(
    'stays within its bounds for a run every second in %s',
    (zone) => {
      const asked = rhythm(cron('* * * * * *'), zone);
      const nowMs = Date.parse('2011-12-20T12:00:00Z');
      const changes = clockChanges(asked, null, nowMs);
      expect(changes).toHaveLength(2);
      for (const { times, more, kind } of changes) {
        expect([times.length, more]).toEqual([20, 3_580]);
        expect(times.map(({ effect }) => effect)).toEqual(
          times.map(() => (kind === 'forward' ? 'vanishes' : 'repeats')),
        );
      }
      const spentMs = leastCpuMs(20, () => clockChanges(asked, null, nowMs));
      expect(spentMs).toBeLessThan(20);
    },
  );
});
