import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editChangesSchema, type EditChanges } from '../../../contract/preview.ts';
import { fromInstant } from '../../../contract/time.ts';
import type { Trigger } from '../../../contract/trigger.ts';
import { editChanges, type Timing } from '../../../main/schedule/edit-changes.ts';
import { nextInstants } from '../../../main/schedule/next-slots.ts';
import { localIso } from '../../../main/schedule/zone-data.ts';
import { leastCpuMs } from '../../support/cpu-time.ts';
import { randomTiming } from '../../support/random-timing.ts';

const newYork = 'America/New_York';
const berlin = 'Europe/Berlin';
const nineToFive = ['09:00-17:00'];
const office = {
  name: 'Office hours',
  week: { mon: nineToFive, tue: nineToFive, wed: nineToFive, thu: nineToFive, fri: nineToFive },
};
/** A Wednesday, 08:00 in New York. */
const now = Date.parse('2026-06-10T12:00:00Z');

const cron = (expression: string): Trigger => ({ kind: 'cron', expression });
const every = (length: string): Trigger => ({ kind: 'interval', every: length });
const daily = (...at: string[]): Trigger => ({ kind: 'calendar', at });

function timing(trigger: Trigger, more: Partial<Timing> & { timezone?: string } = {}): Timing {
  const { timezone = newYork, hours = null } = more;
  return { rhythm: { trigger, timezone, outside: 'skip' }, hours };
}

const chain: Timing = { rhythm: null, hours: null };

/** Days, kept, added, removed and moved. */
function counts({ days, kept, added, removed, moved }: EditChanges): readonly number[] {
  return [days, kept, added, removed, moved];
}

describe('schedule/edit-changes', () => {
  it('compares the coming fourteen days, and says where each run went', () => {
    const before = timing({ kind: 'calendar', at: ['10:00'], on: ['tue'] });
    const after = timing({ kind: 'calendar', at: ['14:30', '18:00'], on: ['tue'], months: [6] });
    const moment = (at: string, local: string) => ({ at, local });
    const ten = moment('2026-06-16T14:00:00Z', '2026-06-16T10:00:00-04:00');
    const half = moment('2026-06-16T18:30:00Z', '2026-06-16T14:30:00-04:00');
    expect(editChanges(before, after, now)).toEqual<EditChanges>({
      days: 14,
      before: ten,
      after: half,
      kept: 0,
      added: 2,
      removed: 0,
      moved: 2,
      changes: [
        { kind: 'moved', ...half, from: ten },
        {
          kind: 'added',
          ...moment('2026-06-16T22:00:00Z', '2026-06-16T18:00:00-04:00'),
          from: null,
        },
        {
          kind: 'moved',
          ...moment('2026-06-23T18:30:00Z', '2026-06-23T14:30:00-04:00'),
          from: moment('2026-06-23T14:00:00Z', '2026-06-23T10:00:00-04:00'),
        },
        {
          kind: 'added',
          ...moment('2026-06-23T22:00:00Z', '2026-06-23T18:00:00-04:00'),
          from: null,
        },
      ],
      text: 'The next run moves from Tuesday 10:00 to Tuesday 14:30; in the next 14 days 2 runs come and 2 move.',
    });
  });

  it.each<[what: string, before: Timing | null, after: Timing, counts: number[], text: string]>([
    [
      'nothing',
      timing(every('30m')),
      timing(cron('0,30 * * * *')),
      [14, 672, 0, 0, 0],
      'Nothing changes in the next 14 days.',
    ],
    [
      'hours that drop most runs',
      timing(daily('08:30', '12:00', '19:00')),
      timing(daily('08:30', '12:00', '19:00'), { hours: office }),
      [14, 10, 0, 32, 0],
      'The next run moves from 08:30 to 12:00; in the next 14 days 32 runs go.',
    ],
    [
      'a next run that stays',
      timing(daily('09:00', '10:00')),
      timing({ kind: 'calendar', at: ['09:00'], on: ['wed'] }),
      [14, 2, 0, 26, 0],
      'The next run stays 09:00; in the next 14 days 26 runs go.',
    ],
    [
      'one of each',
      timing({ kind: 'calendar', at: ['09:00'], on: [10, 11] }),
      timing({ kind: 'calendar', at: ['09:05'], on: [11, 12] }),
      [14, 0, 1, 1, 1],
      'The next run moves from 09:00 to Thursday 09:05; in the next 14 days 1 run goes, 1 comes and 1 moves.',
    ],
    [
      'runs beyond the days compared',
      timing({ kind: 'calendar', at: ['09:00'], on: [1], months: [9] }),
      timing({ kind: 'calendar', at: ['09:00'], on: [1], months: [1] }),
      [14, 0, 0, 0, 0],
      'The next run moves from Tuesday 1 September 09:00 to Friday 1 January 2027 09:00; in the next 14 days nothing changes.',
    ],
    [
      'another zone, in which all times are told',
      timing(daily('18:00'), { timezone: berlin }),
      timing(daily('18:00')),
      [14, 0, 0, 0, 14],
      'The next run moves from 12:00 to 18:00; in the next 14 days 14 runs move (times of America/New_York).',
    ],
    [
      'hours it never meets',
      timing(daily('09:00')),
      timing(daily('19:00'), { hours: office }),
      [14, 0, 0, 14, 0],
      'It would never run again: every day at 19:00 never falls inside Office hours in the next 50 years; in the next 14 days 14 runs go.',
    ],
    [
      'a time that has passed, for one that comes late',
      timing({ kind: 'once', at: '2026-12-01T09:00' }),
      timing({ kind: 'once', at: '2026-06-10T07:00' }),
      [14, 0, 0, 0, 0],
      'It would never run again: its one time, 07:00, has passed.',
    ],
    [
      'nothing about a schedule that never runs',
      timing({ kind: 'once', at: '2026-06-10T07:00' }),
      timing({ kind: 'once', at: '2026-06-10T07:30' }),
      [14, 0, 0, 0, 0],
      'It would still never run: its one time, 07:30, has passed.',
    ],
    [
      'a schedule that runs again',
      timing({ kind: 'once', at: '2026-06-10T07:00' }),
      timing({ kind: 'once', at: '2026-06-11T07:00' }),
      [14, 0, 1, 0, 0],
      'The next run is Thursday 07:00, where there was none; in the next 14 days 1 run comes.',
    ],
    [
      'a schedule that is new',
      null,
      timing(daily('09:00')),
      [14, 0, 14, 0, 0],
      'The next run is 09:00, where there was none; in the next 14 days 14 runs come.',
    ],
    [
      'a chain that was a schedule',
      timing(daily('09:00')),
      chain,
      [14, 0, 0, 14, 0],
      'It would run after another schedule, at no times of its own; in the next 14 days 14 runs go.',
    ],
    ['a chain', chain, chain, [14, 0, 0, 0, 0], 'Nothing changes: it has no times of its own.'],
  ])('tells %s', (_, before, after, expected, text) => {
    const changes = editChanges(before, after, now);
    expect(counts(changes)).toEqual(expected);
    expect(changes.text).toBe(text);
  });

  it('counts the days on the wall clock, over a clock change too', () => {
    const asked = Date.parse('2026-10-25T12:00:00Z');
    const { before, changes } = editChanges(chain, timing(cron('0 8 * * *')), asked);
    expect(before).toBeNull();
    expect([changes.length, changes.at(0)?.local, changes.at(-1)?.local]).toEqual([
      14,
      '2026-10-26T08:00:00-04:00',
      '2026-11-08T08:00:00-05:00',
    ]);
  });

  it('pairs within a local date, never across one', () => {
    const { changes } = editChanges(
      timing({ kind: 'once', at: '2026-06-11T23:59' }),
      timing({ kind: 'once', at: '2026-06-12T00:00' }),
      now,
    );
    expect(changes.map(({ kind, local }) => [kind, local])).toEqual([
      ['removed', '2026-06-11T23:59:00-04:00'],
      ['added', '2026-06-12T00:00:00-04:00'],
    ]);
  });

  it.each<[what: string, before: Trigger, after: Trigger, counts: number[], text: string]>([
    [
      'a run every minute over seven days',
      cron('* * * * *'),
      cron('30 * * * * *'),
      [7, 0, 1, 1, 10_079],
      'The next run moves from 08:01 to 08:00:30; in the next 7 days 1 run goes, 1 comes and 10079 move.',
    ],
    [
      'a run every 10 seconds over a day',
      cron('*/10 * * * * *'),
      cron('5/10 * * * * *'),
      [1, 0, 1, 1, 8_639],
      'The next run moves from 08:00:10 to 08:00:05; in the next day 1 run goes, 1 comes and 8639 move.',
    ],
    [
      'a run every second over a part of a day',
      cron('* * * * * *'),
      cron('0 0 * * * *'),
      [0, 2, 0, 10_198, 0],
      'The next run moves from 08:00:01 to 09:00; until 10:50 10198 runs go.',
    ],
  ])('compares %s', (_, before, after, expected, text) => {
    const changes = editChanges(timing(before), timing(after), now);
    expect(counts(changes)).toEqual(expected);
    expect(changes.changes).toHaveLength(20);
    expect(changes.text).toBe(text);
  });

  it('takes well under 30 ms, however many runs there are', () => {
    const spentMs = leastCpuMs(12, () =>
      editChanges(timing(cron('*/10 * * * * *')), timing(cron('5/10 * * * * *')), now),
    );
    expect(spentMs).toBeLessThan(30);
  });
});

const seed = Number(process.env['JACKDAW_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const settings = { seed, numRuns: 150 };

describe('schedule/edit-changes against the engine', () => {
  it(`changes nothing where nothing was edited (JACKDAW_SEED=${String(seed)})`, () => {
    fc.assert(
      fc.property(randomTiming(), ({ rhythm, hours, nowMs }) => {
        const found = editChanges({ rhythm, hours }, { rhythm: { ...rhythm }, hours }, nowMs);
        expect(found).toMatchObject({ added: 0, removed: 0, moved: 0, changes: [] });
        expect(found.before).toEqual(found.after);
        expect(found.text).toMatch(/^Nothing changes in the next|^It would still never run: /);
      }),
      settings,
    );
  });

  it('counts every run of both sides once, and names only runs there are', () => {
    fc.assert(
      fc.property(randomTiming(), randomTiming(), (one, other) => {
        const { nowMs } = one;
        const before: Timing = { ...one, rhythm: { ...one.rhythm } };
        const after: Timing = {
          rhythm: { ...other.rhythm, timezone: one.rhythm.timezone },
          hours: other.hours,
        };
        const found = editChanges(before, after, nowMs);
        expect(editChangesSchema.parse(found)).toEqual(found);
        // The clocks of these zones change by less than a day, but for Apia's.
        const wallMs = (at: number): number =>
          Date.parse(`${localIso(at, one.rhythm.timezone).slice(0, 19)}Z`);
        const inDays = ({ rhythm, hours }: Timing): readonly number[] =>
          rhythm === null
            ? []
            : nextInstants(rhythm, hours, nowMs, 20_000, nowMs + 16 * 86_400_000).filter(
                (at) => wallMs(at) <= wallMs(nowMs) + found.days * 86_400_000,
              );
        const were = inDays(before);
        const are = inDays(after);
        expect([
          found.kept + found.removed + found.moved,
          found.kept + found.added + found.moved,
        ]).toEqual([were.length, are.length]);
        const wereSet = new Set(were);
        const areSet = new Set(are);
        expect(found.kept).toBe(were.filter((at) => areSet.has(at)).length);
        const named = found.changes.map(({ at, from, kind }) => ({ kind, at, from }));
        for (const { kind, at, from } of named) {
          const list = kind === 'removed' ? wereSet : areSet;
          const lacking = kind === 'removed' ? areSet : wereSet;
          expect([list.has(fromInstant(at)), lacking.has(fromInstant(at))]).toEqual([true, false]);
          if (from !== null) expect(wereSet.has(fromInstant(from.at))).toBe(true);
        }
        expect(named.map(({ at }) => at)).toEqual(named.map(({ at }) => at).sort());
      }),
      settings,
    );
  });
});
