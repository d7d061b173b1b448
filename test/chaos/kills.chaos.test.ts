import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chaosWorld, type ChaosWorld } from '../support/chaos/chaos-world.ts';
import { sizeOf } from '../support/chaos/invariants.ts';
import { killPoints } from '../support/chaos/kill-points.ts';
import { counted, isShort, rounds, inRounds } from '../support/chaos/rounds.ts';
import { passing, until } from '../support/chaos/until.ts';
import { seed, seededRandom } from '../support/seed.ts';

const random = seededRandom(seed);

let world: ChaosWorld;
beforeEach(async () => {
  world = await chaosWorld();
});
afterEach(({ task }) => world.tidy(task.result?.state === 'fail'));

describe(`chaos: kill -9 of the host (JACKDAW_SEED=${String(seed)})`, () => {
  it(`loses nothing, doubles nothing and leaves nothing, ${counted(rounds.kills)} times`, async () => {
    let host = await world.back();
    await world.fill(host);
    await inRounds('kills', async () => {
      await passing(random() * 2_000);
      await host.end('SIGKILL');
      // One in four dies again in the middle of its start, recovery included.
      if (random() < 0.25) {
        const early = world.launch();
        await passing(random() * 1_500);
        early.process.kill('SIGKILL');
        await early.gone;
      }
      host = await world.back();
      await world.check(host);
    });
    expect(sizeOf(world.folder).slots).toBeGreaterThan(rounds.kills);
  });

  const points = isShort ? [killPoints[Math.floor(random() * killPoints.length)]] : killPoints;
  it.each(points)('loses nothing where it dies %s', async (point = 'before-row') => {
    for (const nth of isShort ? [3] : [1, 4]) {
      const host = await world.launch({ kill: { point, nth } }).up.catch(() => null);
      if (host !== null) {
        const { schedules } = await host.call('getSnapshot', {}).catch(() => ({ schedules: null }));
        if (schedules?.length === 0) await world.fill(host).catch(() => undefined);
        await until(() => host.process.signalCode !== null, 90_000, `${point} wasn't reached`);
      }
      const next = await world.back();
      await world.check(next);
      await passing(500);
      await next.end('SIGKILL');
      await world.check();
    }
  });
});
