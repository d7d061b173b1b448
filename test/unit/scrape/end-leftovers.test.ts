import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../main/clock.ts';
import { endLeftovers } from '../../../main/scrape/end-leftovers.ts';
import { aFolder } from '../../support/builders.ts';
import { openFaultSite, page, type FaultSite } from '../../support/fault-site.ts';
import { programPath } from '../../support/programs.ts';
import { anArgument, childrenOf, endSleepers, sleepers } from '../../support/sleepers.ts';
import type { UnrulyTask } from '../../support/unruly-host.ts';

const clock = systemClock();

let site: FaultSite;
let folder: ReturnType<typeof aFolder>;

beforeEach(async () => {
  folder = aFolder();
  site = await openFaultSite();
  site.at('/plain', page('<p>A'));
});

afterEach(async () => {
  await site.close();
  folder.remove();
});

interface Hanging {
  readonly host: ChildProcess;
  readonly child: number;
  /** The sleepers and the child that are alive. */
  readonly alive: () => readonly number[];
}

/** A host whose only child hangs in a loop, having started 50 sleepers that are nobody's. */
async function aHangingHost(): Promise<Hanging> {
  const argument = anArgument();
  const task: UnrulyTask = {
    urls: [site.url(`/sleepers-and-loop?${argument}`)],
    plainUrl: site.url('/plain'),
    timeoutMs: 60_000,
    memoryBytes: 512 * 1024 * 1024,
    dataFolder: folder.path,
  };
  const started = spawn(process.execPath, [programPath('unruly-host'), JSON.stringify(task)], {
    stdio: 'inherit',
  });
  onTestFinished(() => {
    started.kill('SIGKILL');
    endSleepers(argument);
  });
  await expect.poll(() => sleepers(argument).length, { timeout: 30_000 }).toBe(50);
  const [child = 0] = childrenOf(started.pid ?? 0);
  const alive = (): readonly number[] => [
    ...sleepers(argument),
    ...childrenOf(started.pid ?? 0),
    ...(isThere(child) ? [child] : []),
  ];
  return { host: started, child, alive };
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe.runIf(process.platform === 'linux')('scrape: a host that is gone', () => {
  it('leaves neither its child, which hangs, nor what that has started', async () => {
    const { host: started, alive } = await aHangingHost();
    started.kill('SIGKILL');
    await expect.poll(alive, { timeout: 5_000 }).toEqual([]);
  });

  it("has what even its children's watchdogs could not end found by the folder's next leader", async () => {
    const { host: started, child, alive } = await aHangingHost();
    process.kill(child, 'SIGSTOP');
    started.kill('SIGKILL');
    await once(started, 'exit');
    process.kill(child, 'SIGKILL');
    await expect.poll(alive, { timeout: 5_000 }).toHaveLength(50);
    const other = aFolder();
    expect(await endLeftovers(other.path, clock)).toBe(0);
    other.remove();
    expect(alive()).toHaveLength(50);
    expect(await endLeftovers(folder.path, clock)).toBe(50);
    expect(alive()).toEqual([]);
    expect(await endLeftovers(folder.path, clock)).toBe(0);
  });
});
