import { describe, expect, it } from 'vitest';
import type { ScheduleInput } from '../../../../contract/schedule.ts';
import { ledgerOf } from '../../../support/simulated.ts';

type Policy = 'latest' | 'all' | 'skip';

const day = '2026-11-20';

/** The rows of a schedule every half hour (or as given) that slept on a Friday from 8:00 to 11:00. */
function slept(
  policy: Policy,
  asleep: string,
  given: Partial<ScheduleInput> = {},
  to = '10:50',
): readonly string[] {
  const [sleeps = '', wakes = ''] = asleep.split('/');
  const rows = ledgerOf({
    schedules: [{ missed: { policy, grace: '24h' }, ...given }],
    from: `${day}T08:00`,
    to: `${day}T${to}`,
    asleep: [`${day}T${sleeps}/${day}T${wakes}`],
  });
  return rows.map((row) => row.replaceAll('11-20T', ''));
}

const toTen = { hours: { week: { fri: ['08:00-10:00'] } } };

describe('scheduler/simulate: a sleep (rule 10)', () => {
  it.each<readonly [string, Policy, readonly string[], readonly string[]]>([
    [
      'one slot, not a minute old: it runs',
      'skip',
      slept('skip', '08:29:00/08:30:59', {}, '08:45'),
      ['08:30 at 08:30:59 success'],
    ],
    [
      'one slot, a minute old: it is missed',
      'skip',
      slept('skip', '08:29:00/08:31:00', {}, '08:45'),
      ['08:30 missed(asleep)'],
    ],
    ['one slot', 'latest', slept('latest', '08:20/08:45', {}, '08:45'), ['08:30 at 08:45 success']],
    ['one slot', 'all', slept('all', '08:20/08:45', {}, '08:45'), ['08:30 at 08:45 success']],
    [
      'five slots',
      'latest',
      slept('latest', '08:10/10:45'),
      ['10:30 since 08:30 ×5 at 10:45 success'],
    ],
    ['five slots', 'skip', slept('skip', '08:10/10:45'), ['10:30 since 08:30 ×5 missed(asleep)']],
    [
      'five slots, one at a time',
      'all',
      slept('all', '08:10/10:45'),
      [
        '08:30 at 10:45 success',
        '09:00 at 10:45:30 success',
        '09:30 at 10:46 success',
        '10:00 at 10:46:30 success',
        '10:30 at 10:47 success',
      ],
    ],
    [
      'five slots, the newest merely late',
      'skip',
      slept('skip', '08:10/10:30:20'),
      ['10:00 since 08:30 ×4 missed(asleep)', '10:30 at 10:30:20 success'],
    ],
    [
      'three slots, and a wake when the hours have closed',
      'latest',
      slept('latest', '08:10/10:30', toTen),
      ['09:30 since 08:30 ×3 missed(closed)'],
    ],
    [
      'three slots, and a wake at the instant of the close',
      'all',
      slept('all', '08:10/10:00', toTen),
      ['09:30 since 08:30 ×3 missed(closed)'],
    ],
    [
      'three slots, and a wake right before the close',
      'latest',
      slept('latest', '08:10/09:59:59', toTen),
      ['09:30 since 08:30 ×3 at 09:59:59 success'],
    ],
    [
      'a slot as old as the grace',
      'latest',
      slept('latest', '08:10/09:30', {
        trigger: { kind: 'calendar', at: ['08:30'] },
        missed: { policy: 'latest', grace: '1h' },
      }),
      ['08:30 at 09:30 success'],
    ],
    [
      'a slot older than the grace',
      'latest',
      slept('latest', '08:10/09:30:01', {
        trigger: { kind: 'calendar', at: ['08:30'] },
        missed: { policy: 'latest', grace: '1h' },
      }),
      ['08:30 missed(past-grace)'],
    ],
    [
      'three slots older than the grace, two younger',
      'all',
      slept('all', '08:10/10:45', { missed: { policy: 'all', grace: '1h' } }),
      [
        '09:30 since 08:30 ×3 missed(past-grace)',
        '10:00 at 10:45 success',
        '10:30 at 10:45:30 success',
      ],
    ],
    [
      'a one time: late, then finished',
      'latest',
      slept('latest', '08:10/09:30', { trigger: { kind: 'once', at: '2026-11-20T08:30' } }),
      ['08:30 at 09:30 success'],
    ],
  ])('%s, %s', (_, __, rows, expected) => {
    expect(rows).toEqual(expected);
  });

  const everyMinute = { trigger: { kind: 'interval', every: '1m' } } as const;
  const hundred = '08:00:30/09:40:30';

  it('judges a hundred slots together: the newest runs, or stands for all', () => {
    const to = '09:40:45';
    expect(slept('latest', hundred, everyMinute, to)).toEqual([
      '09:40 since 08:01 ×100 at 09:40:30 success',
    ]);
    expect(slept('skip', hundred, everyMinute, to)).toEqual([
      '09:39 since 08:01 ×99 missed(asleep)',
      '09:40 at 09:40:30 success',
    ]);
    const all = slept('all', hundred, everyMinute, to);
    expect(all).toHaveLength(100);
    expect([all[0], all[1], all[99]]).toEqual([
      '08:01 at 09:40:30 success',
      '08:02 at 09:41 success',
      '09:40 at 10:30 success',
    ]);
  });

  it('judges fifty thousand slots together, and runs a hundred of them at the most', () => {
    const month = (policy: Policy): readonly string[] =>
      ledgerOf({
        schedules: [{ ...everyMinute, missed: { policy, grace: '24h' } }],
        from: `${day}T08:00`,
        to: '2026-12-25T01:20:30',
        asleep: [`${day}T08:00:30/2026-12-25T01:20:30`],
      });
    const since = 'since 11-20T08:01';
    expect(month('latest')).toEqual([`12-25T01:20 ${since} ×50000 at 12-25T01:20:30 success`]);
    expect(month('skip')).toEqual([
      `12-25T01:19 ${since} ×49999 missed(asleep)`,
      '12-25T01:20 at 12-25T01:20:30 success',
    ]);
    const all = month('all');
    expect(all).toHaveLength(101);
    expect([all[0], all[1]]).toEqual([
      `12-24T23:40 ${since} ×49900 missed(asleep)`,
      '12-24T23:41 at 12-25T01:20:30 success',
    ]);
  });

  it('counts no further than a hundred thousand, and still runs the newest', () => {
    const rows = ledgerOf({
      schedules: [{ trigger: { kind: 'interval', every: '10s' } }],
      from: `${day}T08:00`,
      to: '2026-12-25T08:00',
      asleep: [`${day}T08:00/2026-12-25T08:00`],
    });
    expect(rows).toEqual(['12-25T08:00 since 11-20T08:00:10 ×100000 at 12-25T08:00 success']);
  });

  it('lets a run stand still while the computer sleeps', () => {
    const rows = ledgerOf({
      schedules: [{ trigger: { kind: 'calendar', at: ['08:30', '08:50', '09:10'] } }],
      from: `${day}T08:00`,
      to: `${day}T10:00`,
      asleep: [`${day}T08:35/${day}T08:45`],
      runTime: '15m',
    });
    expect(rows).toEqual([
      '11-20T08:30 at 11-20T08:30 success',
      '11-20T08:50 skipped(overlap)',
      '11-20T09:10 at 11-20T09:10 success',
    ]);
  });

  it('takes sleeps in any order, overlapping, before the begin and beyond the end', () => {
    const told = { schedules: [{}], from: `${day}T08:00`, to: `${day}T12:00` };
    const spans = [
      `${day}T11:45/${day}T13:00`,
      `${day}T09:20/${day}T10:10`,
      `${day}T07:00/${day}T08:40`,
      `${day}T08:50/${day}T09:20`,
      `${day}T09:00/${day}T09:40`,
    ];
    expect(ledgerOf({ ...told, asleep: spans }).map((row) => row.replaceAll('11-20T', ''))).toEqual(
      [
        '08:30 at 08:40 success',
        '10:00 since 09:00 ×3 at 10:10 success',
        '10:30 at 10:30 success',
        '11:00 at 11:00 success',
        '11:30 at 11:30 success',
        '12:00 at 12:00 success',
      ],
    );
  });
});
