import { fork } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { ScheduleInput } from '../../../contract/schedule.ts';
import { createRunner } from '../../../main/scrape/create-runner.ts';
import { forkLauncher } from '../../../main/scrape/fork-launcher.ts';
import type { Runner, RunReport } from '../../../main/scrape/runner.ts';
import { openForReading } from '../../../main/store/database.ts';
import type { Writer } from '../../../main/store/statement.ts';
import { auditOf } from '../../support/audit-folder.ts';
import { aReport } from '../../support/builders.ts';
import { passing } from '../../support/chaos/until.ts';
import { percentile } from '../statistics.ts';
import { realHost, type RealHost } from './real-host.ts';
import { watchStatements } from './slow-statements.ts';

/** How late other schedules were, without and with busy neighbours, round by round. */
export interface Neighbours {
  readonly calm: readonly number[];
  readonly busy: readonly number[];
  readonly slots: number;
  /** Pages that were read in all busy phases. */
  readonly pages: number;
  /** How often the heavy reading of the history was done meanwhile. */
  readonly reads: number;
  /** The longest call of the store on the scheduler's thread: its CPU where the clock says more. */
  readonly longestStoreMs: number;
  readonly longestStoreSql: string;
  readonly findings: number;
}

const [historyText = '', secondsText = '', roundsText = ''] = process.argv.slice(2);
const history = Number(historyText);
const seconds = Number(secondsText);
const rounds = Number(roundsText);
const metronomes = 100;
const crawlers = 4;

const site = fork(fileURLToPath(new URL('neighbours-site.ts', import.meta.url)));
const port = await new Promise<number>((resolve) =>
  site.once('message', (value) => resolve(Number(value))),
);
const origin = `http://127.0.0.1:${String(port)}`;

function page(path: string, more: object = {}): ScheduleInput['scrape'] {
  const fields = { title: 'h2', price: { select: '.price', as: 'number' as const } };
  return { kind: 'page', url: `${origin}${path}`, items: 'article', fields, ...more };
}

const manual = { trigger: { kind: 'once', at: '2099-01-01T00:00' } } as const;
const schedules: readonly ScheduleInput[] = [
  ...Array.from({ length: metronomes }, (_, index) => ({
    id: `metronome-${String(index)}`,
    name: `Metronome ${String(index)}`,
    trigger: { kind: 'interval', every: '10s' } as const,
    scrape: page('/metronome'),
  })),
  ...Array.from({ length: crawlers }, (_, index) => ({
    id: `crawler-${String(index)}`,
    name: `Crawler ${String(index)}`,
    ...manual,
    scrape: page(`/crawl/${String(index)}/1`, { next: 'a[rel=next]', maxPages: 500 }),
  })),
  { id: 'hung', name: 'Hung', ...manual, timeout: '1h', scrape: page('/hung') },
];

/** A million runs of the metronomes' past, as a year of use leaves them. */
function fill(db: Writer, nowMs: number): void {
  db.prepare(
    `INSERT INTO runs (schedule, attempt, cause, state, outcome, recorded_at, started_at, ended_at,
       duration_ms, pages, epoch)
     WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < ?)
     SELECT 1 + n % ?, 1, 'manual', 'ended', iif(n % 30 = 0, 'failed', 'success'), ? - n * 2500,
       ? - n * 2500, ? - n * 2500 + 700, 700, 1, 1 FROM counted`,
  ).run(history, metronomes, nowMs, nowMs, nowMs);
}

/** Real children for the crawlers and what hangs; the metronomes' runs are over at once. */
function split(real: ReturnType<typeof createRunner>): ReturnType<typeof createRunner> {
  const start: Runner['start'] = (job, observer) => {
    if (!job.scrape.url.endsWith('/metronome')) return real.start(job, observer);
    const done = Promise.resolve<RunReport>(aReport({ durationMs: 1 }));
    return { done, stop: () => undefined, cancel: () => undefined };
  };
  return { ...real, start };
}

/** What a window may ask of the history: its chart, the longest list there is, and the figures of all. */
async function readHeavily(host: RealHost): Promise<void> {
  await host.call('listRunDays', {});
  await host.call('listRuns', { outcome: 'failed', limit: 1_000 });
  await host.call('getStatus', {});
}

const slow = watchStatements();
const bench = await realHost({
  schedules,
  prepare: fill,
  createRunner: (given) => split(createRunner({ ...given, launch: forkLauncher() })),
  environment: { JACKDAW_CONCURRENCY: '16', JACKDAW_RUNS_PER_HOST: '16' },
});
const { folder } = bench;
bench.host.start();

/** How late the metronomes' slots were claimed from an instant on, in milliseconds. */
function latenessSince(sinceMs: number): readonly number[] {
  const db = openForReading(folder);
  const rows = db
    .prepare<[number], { late: number }>(
      `SELECT recorded_at - slot_at AS late FROM slots WHERE recorded_at >= ? AND cause = 'slot'`,
    )
    .all(sinceMs);
  db.close();
  return rows.map(({ late }) => late);
}

let slots = 0;
let reads = 0;
let pages = 0;
const calm: number[] = [];
const busy: number[] = [];

function note(into: number[], sinceMs: number): void {
  const late = latenessSince(sinceMs);
  slots += late.length;
  into.push(percentile(late, 0.99));
}

async function beBusy(): Promise<void> {
  const untilMs = Date.now() + seconds * 1_000;
  for (let index = 0; index < crawlers; index += 1)
    await bench.call('startRun', { id: `crawler-${String(index)}` });
  while (Date.now() < untilMs) {
    await readHeavily(bench);
    reads += 1;
    await passing(250);
  }
}

// The first slots find everything cold.
await passing(12_000);
slow.begin();
for (let round = 0; round < rounds; round += 1) {
  const calmMs = Date.now();
  await passing(seconds * 1_000);
  note(calm, calmMs);
  const { run } = await bench.call('startRun', { id: 'hung' });
  const busyMs = Date.now();
  await beBusy();
  note(busy, busyMs);
  await bench.call('cancelRun', { run: run ?? 0 });
  for (let index = 0; index < crawlers; index += 1) {
    const id = `crawler-${String(index)}`;
    for (;;) {
      const [entry] = (await bench.call('listRuns', { id, limit: 1 })).entries;
      if (entry?.outcome !== null) {
        pages += entry?.counts?.pages ?? 0;
        break;
      }
      await passing(250);
    }
  }
}
const { ms: longestStoreMs, sql: longestStoreSql } = slow.longest();
const { total: findings } = auditOf(folder, 'killed');
const found: Neighbours = {
  calm,
  busy,
  slots,
  pages,
  reads,
  longestStoreMs,
  longestStoreSql,
  findings,
};
process.stdout.write(`${JSON.stringify(found)}\n`);
site.kill();
await bench.stop();
process.exit(0);
