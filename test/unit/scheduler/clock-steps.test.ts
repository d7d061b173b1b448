import { afterEach, describe, expect, it } from 'vitest';
import { armedApp, shortHistory } from '../../support/armed-app.ts';
import type { TestApp } from '../../support/test-app.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const fiveYears = 1_826 * day;

let jackdaw: TestApp;
afterEach(async () => {
  await jackdaw.stop();
});

/** How many slots the ledger accounts for. */
async function accounted(): Promise<number> {
  return (await jackdaw.history()).reduce((sum, { coalesced }) => sum + coalesced, 0);
}

describe('scheduler, over a sleep', () => {
  it.each([
    [1, 30 * minute],
    [5, 150 * minute],
    [100, 50 * hour],
    [50_000, 25_000 * hour],
  ])('makes one row and one run of %i missed slots', async (count, sleptMs) => {
    jackdaw = await armedApp([{ missed: { grace: '1h' } }], { at: '2026-11-20T08:10:00Z' });
    jackdaw.clock.sleep(sleptMs);
    await jackdaw.clock.advance(minute);
    expect(jackdaw.runner.runs).toHaveLength(1);
    const [row, ...more] = await jackdaw.history();
    expect(more).toEqual([]);
    expect(row).toMatchObject({ coalesced: count, outcome: 'success', cause: 'catch-up' });
  });

  it('counts to a hundred thousand, and still runs the newest', async () => {
    jackdaw = await armedApp([{ trigger: { kind: 'interval', every: '10s' } }]);
    jackdaw.clock.sleep(40 * day);
    await jackdaw.clock.advance(minute);
    const [row] = await jackdaw.history();
    expect(row).toMatchObject({ coalesced: 100_000, outcome: 'success' });
  });
});

describe('scheduler, when the clock is set', () => {
  it.each([
    ['an hour', hour, 2],
    ['five years', fiveYears, fiveYears / (30 * minute)],
  ])('counts what lies between as missed when it is put forward by %s', async (_, byMs, count) => {
    jackdaw = await armedApp([{}], { at: '2026-11-20T08:10:00Z' });
    jackdaw.clock.step(byMs);
    await jackdaw.clock.advance(minute);
    expect(jackdaw.runner.runs).toHaveLength(1);
    expect(await accounted()).toBe(count);
    await jackdaw.clock.advance(hour);
    expect(await accounted()).toBe(count + 2);
  });

  it.each([
    ['a minute', minute],
    ['an hour', hour],
    ['a day', day],
  ])('runs nothing again when it is put back by %s, and goes on', async (_, byMs) => {
    jackdaw = await armedApp([{}], { at: '2026-11-20T08:10:00Z' });
    await jackdaw.clock.advance(2 * hour);
    const before = await shortHistory(jackdaw);
    jackdaw.clock.step(-byMs);
    await jackdaw.clock.advance(byMs - minute);
    const slots = (await jackdaw.history()).map(({ slotAt }) => slotAt);
    expect(new Set(slots).size).toBe(slots.length);
    expect((await shortHistory(jackdaw)).filter((row) => before.includes(row))).toEqual(before);
    await jackdaw.clock.advance(hour);
    const status = await jackdaw.call('getStatus', {});
    expect(status.schedules[0]?.nextRunAt).toBe('2026-11-20T11:30:00Z');
    for (const { durationMs } of await jackdaw.history())
      expect(durationMs ?? 0).toBeGreaterThanOrEqual(0);
  });

  it('goes on at once when a clock that was five years ahead is put right again', async () => {
    jackdaw = await armedApp([{}], { at: '2026-11-20T08:10:00Z' });
    jackdaw.clock.step(fiveYears);
    await jackdaw.clock.advance(minute);
    jackdaw.clock.step(-fiveYears);
    await jackdaw.clock.advance(hour);
    expect((await shortHistory(jackdaw)).slice(0, 2)).toEqual([
      '11-20T08:30 ×1 success',
      '11-20T09:00 ×1 success',
    ]);
  });
});
