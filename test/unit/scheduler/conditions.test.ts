import { afterEach, describe, expect, it } from 'vitest';
import { armedApp, shortHistory } from '../../support/armed-app.ts';
import type { TestApp } from '../../support/test-app.ts';

const halfHour = 1_800_000;

let jackdaw: TestApp;
afterEach(async () => {
  await jackdaw.stop();
});

describe('scheduler/conditions', () => {
  it('skips a slot while the computer runs on its battery, with the reason, and runs on mains power', async () => {
    jackdaw = await armedApp([{ conditions: { power: 'ac' } }]);
    jackdaw.surroundings.power = 'battery';
    await jackdaw.clock.advance(halfHour + 1_000);
    jackdaw.surroundings.power = 'ac';
    await jackdaw.clock.advance(halfHour + 1_000);
    expect(await shortHistory(jackdaw)).toEqual([
      '11-20T08:30 ×1 skipped(condition)',
      '11-20T09:00 ×1 success',
    ]);
    const [row] = await jackdaw.history();
    expect(row?.message).toBe('It runs on mains power only, and the computer ran on its battery.');
  });

  it('skips a slot while there is no network', async () => {
    jackdaw = await armedApp([{ conditions: { network: true } }]);
    jackdaw.surroundings.network = false;
    await jackdaw.clock.advance(halfHour + 1_000);
    expect(await shortHistory(jackdaw)).toEqual(['11-20T08:30 ×1 skipped(condition)']);
  });

  it('runs where the host can’t tell, and says so', async () => {
    jackdaw = await armedApp([{ conditions: { power: 'ac', network: true } }]);
    const { why } = await jackdaw.call('getSchedule', { id: 'posts' });
    expect(why.slice(-2).map(({ text }) => text)).toEqual([
      "only on mains power, which can't be told here, so it runs all the same",
      "only with a network, which can't be told here, so it runs all the same",
    ]);
    await jackdaw.clock.advance(halfHour + 1_000);
    expect(await shortHistory(jackdaw)).toEqual(['11-20T08:30 ×1 success']);
    jackdaw.surroundings.power = 'ac';
    const told = await jackdaw.call('getSchedule', { id: 'posts' });
    expect(told.why.at(-2)?.text).toBe('only on mains power');
  });

  it('leaves a manual run alone', async () => {
    jackdaw = await armedApp([{ conditions: { power: 'ac' } }]);
    jackdaw.surroundings.power = 'battery';
    await jackdaw.call('startRun', { id: 'posts' });
    await jackdaw.clock.advance(2_000);
    expect(await shortHistory(jackdaw)).toEqual(['manual ×1 success']);
  });
});
