import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openFaultSite, page, silence, type FaultSite } from '../../support/fault-site.ts';
import { programPath } from '../../support/programs.ts';
import { anArgument, endSleepers, sleepers } from '../../support/sleepers.ts';
import type { UnrulyHost, UnrulyTask } from '../../support/unruly-host.ts';

const megabyte = 1024 * 1024;

let site: FaultSite;

beforeEach(async () => {
  site = await openFaultSite();
  site.at('/plain', page('<p>A'));
});

afterEach(async () => {
  await site.close();
});

/** Has a host of its own run scrapes that misbehave as their paths say, all at once. */
async function misbehave(
  paths: readonly string[],
  given: Partial<UnrulyTask> = {},
): Promise<UnrulyHost> {
  const task: UnrulyTask = {
    urls: paths.map((one) => site.url(one)),
    plainUrl: site.url('/plain'),
    timeoutMs: 60_000,
    memoryBytes: 512 * megabyte,
    ...given,
  };
  const { stdout } = await promisify(execFile)(process.execPath, [
    programPath('unruly-host'),
    JSON.stringify(task),
  ]);
  return JSON.parse(stdout) as UnrulyHost;
}

describe('scrape: scrapes that misbehave harm nobody', () => {
  it('ends one in an endless loop and one that is deaf, 5 s after their limit at most', async () => {
    for (const one of ['/loop', '/deaf']) site.at(one, silence);
    const { runs, grewBytes } = await misbehave(['/loop', '/deaf'], { timeoutMs: 3_000 });
    expect(runs.map(({ report }) => report.outcome)).toEqual(['timed-out', 'timed-out']);
    for (const { report } of runs) expect(report.durationMs).toBeLessThan(8_000);
    expect(grewBytes).toBeLessThan(20 * megabyte);
  });

  it('ends one that leaks, in the heap or beside it, 10 % over the cap at most', async () => {
    for (const one of ['/heap', '/buffers']) site.at(one, silence);
    const memoryBytes = 256 * megabyte;
    const { runs, grewBytes } = await misbehave(['/heap', '/buffers'], { memoryBytes });
    expect(runs.map(({ report }) => report.reason)).toEqual(['memory', 'memory']);
    for (const { childBytes, overForMs } of runs) {
      expect(childBytes).toBeLessThan(1.1 * memoryBytes);
      expect(overForMs ?? 0).toBeLessThan(3_000);
    }
    expect(grewBytes).toBeLessThan(20 * megabyte);
  });

  it('ends one that floods its parent, which grows no larger', async () => {
    for (const one of ['/messages', '/stderr']) site.at(one, silence);
    const { runs, grewBytes } = await misbehave(['/messages', '/stderr']);
    for (const { report } of runs) expect(report.message).toContain('said what it may not');
    expect(grewBytes).toBeLessThan(20 * megabyte);
  });

  it.runIf(process.platform === 'linux')(
    'leaves none of 50 detached sleepers, whether it ends well or is killed',
    async () => {
      const [argument, other] = [anArgument(), anArgument()];
      const well = `/sleepers?${argument}`;
      const killed = `/sleepers?${other}`;
      site.at(well, page('<p>A'));
      site.at(killed, silence);
      onTestFinished(() => {
        for (const one of [argument, other]) endSleepers(one);
      });
      const ended = misbehave([well, killed], { timeoutMs: 5_000 });
      await expect.poll(() => sleepers(other).length, { timeout: 30_000 }).toBe(50);
      const { runs } = await ended;
      expect(runs.map(({ report }) => report.outcome)).toEqual(['success', 'timed-out']);
      expect([sleepers(argument), sleepers(other)]).toEqual([[], []]);
    },
  );
});
