import { existsSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openForReading } from '../../main/store/database.ts';
import { auditOf } from '../support/audit-folder.ts';
import { chaosWorld, type ChaosWorld } from '../support/chaos/chaos-world.ts';
import type { ChaosHost } from '../support/chaos/host.ts';
import { isShort } from '../support/chaos/rounds.ts';
import { passing, until } from '../support/chaos/until.ts';

/** How much faster than the real one the world's clock runs; a step of the system's clock grows with it. */
const speed = 20;

/** A tick takes less than 50 ms; it may start three children, and the machine may be busy with others. */
const tickMs = 100;

let world: ChaosWorld;
beforeEach(async () => {
  world = await chaosWorld(speed);
});
afterEach(({ task }) => world.tidy(task.result?.state === 'fail'));

interface Row {
  readonly id: string;
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly coalesced: number;
  readonly cause: string;
}

function query(sql: string, ...values: readonly unknown[]): readonly unknown[] {
  const db = openForReading(world.folder);
  try {
    return db.prepare(sql).all(...values);
  } finally {
    db.close();
  }
}

/** The rows entered after this one, without those of the chain. */
function rowsAfter(slot: number): readonly Row[] {
  return query(
    `SELECT id, outcome, reason, coalesced, cause FROM slots JOIN schedules ON number = schedule
     WHERE slot > ? AND cause <> 'chain' ORDER BY slot`,
    slot,
  ) as readonly Row[];
}

function newestSlot(): number {
  const [newest] = query('SELECT max(slot) AS slot FROM slots');
  return (newest as { readonly slot: number | null }).slot ?? 0;
}

/** A host with its schedules that has run a little. */
async function grownHost(env: Readonly<Record<string, string>> = {}): Promise<ChaosHost> {
  const host = await world.back({ env, watchThread: true });
  await world.fill(host);
  await until(() => newestSlot() >= 8, 60_000, 'nothing is on record');
  return host;
}

/** Ten seconds are 200 here: some twenty slots of `latest`. */
const sleepMs = isShort ? 5_000 : 10_000;

describe('chaos: a suspended host', () => {
  it('accounts for every slot it slept over, as each policy says', async () => {
    const host = await grownHost();
    const before = newestSlot();
    host.process.kill('SIGSTOP');
    await passing(sleepMs);
    host.process.kill('SIGCONT');
    await until(() => rowsAfter(before).some(({ id }) => id === 'skip'), 30_000, 'it sleeps on');
    const rows = rowsAfter(before);
    const slept = rows.filter(({ coalesced }) => coalesced >= 4);
    const due = Math.floor((sleepMs * speed) / 10_000);
    expect(slept.find(({ id }) => id === 'latest')?.coalesced).toBeGreaterThanOrEqual(due - 1);
    expect(rows.find(({ id, coalesced }) => id === 'skip' && coalesced > 1)).toMatchObject({
      outcome: 'missed',
      reason: 'asleep',
    });
    const caughtUp = rows.filter(({ id, cause }) => id === 'all' && cause === 'catch-up');
    expect(caughtUp.length).toBeGreaterThanOrEqual(due / 2 - 2);
    await world.check(host);
  });
});

/** The library that shows a process another time; null where it isn't installed. */
function fakeTimeLibrary(): string | null {
  const folders = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib'];
  const found = folders
    .map((folder) => path.join(folder, 'faketime', 'libfaketime.so.1'))
    .find((file) => existsSync(file));
  return found ?? null;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const steps = [
  ['an hour on', hour],
  ['five years on', 5 * 365 * day + day],
  ['a minute back', -minute],
  ['an hour back', -hour],
  ['a day back', -day],
] as const;

/** What needs a library of its own, and minutes, isn't in the short form. */
function settingTheClock(): void {
  it.for(steps)('%s', async ([, byMs], { skip }) => {
    const library = fakeTimeLibrary();
    if (library === null) {
      skip('libfaketime isn’t installed');
      return;
    }
    const file = path.join(world.folder, '..', 'time');
    const set = (seconds: number): void => {
      // Whole or not at all: the host reads it at every look at the clock.
      writeFileSync(`${file}.new`, `${seconds < 0 ? '' : '+'}${seconds.toFixed(3)}\n`);
      renameSync(`${file}.new`, file);
    };
    set(0);
    const host = await grownHost({
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      DONT_FAKE_MONOTONIC: '1',
    });
    const before = newestSlot();
    host.busiestMs();
    set(byMs / speed / 1_000);
    // The alarm looks at least every 30 s, which are 1.5 here.
    await passing(4_000);
    expect(host.busiestMs(), 'no long tick').toBeLessThan(tickMs);
    expect(host.process.exitCode).toBe(null);
    await until(() => rowsAfter(before).length > 0, 30_000, 'nothing runs any more');
    expect(auditOf(world.folder, 'killed').findings).toEqual([]);
    const twice = query(
      `SELECT slot FROM runs WHERE slot IS NOT NULL AND started_at IS NOT NULL
       GROUP BY slot, attempt HAVING count(*) > 1`,
    );
    expect(twice).toEqual([]);
    expect(query('SELECT run FROM runs WHERE duration_ms < 0')).toEqual([]);
    // One row, not a flood: at most the hundred that `all` catches up with.
    expect(rowsAfter(before).length).toBeLessThan(250);
  });
}

if (!isShort) describe('chaos: the system’s clock is set while a host runs', settingTheClock);
