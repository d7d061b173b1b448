import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openForReading } from '../../main/store/database.ts';
import { chaosWorld, type ChaosWorld } from '../support/chaos/chaos-world.ts';
import type { ChaosHost } from '../support/chaos/host.ts';
import { counted, rounds, inRounds } from '../support/chaos/rounds.ts';
import { passing, until } from '../support/chaos/until.ts';
import { seed, seededRandom } from '../support/seed.ts';

const random = seededRandom(seed + 1);

let world: ChaosWorld;
beforeEach(async () => {
  world = await chaosWorld(5);
});
afterEach(({ task }) => world.tidy(task.result?.state === 'fail'));

interface Attempt {
  readonly run: number;
  readonly outcome: string | null;
  readonly reason: string | null;
}

/** The attempts from this one on. */
function attemptsFrom(run: number): readonly Attempt[] {
  const db = openForReading(world.folder);
  try {
    return db
      .prepare<[number], Attempt>(
        'SELECT run, outcome, reason FROM runs WHERE run >= ? ORDER BY run',
      )
      .all(run);
  } finally {
    db.close();
  }
}

/** A child that carries a run out just now. */
async function victim(host: ChaosHost): Promise<{ readonly pid: number; readonly run: number }> {
  let found: { readonly pid: number; readonly run: number } | undefined;
  await until(
    () => {
      const going = attemptsFrom(1).filter(({ outcome }) => outcome === null);
      found = host.working.filter(({ run }) => going.some((one) => one.run === run)).at(-1);
      return found !== undefined;
    },
    60_000,
    'no child carries a run out',
  );
  if (found === undefined) throw new Error('no child');
  return found;
}

/** Kills a child at work. Answers its run. */
async function killOne(host: ChaosHost): Promise<number> {
  for (;;) {
    const { pid, run } = await victim(host);
    try {
      process.kill(pid, 'SIGKILL');
      return run;
    } catch {
      // It has just ended by itself; there will be another.
    }
  }
}

describe(`chaos: kill -9 of scrape children (JACKDAW_SEED=${String(seed)})`, () => {
  it(`is an outcome within 2 s and nobody else's affair, ${counted(rounds.children)} times`, async () => {
    const host = await world.back();
    await world.fill(host);
    const killed = new Map<number, Attempt | undefined>();
    await inRounds('children', async () => {
      await passing(random() * 300);
      const run = await killOne(host);
      await until(
        () => attemptsFrom(run)[0]?.outcome !== null,
        2_000,
        `run ${String(run)} has no outcome`,
      );
      killed.set(run, attemptsFrom(run)[0]);
    });
    for (const [run, attempt] of killed) {
      // One that had reported before the signal came is as good as it said.
      if (attempt?.outcome === 'success' || attempt?.reason === 'http-503') continue;
      expect(attempt).toEqual({ run, outcome: 'failed', reason: 'crash' });
    }
    const others = attemptsFrom(1).filter(
      ({ run, outcome }) => !killed.has(run) && outcome !== null,
    );
    expect(others.filter(({ reason }) => reason === 'crash')).toEqual([]);
    const crashed = [...killed.values()].filter((one) => one?.reason === 'crash');
    expect(crashed.length, 'most die at work').toBeGreaterThanOrEqual(rounds.children / 2);
    expect(host.process.exitCode).toBe(null);
    await world.check(host);
  });
});
