import { afterEach, describe, expect, it } from 'vitest';
import { aSchedule } from '../../support/builders.ts';
import { openTestApp, type TestApp } from '../../support/test-app.ts';
import { settle } from '../../support/virtual-clock.ts';

let jackdaw: TestApp;
afterEach(async () => {
  await jackdaw.stop();
});

/** A host in a zone, with a schedule that runs twice a day. */
async function opened(at: string, zone: string): Promise<void> {
  jackdaw = await openTestApp({ at, zone });
  const trigger = { kind: 'calendar' as const, at: ['00:10', '23:50'] };
  await jackdaw.call('saveSchedule', { schedule: aSchedule({ trigger }), create: true });
  jackdaw.runner.answer = { afterMs: 1_000, report: {} };
  jackdaw.app.start();
}

describe('calls/run-days', () => {
  it('counts by the days of this computer’s zone, a day of 25 hours included', async () => {
    await opened('2026-10-31T12:00:00Z', 'America/New_York');
    await jackdaw.clock.advance(60 * 3_600_000);
    expect(await jackdaw.call('listRunDays', { days: 4 })).toEqual({
      timezone: 'America/New_York',
      until: '2026-11-03T05:00:00Z',
      days: [
        { date: '2026-10-30', counts: {} },
        { date: '2026-10-31', counts: { success: 1 } },
        { date: '2026-11-01', counts: { success: 2 } },
        { date: '2026-11-02', counts: { success: 1 } },
      ],
    });
  });

  it('counts anew by the days of another zone, half an hour off', async () => {
    await opened('2026-11-20T12:00:00Z', 'UTC');
    await jackdaw.clock.advance(13 * 3_600_000);
    const days = async (): Promise<unknown> =>
      (await jackdaw.call('listRunDays', { days: 3 })).days.map(({ date, counts }) => [
        date.slice(-2),
        counts.success ?? 0,
      ]);
    expect(await days()).toEqual([
      ['19', 0],
      ['20', 1],
      ['21', 1],
    ]);
    jackdaw.clock.moveTo('Asia/Kolkata');
    await jackdaw.clock.advance(60_000);
    expect(await days()).toEqual([
      ['19', 0],
      ['20', 0],
      ['21', 2],
    ]);
  });

  it('counts one schedule alone, and thirty days unless asked otherwise', async () => {
    await opened('2026-11-20T12:00:00Z', 'UTC');
    await jackdaw.call('saveSchedule', {
      schedule: aSchedule({ id: 'prices', name: 'Prices', enabled: false }),
      create: true,
    });
    await jackdaw.call('startRun', { id: 'prices' });
    await jackdaw.clock.advance(2_000);
    await settle();
    const { days } = await jackdaw.call('listRunDays', {});
    expect(days).toHaveLength(30);
    expect(days.at(-1)).toEqual({ date: '2026-11-20', counts: { success: 1 } });
    expect((await jackdaw.call('listRunDays', { id: 'posts' })).days.at(-1)?.counts).toEqual({});
    expect((await jackdaw.call('listRunDays', { id: 'prices' })).days.at(-1)?.counts).toEqual({
      success: 1,
    });
  });
});
