import type { ScheduleInput } from '../../contract/schedule.ts';
import { defaultSettings } from '../../contract/settings.ts';
import { durationMs } from '../../contract/time.ts';
import { simulate } from '../../main/scheduler/simulate/simulate.ts';
import { aSchedule } from './builders.ts';

/** A simulation as a test writes it: instants without their `Z`, `2026-11-20T08:00`. */
export interface Told {
  readonly schedules: readonly Partial<ScheduleInput>[];
  readonly from: string;
  readonly to: string;
  /** `from/to`. */
  readonly asleep?: readonly string[];
  readonly runTime?: string;
}

const utc = (text: string): number => Date.parse(`${text}Z`);

const short = (atMs: number): string =>
  new Date(atMs).toISOString().slice(5, 19).replace(/:00$/, '');

/**
 * The ledger of a simulation, a line a row, instants in UTC without their year:
 * `11-20T10:30 since 11-20T08:30 ×5 at 11-20T10:45 success`. Schedules without a zone are in UTC, those
 * without an address read a page of their own on the loopback.
 */
export function ledgerOf({ schedules, from, to, asleep = [], runTime = '30s' }: Told) {
  const rows = simulate({
    schedules: schedules.map((given, index) =>
      aSchedule({
        id: `s${String(index)}`,
        scrape: {
          kind: 'page',
          url: `http://s${String(index)}.localhost/`,
          fields: { title: 'h2' },
        },
        ...given,
      }),
    ),
    world: { zone: 'UTC', settings: defaultSettings, profiles: new Map(), calendarsOf: () => [] },
    fromMs: utc(from),
    toMs: utc(to),
    asleep: asleep.map((span) => {
      const [sleeps = '', wakes = ''] = span.split('/');
      return [utc(sleeps), utc(wakes)];
    }),
    runTimeMs: durationMs(runTime),
  });
  return rows.map((row) =>
    [
      ...(schedules.length === 1 ? [] : [row.id]),
      short(row.slotAtMs),
      ...(row.firstSlotAtMs === row.slotAtMs ? [] : [`since ${short(row.firstSlotAtMs)}`]),
      ...(row.coalesced === 1 ? [] : [`×${String(row.coalesced)}`]),
      ...(row.startedAtMs === null ? [] : [`at ${short(row.startedAtMs)}`]),
      row.reason === null ? row.outcome : `${String(row.outcome)}(${row.reason})`,
    ].join(' '),
  );
}
