import type { ScheduleInput } from '../../../contract/schedule.ts';
import { aSchedule } from '../builders.ts';

/** When chaos worlds begin: a Friday morning. */
export const worldBegins = Date.parse('2026-11-20T08:00:00Z');

/** A minute open, a minute closed, for an hour and a half from the world's begin on. */
function blinkingHours(): NonNullable<ScheduleInput['hours']> {
  const clock = (minute: number): string =>
    `${String(8 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  const windows = Array.from({ length: 48 }, (_, n) => `${clock(2 * n)}-${clock(2 * n + 1)}`);
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
  return { week: Object.fromEntries(days.map((day) => [day, windows])) };
}

function reading(url: string): ScheduleInput['scrape'] {
  return { kind: 'page', url, items: 'article', fields: { title: 'h2' }, key: 'title' };
}

/** A schedule every so many seconds that never pauses itself. */
function every(id: string, seconds: number, given: Partial<ScheduleInput>): ScheduleInput {
  const trigger = { kind: 'interval', every: `${String(seconds)}s` } as const;
  return { ...aSchedule({ id, name: id, trigger, pauseAfterFailures: 0 }), ...given };
}

/** The interval of each schedule whose hours are always open, in seconds: its slots can be counted. */
export const countable: Readonly<Record<string, number>> = {
  latest: 10,
  all: 20,
  skip: 30,
  slow: 20,
  flaky: 60,
};

/** Schedules of every kind of lateness, over one small site. */
export function chaosSchedules(site: string): readonly ScheduleInput[] {
  const quick = { scrape: reading(`${site}/quick`) };
  return [
    every('latest', 10, { ...quick, hours: 'always' }),
    every('all', 20, { ...quick, missed: { policy: 'all', grace: '24h' } }),
    every('skip', 30, { ...quick, missed: { policy: 'skip', grace: '24h' } }),
    every('slow', 20, { scrape: reading(`${site}/slow`), overlap: 'queue' }),
    every('flaky', 60, {
      scrape: reading(`${site}/flaky`),
      retry: { attempts: 3, backoff: '5s', factor: 1, max: '5s' },
    }),
    every('hours', 10, { ...quick, hours: blinkingHours() }),
    {
      id: 'then',
      name: 'then',
      after: { schedule: 'skip', on: 'success' },
      pauseAfterFailures: 0,
      ...quick,
    },
  ];
}
