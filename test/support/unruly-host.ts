import { readFileSync } from 'node:fs';
import { pageScrapeSchema } from '../../contract/scrape.ts';
import { systemClock } from '../../main/clock.ts';
import { createRunner } from '../../main/scrape/create-runner.ts';
import { forkLauncher } from '../../main/scrape/fork-launcher.ts';
import type { RunReport } from '../../main/scrape/runner.ts';
import { programPath } from './programs.ts';

/** What came of one unruly scrape. */
export interface UnrulyRun {
  readonly report: Pick<RunReport, 'outcome' | 'reason' | 'message' | 'durationMs'>;
  /** The most memory its child ever had, in bytes; 0 where the system doesn't tell. */
  readonly childBytes: number;
  /** From its passing the cap to its end; null where it never did. */
  readonly overForMs: number | null;
}

/** What `node test/support/unruly-host.ts` prints, as one JSON line. */
export interface UnrulyHost {
  readonly runs: readonly UnrulyRun[];
  /** How much the host's own resident memory grew at most. */
  readonly grewBytes: number;
}

/** What it is told, as JSON. */
export interface UnrulyTask {
  readonly urls: readonly string[];
  /** A page that is read without ado. */
  readonly plainUrl: string;
  readonly timeoutMs: number;
  readonly memoryBytes: number;
  readonly dataFolder?: string;
}

const task = JSON.parse(process.argv[2] ?? '') as UnrulyTask;
const { urls, plainUrl, timeoutMs, memoryBytes } = task;
const clock = systemClock();
const fork = forkLauncher(programPath('unruly-child'));
let launched = 0;
const runner = createRunner({
  clock,
  launch: (launch) => {
    const child = fork(launch);
    launched = child.pid ?? 0;
    return child;
  },
  pages: { get: () => null, put: () => undefined },
  robots: { get: () => null, put: () => undefined },
  hostGapMs: () => 0,
  userAgent: () => 'Jackdaw/0.0.0-test (+https://jackdaw.invalid)',
  spare: false,
  ...(task.dataFolder === undefined ? {} : { dataFolder: task.dataFolder }),
  limits: { memoryBytes },
});

/** The most resident memory a process ever had; 0 where it is gone or nobody tells. */
function peakBytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'latin1');
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

async function unruly(url: string): Promise<UnrulyRun> {
  const scrape = pageScrapeSchema.parse({ kind: 'page', url, items: 'p', fields: { a: {} } });
  const run = runner.start(
    { run: 1, schedule: 1, scrape, timeoutMs },
    { progress: () => undefined, log: () => undefined },
  );
  const pid = launched;
  let childBytes = 0;
  let overAtMs: number | null = null as number | null;
  const looking = setInterval(() => {
    childBytes = Math.max(childBytes, peakBytes(pid));
    if (childBytes > memoryBytes) overAtMs ??= clock.monotonic();
  }, 10);
  const { outcome, reason, message, durationMs } = await run.done;
  clearInterval(looking);
  const overForMs = overAtMs === null ? null : clock.monotonic() - overAtMs;
  return { report: { outcome, reason, message, durationMs }, childBytes, overForMs };
}

// What the first run loads is no growth.
await unruly(plainUrl);
const before = process.memoryUsage.rss();
let most = before;
const watching = setInterval(() => {
  most = Math.max(most, process.memoryUsage.rss());
}, 10);
const runs = await Promise.all(urls.map(unruly));
clearInterval(watching);
await runner.stop();
const printed: UnrulyHost = { runs, grewBytes: most - before };
console.log(JSON.stringify(printed));
