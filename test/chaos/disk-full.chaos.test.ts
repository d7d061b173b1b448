import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openForReading } from '../../main/store/database.ts';
import { chaosWorld, type ChaosWorld } from '../support/chaos/chaos-world.ts';
import { runCommand } from '../support/chaos/commands.ts';
import type { ChaosHost } from '../support/chaos/host.ts';
import { sizeOf } from '../support/chaos/invariants.ts';
import { rounds, inRounds } from '../support/chaos/rounds.ts';
import { passing, until } from '../support/chaos/until.ts';
import { seed, seededRandom } from '../support/seed.ts';

const random = seededRandom(seed + 2);

/** Room for a database, its WAL and a log, and not for much more. */
const diskBytes = 6 * 1024 * 1024;

let world: ChaosWorld;
let mounted: boolean;

beforeEach(async () => {
  world = await chaosWorld();
  mounted = false;
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return;
  try {
    const size = `size=${String(diskBytes)},mode=0700`;
    execFileSync('mount', ['-t', 'tmpfs', '-o', size, 'tmpfs', world.folder], { stdio: 'pipe' });
    mounted = true;
  } catch {
    // A container may not be allowed to.
  }
});
afterEach(async ({ task }) => {
  const failed = task.result?.state === 'fail';
  try {
    if (failed && mounted)
      execFileSync('cp', ['-a', world.folder, path.join(world.folder, '..', 'kept')]);
  } finally {
    await world.tidy(failed, () => {
      if (mounted) execFileSync('umount', [world.folder]);
    });
  }
});

function ballast(): string {
  return path.join(world.folder, 'ballast');
}

/** Fills the disk to its last byte. */
function fill(): void {
  const file = openSync(ballast(), 'a');
  try {
    for (let size = 65_536; size >= 1;) {
      try {
        writeSync(file, Buffer.alloc(size));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
        size = Math.floor(size / 2);
      }
    }
  } finally {
    closeSync(file);
  }
}

function free(): void {
  rmSync(ballast(), { force: true });
}

function newestSuccess(): number {
  const db = openForReading(world.folder);
  try {
    const row = db
      .prepare<[], { run: number | null }>(
        "SELECT max(run) AS run FROM runs WHERE outcome = 'success'",
      )
      .get();
    return row?.run ?? 0;
  } finally {
    db.close();
  }
}

/** Whether a host says that nothing can be recorded. */
async function saysFull(host: ChaosHost): Promise<boolean> {
  const { host: view } = await host.call('getSnapshot', {});
  return view.troubles.some(({ code }) => code === 'disk-full');
}

describe(`chaos: a full disk (JACKDAW_SEED=${String(seed)})`, () => {
  it('is said in one sentence where nothing is there yet, and forgotten once there is space', async ({
    skip,
  }) => {
    skip(!mounted, 'a small disk can only be mounted by root');
    mkdirSync(world.folder, { recursive: true });
    fill();
    const { code, out, err } = await runCommand(['list', '--json'], world.folder);
    expect([code, JSON.parse(out)]).toEqual([1, expect.objectContaining({ code: 'disk-full' })]);
    expect(err.trimEnd().split('\n').length).toBe(1);
    free();
    expect(await runCommand(['list'], world.folder)).toMatchObject({ code: 0, err: '' });
  });

  it('lets a host that starts on it come up by itself once there is space', async ({ skip }) => {
    skip(!mounted, 'a small disk can only be mounted by root');
    const first = await world.back();
    await world.fill(first);
    await until(() => newestSuccess() > 0, 60_000, 'nothing runs');
    await first.end('SIGKILL');
    const before = sizeOf(world.folder);
    fill();
    const second = world.launch();
    await Promise.race([second.up.catch(() => undefined), passing(10_000)]);
    expect(sizeOf(world.folder).slots).toBeGreaterThanOrEqual(before.slots);
    free();
    const ended = second.process.exitCode !== null;
    const host = ended ? await world.back() : await second.up;
    const done = newestSuccess();
    await until(() => newestSuccess() > done, 60_000, 'nothing runs again');
    await world.check(host);
  });

  // A disk this small has room for the history of ten rounds and a little more.
  const disks = Array.from({ length: Math.ceil(rounds.fullDisk / 10) }, (_, disk) =>
    Math.min(10, rounds.fullDisk - 10 * disk),
  );
  it.for(disks)(
    'ends runs and pauses the scheduler, which goes on by itself, %i times',
    async (moments, { skip }) => {
      skip(!mounted, 'a small disk can only be mounted by root');
      const host = await world.back();
      await world.fill(host);
      await inRounds(
        'fullDisk',
        async (moment) => {
          await until(() => newestSuccess() > moment, 60_000, 'nothing runs');
          await passing(random() * 2_000);
          const before = sizeOf(world.folder);
          fill();
          // Until then the WAL has room left for what is due meanwhile.
          await until(() => saysFull(host), 60_000, 'the disk was not full');
          const full = sizeOf(world.folder);
          expect(full.slots).toBeGreaterThanOrEqual(before.slots);
          await passing(2_000);
          expect(host.process.exitCode).toBe(null);
          // A checkpoint may give the WAL its room again, and the host goes on by itself.
          expect(sizeOf(world.folder).slots).toBeGreaterThanOrEqual(full.slots);
          const done = newestSuccess();
          free();
          await until(() => newestSuccess() > done, 60_000, 'nothing runs again');
          await world.check(host);
        },
        moments,
      );
    },
  );
});
