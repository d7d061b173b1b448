import process from 'node:process';
import { CronJob } from 'cron';
import { Cron } from 'croner';
import { schedule as scheduleWithNodeCron } from 'node-cron';
import { scheduleJob } from 'node-schedule';
import { auditOf } from '../../support/audit-folder.ts';
import { cpuMicros } from '../race.ts';
import { percentile } from '../statistics.ts';
import { dailyAt, schedulesWith, wallMs, zone } from './due.ts';
import { realScheduler, recordingRunner, type RealScheduler } from './real-scheduler.ts';

/** Who lets ten thousand things begin in one second. */
export type BurstContender =
  'timers' | 'claims' | 'starts' | 'croner' | 'node-cron' | 'cron' | 'node-schedule';

/** How one burst went. */
export interface Burst {
  /** Whether everything was set up in time; where not, nothing else counts. */
  readonly ready: boolean;
  readonly setUpMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** CPU of the thread from just before the due second until the last has begun. */
  readonly beginCpuMs: number;
  /** CPU until nothing has happened any more for two seconds: the next runs, and all that is told. */
  readonly cpuMs: number;
  /** Of the last to begin, how late it was. */
  readonly mostMs: number;
  readonly lost: number;
  readonly twice: number;
  /** What the audit of the ledger finds; 0 for those that have none. */
  readonly findings: number;
}

const [contender = '', countText = '', leadText = ''] = process.argv.slice(2);
const count = Number(countText);
const dueMs = Math.ceil((Date.now() + Number(leadText)) / 1_000) * 1_000;
const expression = dailyAt(dueMs);

/** The newest slot there was at a commit. */
interface Commit {
  readonly slot: number;
  readonly atMs: number;
}

const commits: Commit[] = [];
const lateness: number[] = [];
const begun = new Map<number, number>();
let heardAtMs = 0;
let begunCpuMicros = 0;

/** Something has begun: the number it goes by is counted once for each time. */
function ring(number: number, atMs = wallMs()): void {
  heardAtMs = atMs;
  lateness.push(atMs - dueMs);
  begun.set(number, (begun.get(number) ?? 0) + 1);
  if (begun.size === count && begunCpuMicros === 0) begunCpuMicros = cpuMicros();
}

function each(set: (number: number) => void): void {
  for (let number = 1; number <= count; number += 1) set(number);
}

const peers: Readonly<Record<string, () => void>> = {
  timers: () => {
    // A timer counts from when its turn of the loop began: a long turn's timers would ring too early.
    setTimeout(() => {
      const nowMs = Date.now();
      each((number) => setTimeout(() => ring(number), dueMs - nowMs));
    }, 0);
  },
  croner: () => {
    each((number) => new Cron(expression, { timezone: zone }, () => ring(number)));
  },
  'node-cron': () => {
    each((number) => scheduleWithNodeCron(expression, () => ring(number), { timezone: zone }));
  },
  cron: () => {
    each((number) =>
      CronJob.from({
        cronTime: expression,
        onTick: () => ring(number),
        start: true,
        timeZone: zone,
      }),
    );
  },
  'node-schedule': () => {
    each((number) => scheduleJob({ rule: expression, tz: zone }, () => ring(number)));
  },
};

/** The real scheduler; what counts is either the commit of each claim or the start of each run. */
function jackdaw(counts: 'claims' | 'starts'): RealScheduler {
  const real = realScheduler({
    schedules: schedulesWith(count, expression),
    concurrency: counts === 'claims' ? 3 : 2 * count,
    runner: recordingRunner(({ schedule }) => {
      if (counts === 'starts') ring(schedule);
    }),
    onCommit: (db) => {
      const row = db.prepare<[], Commit>('SELECT max(slot) AS slot FROM slots').get();
      if (counts === 'claims') commits.push({ slot: row?.slot ?? 0, atMs: wallMs() });
      if (row?.slot === count && begunCpuMicros === 0) begunCpuMicros = cpuMicros();
    },
  });
  // As with a window open: every view that is told is written out.
  real.changes.subscribe((event) => {
    heardAtMs = wallMs();
    JSON.stringify(event);
  });
  real.scheduler.start();
  return real;
}

/** Counts each slot at the first commit that held it. */
function countCommits({ db }: RealScheduler): void {
  const slots = db
    .prepare<[], { slot: number; schedule: number }>(
      'SELECT slot, schedule FROM slots ORDER BY slot',
    )
    .all();
  let index = 0;
  for (const { slot, schedule } of slots) {
    while ((commits[index]?.slot ?? Infinity) < slot) index += 1;
    const commit = commits[index];
    if (commit !== undefined) ring(schedule, commit.atMs);
  }
}

/** What the ledger itself says of the due second: schedules without a slot and its run, and with two. */
function inLedger({ db, folder }: RealScheduler): Pick<Burst, 'lost' | 'twice' | 'findings'> {
  const rows = db
    .prepare<[number], { rows: number; schedules: number }>(
      `SELECT count(*) AS rows, count(DISTINCT slots.schedule) AS schedules
       FROM slots JOIN runs USING (slot) WHERE slot_at = ?`,
    )
    .get(dueMs);
  const { rows: all = 0, schedules = 0 } = rows ?? {};
  const { total } = auditOf(folder, 'killed');
  return { lost: count - schedules, twice: all - schedules, findings: total };
}

const startedMs = performance.now();
const real = contender === 'claims' || contender === 'starts' ? jackdaw(contender) : null;
peers[contender]?.();
const setUpMs = performance.now() - startedMs;
const ready = Date.now() < dueMs - 500;
let cpu = process.cpuUsage();
let cpuBeforeMicros = 0;

function finish(): void {
  const { user, system } = process.cpuUsage(cpu);
  if (real !== null && contender === 'claims') countCommits(real);
  const counted = {
    lost: count - begun.size,
    twice: [...begun.values()].filter((times) => times > 1).length,
    findings: 0,
  };
  const burst: Burst = {
    ...{ ready, setUpMs },
    p50Ms: percentile(lateness, 0.5),
    p99Ms: percentile(lateness, 0.99),
    mostMs: percentile(lateness, 1),
    beginCpuMs: (begunCpuMicros - cpuBeforeMicros) / 1_000,
    cpuMs: (user + system) / 1_000,
    ...counted,
    ...(real === null ? {} : inLedger(real)),
  };
  process.stdout.write(`${JSON.stringify(burst)}\n`, () => {
    real?.leave();
    process.exit(0);
  });
}

/** Waits until all have begun and nothing has happened for two seconds; those that lose some are given ten. */
function look(): void {
  const quietMs = wallMs() - Math.max(heardAtMs, dueMs);
  if (quietMs > (begunCpuMicros > 0 ? 2_000 : 10_000)) finish();
  else setTimeout(look, 250);
}

if (ready)
  setTimeout(
    () => {
      cpu = process.cpuUsage();
      cpuBeforeMicros = cpuMicros();
      setTimeout(look, dueMs + 500 - Date.now());
    },
    dueMs - 200 - Date.now(),
  );
else finish();
