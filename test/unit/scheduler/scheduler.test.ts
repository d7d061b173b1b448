import { afterEach, describe, expect, it } from 'vitest';
import { aSchedule } from '../../support/builders.ts';
import { openTestApp, type TestApp, type TestAppOptions } from '../../support/test-app.ts';

const office = {
  id: 'office',
  name: 'Office hours',
  week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, ['09:00-17:00']])),
};

let test: TestApp | null = null;
const open = async (options: TestAppOptions): Promise<TestApp> => {
  test = await openTestApp(options);
  return test;
};
afterEach(async () => {
  await test?.stop();
  test = null;
});

/** Every half hour from one local time to another, as instants at this offset. */
function halfHours(date: string, from: number, to: number, offsetHours: number): readonly string[] {
  const first = Date.parse(`${date}T00:00:00Z`) + (from - offsetHours) * 3_600_000;
  return Array.from({ length: (to - from) * 2 }, (_, index) =>
    new Date(first + index * 1_800_000).toISOString(),
  );
}

describe('scheduler/scheduler', () => {
  it.each([
    // Friday evening; on Sunday the clocks change; Monday morning.
    ['America/New_York', '2026-10-30', '2026-11-02', -4, -5],
    ['Europe/Berlin', '2026-10-23', '2026-10-26', 2, 1],
    ['America/New_York', '2026-03-06', '2026-03-09', -5, -4],
    ['Europe/Berlin', '2026-03-27', '2026-03-30', 1, 2],
  ])(
    'runs at exactly the half hours of office hours in %s from %s to %s',
    async (zone, friday, monday, before, after) => {
      const jackdaw = await open({ at: `${friday}T05:00:00Z`, zone });
      await jackdaw.call('saveHours', { profile: office, create: true });
      await jackdaw.call('saveSchedule', { schedule: aSchedule({ hours: 'office' }), create: true });
      jackdaw.app.start();
      await jackdaw.clock.advanceTo(Date.parse(`${monday}T23:30:00Z`));
      const expected = [
        ...halfHours(friday, 9, 17, before),
        ...halfHours(monday, 9, 17, after),
      ];
      expect(jackdaw.runner.runs.map((run) => run.startedAt)).toEqual(expected);
      const history = await jackdaw.history('posts');
      expect(history.map(({ slotAt, outcome }) => [slotAt, outcome])).toEqual(
        expected.map((at) => [at.replace('.000Z', 'Z'), 'success']),
      );
    },
  );
});
