import { describe, expect, it } from 'vitest';
import type { ScheduleInput } from '../../../../contract/schedule.ts';
import { ledgerOf } from '../../../support/simulated.ts';

const day = '2026-11-20';
const fromNineToTen = { week: { fri: ['09:00-10:00'] } };

/** The rows of a Friday from 7:00 to 12:00. */
function friday(
  schedules: readonly Partial<ScheduleInput>[],
  runTime = '30s',
  asleep: readonly string[] = [],
): readonly string[] {
  const spans = asleep.map((span) => span.replaceAll(/\d\d:\d\d/g, (time) => `${day}T${time}`));
  const told = { schedules, from: `${day}T07:00`, to: `${day}T12:00`, asleep: spans, runTime };
  return ledgerOf(told).map((row) => row.replaceAll('11-20T', ''));
}

const at = (...times: readonly string[]): ScheduleInput['trigger'] => ({
  kind: 'calendar',
  at: [...times],
});

describe('scheduler/simulate: clock changes', () => {
  /** The instants at which a schedule runs. */
  const runs = (given: Partial<ScheduleInput>, from: string, to: string): readonly string[] =>
    ledgerOf({ schedules: [given], from, to }).map((row) => row.split(' ')[0] ?? '');

  it.each([
    ['Europe/Berlin', at('02:30'), '2026-03-29', ['03-29T01:00']],
    ['Europe/Berlin', at('02:30'), '2026-10-25', ['10-25T00:30']],
    ['America/New_York', at('02:30'), '2026-03-08', ['03-08T07:00']],
    ['America/New_York', at('01:30'), '2026-11-01', ['11-01T05:30']],
    ['Australia/Lord_Howe', at('02:15'), '2026-10-03', ['10-03T15:30']],
    ['Australia/Lord_Howe', at('01:45'), '2026-04-04', ['04-04T14:45']],
  ])('%s: a fixed time in the change of %s runs once', (timezone, trigger, date, expected) => {
    expect(runs({ timezone, trigger }, `${date}T00:00`, `${date}T20:00`)).toEqual(expected);
  });

  it.each([
    ['Europe/Berlin', '03-29T00:00', ['00:30', '01:00', '01:30', '02:00']],
    ['Europe/Berlin', '10-25T00:00', ['00:30', '01:00', '01:30', '02:00']],
    ['America/New_York', '11-01T05:00', ['05:30', '06:00', '06:30', '07:00']],
    ['Australia/Lord_Howe', '10-03T14:30', ['15:00', '15:30', '16:00', '16:30']],
    ['Australia/Lord_Howe', '04-04T14:00', ['14:30', '15:00', '15:30', '16:00']],
  ])('%s: every half hour goes on through the change of %s', (timezone, from, expected) => {
    const begin = `2026-${from}`;
    const end = new Date(Date.parse(`${begin}Z`) + 2 * 3_600_000).toISOString().slice(0, 16);
    const found = runs({ timezone }, begin, end);
    expect(found.map((slot) => slot.slice(6))).toEqual(expected);
  });

  it('counts what was slept through in the repeated hour, both passes', () => {
    const rows = ledgerOf({
      schedules: [{ timezone: 'Europe/Berlin', hours: { week: { sun: ['02:00-03:00'] } } }],
      from: '2026-10-24T22:00',
      to: '2026-10-25T03:00',
      asleep: ['2026-10-24T23:00/2026-10-25T01:45'],
    });
    expect(rows).toEqual(['10-25T01:30 since 10-25T00:00 ×4 at 10-25T01:45 success']);
  });
});

describe('scheduler/simulate: outside the hours', () => {
  const deferred = { hours: fromNineToTen, outside: 'defer' } as const;

  it('skips, or puts a closed stretch off to its opening', () => {
    const rows = ['09:00 at 09:00 success', '09:30 at 09:30 success'];
    expect(friday([{ hours: fromNineToTen }])).toEqual(rows);
    expect(friday([deferred])).toEqual(rows);
    expect(friday([{ ...deferred, trigger: at('08:10', '08:20') }])).toEqual([
      '09:00 at 09:00 success',
    ]);
    expect(friday([{ hours: fromNineToTen, trigger: at('08:10', '08:20') }])).toEqual([]);
  });

  it('judges a deferred slot like any other after a sleep', () => {
    expect(friday([deferred], '30s', ['08:00/09:10'])[0]).toBe('09:00 at 09:10 success');
    expect(friday([deferred], '30s', ['08:50/10:05'])).toEqual([
      '09:30 since 09:00 ×2 missed(closed)',
    ]);
  });

  it('judges the hours again when a run’s turn comes after the close', () => {
    const waiting = { overlap: 'queue', hours: fromNineToTen, trigger: at('09:10', '09:50') };
    expect(friday([waiting as Partial<ScheduleInput>], '55m')).toEqual([
      '09:10 at 09:10 success',
      '09:50 skipped(closed-at-start)',
    ]);
  });

  it.each([
    ['finish', '09:30 at 09:30 success'],
    ['stop', '09:30 at 09:30 partial(closed)'],
    ['abort', '09:30 at 09:30 cancelled(closed)'],
  ] as const)('lets a run %s at the close', (atClose, row) => {
    expect(friday([{ atClose, hours: fromNineToTen, trigger: at('09:30') }], '45m')).toEqual([row]);
  });
});

describe('scheduler/simulate: overlap, limits and jitter', () => {
  it('skips what comes while the run before goes on, or lets one wait', () => {
    const trigger = at('08:30', '09:00', '09:30', '10:00', '10:30');
    expect(friday([{ trigger }], '40m')).toEqual([
      '08:30 at 08:30 success',
      '09:00 skipped(overlap)',
      '09:30 at 09:30 success',
      '10:00 skipped(overlap)',
      '10:30 at 10:30 success',
    ]);
    expect(friday([{ trigger, overlap: 'queue' }], '40m')).toEqual([
      '08:30 at 08:30 success',
      '09:00 at 09:10 success',
      '09:30 at 09:50 success',
      '10:00 at 10:30 success',
      // At its instant another still waits for its turn, which the end just then brings.
      '10:30 skipped(overlap)',
    ]);
  });

  it('runs three at once, two of them on one host', () => {
    const trigger = at('08:00');
    const scrape = { kind: 'page', url: 'http://one.test/', fields: { title: 'h2' } } as const;
    expect(friday(Array.from({ length: 4 }, () => ({ trigger })))).toEqual([
      's0 08:00 at 08:00 success',
      's1 08:00 at 08:00 success',
      's2 08:00 at 08:00 success',
      's3 08:00 at 08:00:30 success',
    ]);
    expect(friday(Array.from({ length: 3 }, () => ({ trigger, scrape })))).toEqual([
      's0 08:00 at 08:00 success',
      's1 08:00 at 08:00 success',
      's2 08:00 at 08:00:30 success',
    ]);
  });

  it('starts what reaches out two seconds apart after a sleep, the rest at once', () => {
    const trigger = at('08:00');
    const scrape = (host: string) =>
      ({ kind: 'page', url: `http://${host}/`, fields: { title: 'h2' } }) as const;
    const schedules = ['a.test', 'b.test', 'c.localhost'].map((host) => ({
      trigger,
      scrape: scrape(host),
    }));
    expect(friday(schedules, '30s', ['07:50/08:10'])).toEqual([
      's0 08:00 at 08:10 success',
      's1 08:00 at 08:10:02 success',
      's2 08:00 at 08:10 success',
    ]);
  });

  it('puts starts off by less than the jitter, the key staying the slot', () => {
    const rows = friday([{ jitter: '10m' }]);
    const found = rows.map((row) => /^(\d\d:\d\d) at (\d\d:\d\d(?::\d\d)?) success$/.exec(row));
    expect(found.map((row) => row?.[1])).toEqual(
      Array.from({ length: 10 }, (_, slot) => {
        const minutes = 450 + 30 * slot;
        return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${minutes % 60 === 0 ? '00' : '30'}`;
      }),
    );
    const delays = found.map(
      (row) =>
        Date.parse(`${day}T${row?.[2] ?? ''}Z`.replace(/T(\d\d:\d\d)Z/, 'T$1:00Z')) -
        Date.parse(`${day}T${row?.[1] ?? ''}:00Z`),
    );
    expect(delays.every((delay) => delay >= 0 && delay < 600_000)).toBe(true);
    expect(new Set(delays).size).toBeGreaterThan(1);
    expect(friday([{ jitter: '10m' }])).toEqual(rows);
  });
});

describe('scheduler/simulate: enough and chains', () => {
  it('skips the rest of a stretch once a run was enough, in one row', () => {
    const rows = ledgerOf({
      schedules: [
        {
          enough: 'success',
          hours: { week: { fri: ['09:00-11:00'], sat: ['09:00-10:00'] } },
        },
      ],
      from: `${day}T07:00`,
      to: '2026-11-21T12:00',
    });
    expect(rows).toEqual([
      '11-20T09:00 at 11-20T09:00 success',
      '11-20T10:30 since 11-20T09:30 ×3 skipped(enough)',
      '11-21T09:00 at 11-21T09:00 success',
      '11-21T09:30 skipped(enough)',
    ]);
  });

  it('takes the local date where the stretch is longer than a day', () => {
    const rows = ledgerOf({
      schedules: [{ enough: 'success', trigger: at('08:00', '20:00'), timezone: 'Europe/Berlin' }],
      from: `${day}T00:00`,
      to: '2026-11-21T23:00',
    });
    expect(rows).toEqual([
      '11-20T07:00 at 11-20T07:00 success',
      '11-20T19:00 skipped(enough)',
      '11-21T07:00 at 11-21T07:00 success',
      '11-21T19:00 skipped(enough)',
    ]);
  });

  const after = (schedule: string, given: Partial<ScheduleInput> = {}): Partial<ScheduleInput> => ({
    trigger: undefined,
    after: { schedule },
    ...given,
  });

  it('runs a chain of three, each at the end of the one before', () => {
    expect(friday([{ trigger: at('08:00') }, after('s0'), after('s1')])).toEqual([
      's0 08:00 at 08:00 success',
      's1 08:00:30 at 08:00:30 success',
      's2 08:01 at 08:01 success',
    ]);
  });

  it('keeps the hours of a chain’s own: skipped, or put off to the opening', () => {
    expect(
      friday([
        { trigger: at('08:00') },
        after('s0', { hours: fromNineToTen }),
        after('s0', { hours: fromNineToTen, outside: 'defer' }),
        after('s0', { enabled: false }),
      ]),
    ).toEqual([
      's0 08:00 at 08:00 success',
      's1 08:00:30 skipped(closed-at-start)',
      's2 08:00:30 at 09:00 success',
    ]);
  });

  it('fires nothing where a run was cut off at the close', () => {
    const cut = { trigger: at('09:30'), hours: fromNineToTen, atClose: 'stop' } as const;
    expect(friday([cut, after('s0')], '45m')).toEqual(['s0 09:30 at 09:30 partial(closed)']);
  });
});
