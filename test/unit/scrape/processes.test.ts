import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pageScrapeSchema, type PageScrape } from '../../../contract/scrape.ts';
import { systemClock } from '../../../main/clock.ts';
import {
  createRunner,
  type RunnerParts,
  type ScrapeRunner,
} from '../../../main/scrape/create-runner.ts';
import { forkLauncher } from '../../../main/scrape/fork-launcher.ts';
import type { ActiveRun, KeptPage, KeptRobots } from '../../../main/scrape/runner.ts';
import { aFolder } from '../../support/builders.ts';
import {
  openFaultSite,
  page,
  silence,
  taggedPage,
  type FaultSite,
} from '../../support/fault-site.ts';
import { programPath } from '../../support/programs.ts';

let site: FaultSite;
let runner: ScrapeRunner;
let pids: number[];
/** What children have said, with the number of the child. */
let said: string[];

/** A runner with real children, whose process ids the test knows. */
function aRunner(parts: Partial<RunnerParts> = {}): ScrapeRunner {
  const pages = new Map<string, KeptPage>();
  const robots = new Map<string, KeptRobots>();
  const fork = forkLauncher(programPath('scrape-child'));
  return createRunner({
    clock: systemClock(),
    launch: (launch) => {
      const child = fork(launch);
      if (child.pid !== undefined) pids.push(child.pid);
      const number = pids.length;
      return {
        ...child,
        onMessage: (listener) => {
          child.onMessage((message) => {
            said.push(`${(message as { type: string }).type} ${String(number)}`);
            listener(message);
          });
        },
      };
    },
    pages: {
      get: (schedule, url) => pages.get(`${String(schedule)} ${url}`) ?? null,
      put: (schedule, url, kept) => {
        pages.set(`${String(schedule)} ${url}`, kept);
      },
    },
    robots: {
      get: (origin) => robots.get(origin) ?? null,
      put: (origin, kept) => {
        robots.set(origin, kept);
      },
    },
    hostGapMs: () => 60_000,
    userAgent: () => 'Jackdaw/0.0.0-test (+https://jackdaw.invalid)',
    spare: false,
    ...parts,
  });
}

beforeEach(async () => {
  pids = [];
  said = [];
  site = await openFaultSite();
  runner = aRunner();
});

afterEach(async () => {
  await runner.stop();
  await site.close();
});

function aScrape(scrape: Record<string, unknown> = {}): PageScrape {
  return pageScrapeSchema.parse({
    kind: 'page',
    url: site.url('/'),
    items: 'p',
    fields: { id: { attr: 'id' }, text: {} },
    key: 'id',
    ...scrape,
  });
}

function start(scrape: PageScrape, timeoutMs = 30_000): ActiveRun & { readonly lines: string[] } {
  const lines: string[] = [];
  const run = runner.start(
    { run: 1, schedule: 1, scrape, timeoutMs },
    { progress: () => undefined, log: (_level, message) => lines.push(message) },
  );
  return { ...run, lines };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits until none of these processes is there. */
async function allGone(all: readonly number[]): Promise<void> {
  await expect.poll(() => all.filter(isAlive), { timeout: 5000, interval: 50 }).toEqual([]);
}

/** How many children are killed. */
const rounds = Number(process.env['JACKDAW_ROUNDS'] ?? 5);
const unhurried = { timeout: 60_000 + rounds * 2_000 };

/** A pattern that takes longer than the world exists, on the right text. */
const greedy = { pattern: '(a+)+$' };
const bait = `<p id=x>${'a'.repeat(60)}!`;

describe('scrape/child: a run in a process of its own', () => {
  it('reads two pages, and the second time has them answered 304', async () => {
    site.at('/', taggedPage('<p id=a>Ä<p id=b>B<a href=2>next</a>', '"1"'));
    site.at('/2', taggedPage('<p id=c>C', '"2"'));
    const scrape = aScrape({ next: 'a', fields: { id: { attr: 'id' } } });
    const first = await start(scrape).done;
    const second = await start(scrape).done;
    const whole = {
      outcome: 'success',
      reason: null,
      message: null,
      network: false,
      retryable: false,
      retryAfterMs: null,
      records: [{ id: 'a' }, { id: 'b' }, { id: 'c' }],
      pages: 2,
      notModified: 0,
      bytes: first.bytes,
      durationMs: first.durationMs,
    };
    expect(first).toEqual(whole);
    expect(first.bytes).toBe(46);
    expect(second).toEqual({ ...whole, notModified: 2, durationMs: second.durationMs });
    expect(site.requests.filter(({ path: one }) => one === '/robots.txt')).toHaveLength(1);
    await allGone(pids);
  });

  it('is ended at its deadline in an endless computation, and the next run is not held up', async () => {
    site.at('/', page(bait));
    site.at('/fine', page('<p id=a>A'));
    const hung = start(aScrape({ fields: { id: { attr: 'id' }, text: greedy } }), 1000);
    const fine = start(aScrape({ url: site.url('/fine') }));
    expect((await fine.done).outcome).toBe('success');
    const report = await hung.done;
    expect([report.outcome, report.reason]).toEqual(['timed-out', 'deadline']);
    expect(report.durationMs).toBeGreaterThanOrEqual(1000);
    expect(report.durationMs).toBeLessThan(6000);
    await allGone(pids);
  });

  it('is ended at its deadline where the server never answers', async () => {
    site.at('/', silence);
    const report = await start(aScrape(), 1000).done;
    expect([report.outcome, report.retryable]).toEqual(['timed-out', true]);
    expect(report.durationMs).toBeLessThan(6000);
  });

  it('is cancelled at once where it waits', async () => {
    site.at('/', silence);
    const run = start(aScrape());
    await site.asked('/');
    run.cancel();
    const report = await run.done;
    expect(report.outcome).toBe('cancelled');
    await allGone(pids);
  });

  it('stops as the hours close: the page it is at is read, no other is asked for', async () => {
    let finish: () => void = () => undefined;
    site.at('/', page('<p id=a>A<a href=2>next</a>'));
    site.at('/2', (request, response) => {
      finish = () => {
        page('<p id=b>B<a href=3>next</a>')(request, response);
      };
    });
    site.at('/3', page('<p id=c>C'));
    const run = start(aScrape({ next: 'a', fields: { id: { attr: 'id' } } }));
    await site.asked('/2');
    run.stop();
    finish();
    const report = await run.done;
    expect([report.outcome, report.reason]).toEqual(['partial', 'closed']);
    expect(report.records).toEqual([{ id: 'a' }, { id: 'b' }]);
    expect(site.paths()).toEqual(['/', '/2']);
    await allGone(pids);
  });

  it('gives up waiting for another as the hours close', async () => {
    site.at('/robots.txt', silence);
    const fetching = start(aScrape());
    await site.asked('/robots.txt');
    const waiting = start(aScrape());
    await expect.poll(() => said, { timeout: 20_000 }).toContain('robots 2');
    waiting.stop();
    const report = await waiting.done;
    expect([report.outcome, report.reason, report.pages]).toEqual(['partial', 'closed', 0]);
    fetching.cancel();
    await fetching.done;
  });

  it('is failed and may be tried again where its process is killed, and keeps what was read', async () => {
    site.at('/', page('<p id=a>A<a href=2>next</a>'));
    site.at('/2', silence);
    const run = start(aScrape({ next: 'a', fields: { id: { attr: 'id' } } }));
    await site.asked('/2');
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    const report = await run.done;
    expect([report.outcome, report.reason, report.retryable]).toEqual(['failed', 'crash', true]);
    expect(report.message).toContain('SIGKILL');
    expect(report.records).toEqual([{ id: 'a' }]);
  });

  it(
    'is failed within 2 s whenever its process is killed, and its neighbour is not',
    unhurried,
    async () => {
      const clock = systemClock();
      site.at('/', silence);
      site.at('/fine', page('<p id=a>A'));
      for (let round = 0; round < rounds; round += 5) {
        const atOnce = Math.min(5, rounds - round);
        const killedAtMs: number[] = [];
        const before = pids.length;
        const victims = Array.from({ length: atOnce }, () => start(aScrape()));
        pids.slice(before).forEach((pid, index) => {
          // From before its program is read to the middle of its work.
          clock.after(((round + index) * 397) % 2_000, () => {
            killedAtMs[index] = clock.monotonic();
            process.kill(pid, 'SIGKILL');
          });
        });
        const neighbour = start(aScrape({ url: site.url('/fine') }));
        const ends = victims.map(async ({ done }, index) => {
          const { outcome, reason, message } = await done;
          expect(clock.monotonic() - (killedAtMs[index] ?? 0)).toBeLessThan(2_000);
          return [outcome, reason, message];
        });
        const crash = ['failed', 'crash', "The scrape's process ended by itself (signal SIGKILL)."];
        expect(await Promise.all(ends)).toEqual(Array(atOnce).fill(crash));
        expect((await neighbour.done).outcome).toBe('success');
      }
      await allGone(pids);
    },
  );

  it('is failed where it takes more memory than it may, and nobody else is', async () => {
    await runner.stop();
    runner = aRunner({ limits: { memoryBytes: 200 * 1024 * 1024 } });
    const wide = '<b>x</b>'.repeat(30_000);
    site.at('/', page(`<div>${`<p>${wide}</p>`.repeat(60)}</div>`));
    const report = await start(aScrape({ items: 'b', key: undefined })).done;
    expect([report.outcome, report.reason, report.retryable]).toEqual(['failed', 'memory', false]);
    await allGone(pids);
  });

  it('says what happened where the program of the child cannot be started', async () => {
    await runner.stop();
    runner = aRunner({ launch: forkLauncher('/nowhere/child.ts') });
    const report = await start(aScrape()).done;
    expect([report.outcome, report.reason]).toEqual(['failed', 'crash']);
    expect(report.message).toContain('Cannot find module');
  });

  it('lets no password of an address into rows, log and message', async () => {
    site.at('/', page('<p id=a><a href=2>next</a>'));
    const url = site.url('/#top').replace('http://', 'http://bob:canary@');
    const fields = { link: { select: 'a', attr: 'href' } };
    const run = start(aScrape({ url, fields, next: 'a', key: undefined }));
    const report = await run.done;
    expect(report.records).toEqual([{ link: site.url('/2') }]);
    expect(report.message).toContain(`${site.url('/2')} answered 404.`);
    expect(JSON.stringify([report, run.lines])).not.toContain('canary');
  });

  it('is ended with all that it has started', async () => {
    const folder = aFolder();
    const program = path.join(folder.path, 'child.mjs');
    writeFileSync(
      program,
      `import { spawn } from 'node:child_process';
       const forever = ['-e', 'setInterval(() => {}, 1000)'];
       const pids = Array.from({ length: 5 }, () => spawn(process.execPath, forever).pid);
       process.on('message', () => {});
       process.send({ pids });`,
    );
    await runner.stop();
    const fork = forkLauncher(program);
    let started: readonly number[] = [];
    runner = aRunner({
      launch: (launch) => {
        const child = fork(launch);
        return {
          ...child,
          onMessage: (listener) => {
            child.onMessage((message) => {
              started = (message as { pids: number[] }).pids;
              listener(message);
            });
          },
        };
      },
    });
    const report = await start(aScrape()).done;
    expect([report.reason, started.length]).toEqual(['crash', 5]);
    await allGone(started);
    folder.remove();
  });

  it('gives its child no secret of its own environment', async () => {
    process.env['JACKDAW_SECRET_CANARY'] = 'canary';
    site.at('/', silence);
    const run = start(aScrape());
    await site.asked('/');
    delete process.env['JACKDAW_SECRET_CANARY'];
    if (process.platform === 'linux') {
      const environment = readFileSync(`/proc/${String(pids[0])}/environ`, 'utf8');
      expect(environment).toContain('PATH=');
      expect(environment).not.toContain('canary');
    }
    run.cancel();
    await run.done;
  });
});

describe('scrape/child: a parent that is gone', () => {
  /** Starts a host and reads the process ids of its children. */
  async function aHost(
    what: string,
  ): Promise<{ readonly host: ReturnType<typeof spawn>; readonly children: readonly number[] }> {
    const started = spawn(process.execPath, [programPath('scrape-host'), what], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(started.stdout, 'data')) as [Buffer];
    return {
      host: started,
      children: JSON.parse(line.toString().split('\n')[0] ?? '') as number[],
    };
  }

  it('leaves no child after a kill -9, though one is in an endless computation', async () => {
    site.at('/', page('<p id=a>A<a href=2>next</a>'));
    site.at('/2', page(bait));
    const scrape = aScrape({
      next: 'a',
      fields: { id: { attr: 'id' }, text: { ...greedy, required: false } },
    });
    const spinning = site.asked('/2');
    const { host: started, children } = await aHost(JSON.stringify(scrape));
    await spinning;
    expect(children.map(isAlive)).toEqual([true, true]);
    started.kill('SIGKILL');
    await allGone(children);
  });

  it('is not kept alive by its spare, which goes with it', async () => {
    const { host: started, children } = await aHost('idle');
    const [code] = (await once(started, 'exit')) as [number];
    expect([code, children.length]).toEqual([0, 1]);
    await allGone(children);
  });
});
