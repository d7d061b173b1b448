import { join } from 'node:path';
import type { CallName } from '../../contract/names.ts';
import { openLog, type Log } from '../../main/log.ts';
import { openForReading } from '../../main/store/database.ts';
import { auditOf } from '../support/audit-folder.ts';
import { seededRandom } from '../support/seed.ts';
import { openTestApp, type TestApp } from '../support/test-app.ts';
import { virtualClock, type VirtualClock } from '../support/virtual-clock.ts';
import { gauge, type Sample } from './gauge.ts';
import { somethingHappens } from './happenings.ts';
import { soakHours, soakSchedules } from './schedules.ts';
import { createSoakRunner } from './soak-runner.ts';
import { serveWindows } from './windows.ts';

/** How long history is kept: short, so that most of a soak is at its limit. */
const keepHistory = '3d';

const minute = 60_000;

/** What a soak is told. */
export interface SoakOptions {
  /** Its data folder, empty; what is left in it is the caller's. */
  readonly folder: string;
  /** After how many rings of the alarm it ends. */
  readonly ticks: number;
  readonly seed: number;
  /** How often it is measured. */
  readonly samples: number;
  readonly onSample: (sample: Sample) => void;
}

/** What came of a soak. */
export interface SoakReport {
  readonly samples: readonly Sample[];
  /** Rings of the alarm, virtual days, runs that started, events, windows opened. */
  readonly ticks: number;
  readonly days: number;
  readonly runs: number;
  readonly events: number;
  readonly windows: number;
  /** Places in the stream of events where one was missing. */
  readonly holes: number;
  /** What the log says of errors; empty as a rule. */
  readonly errors: readonly string[];
  /** What the audit of the ledger finds, and runs that lasted less than nothing. */
  readonly findings: readonly string[];
  readonly negativeDurations: number;
  /** Ended slots that retention should have removed, with a day's grace. */
  readonly overdue: number;
}

/**
 * A clock that counts the rings of the alarm: at each, and at nothing else that comes again, the
 * scheduler asks for the computer's zone.
 */
function countingClock(clock: VirtualClock): {
  readonly clock: VirtualClock;
  readonly ticks: () => number;
} {
  let ticks = 0;
  const zone = (): string => {
    ticks += 1;
    return clock.zone();
  };
  return { clock: { ...clock, zone }, ticks: () => ticks };
}

/** The real rotating log, whose errors are kept. */
function listeningLog(folder: string, errors: string[]): Log {
  const log = openLog(folder);
  return {
    ...log,
    error: (event, fields) => {
      errors.push(`${event} ${JSON.stringify(fields ?? {})}`);
      log.error(event, fields);
    },
  };
}

/** Counts the events of a client that stays subscribed, and the holes between them. */
function subscribe({ app }: TestApp): {
  readonly events: () => number;
  readonly holes: () => number;
} {
  let last = app.changes.revision().sequence;
  let events = 0;
  let holes = 0;
  app.changes.subscribe(({ revision, previous, value }) => {
    if (previous !== last) holes += 1;
    last = revision.sequence;
    // As a transport does: what can't be sent would be found here.
    events += JSON.stringify(value).length > 0 ? 1 : 0;
  });
  return { events: () => events, holes: () => holes };
}

/** What the ledger on the disk says, once nobody lives on it. */
function ledgerFacts(folder: string, untilMs: number) {
  const db = openForReading(folder);
  const count = (sql: string, ...values: number[]): number =>
    db
      .prepare<number[], number>(sql)
      .pluck()
      .get(...values) ?? 0;
  try {
    const graceMs = 4 * 24 * 60 * minute;
    return {
      negativeDurations: count('SELECT count(*) FROM runs WHERE duration_ms < 0'),
      overdue: count(
        "SELECT count(*) FROM slots WHERE state = 'ended' AND recorded_at < ?",
        untilMs - graceMs,
      ),
      runs: count("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'runs'"),
    };
  } finally {
    db.close();
  }
}

async function furnish(jackdaw: TestApp): Promise<void> {
  await jackdaw.call('changeSettings', { keepHistory });
  const text = JSON.stringify({ jackdaw: 1, hours: soakHours, schedules: soakSchedules });
  await jackdaw.call('importFile' satisfies CallName, { text });
}

/**
 * Lives through so many rings of the alarm on a virtual clock, with a real database and log: runs of
 * every outcome, windows over the loopback, edits, pauses, sleeps, clocks set, zones changed, backups
 * and retention.
 */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  const { folder, ticks, seed, onSample } = options;
  const random = seededRandom(seed);
  const dataFolder = join(folder, 'data');
  const counted = countingClock(virtualClock('2026-11-20T08:00:00Z'));
  const { clock } = counted;
  const errors: string[] = [];
  const jackdaw = await openTestApp({
    virtual: clock,
    dataFolder,
    log: listeningLog(dataFolder, errors),
    createRunner: () => createSoakRunner(clock, random),
  });
  await furnish(jackdaw);
  const stream = subscribe(jackdaw);
  const windows = await serveWindows(jackdaw.app, clock);
  jackdaw.app.start();

  const beganMs = performance.now();
  const firstMs = clock.monotonic();
  const samples: Sample[] = [];
  const scene = { jackdaw, windows, random };
  while (counted.ticks() < ticks) {
    await clock.advance(30 * minute);
    if (random() < 0.4) await somethingHappens(scene);
    if (counted.ticks() < ((samples.length + 1) * ticks) / options.samples) continue;
    await windows.closeAll();
    const sample = gauge(dataFolder, {
      ticks: counted.ticks(),
      seconds: (performance.now() - beganMs) / 1_000,
      timers: clock.pending(),
    });
    samples.push(sample);
    onSample(sample);
  }
  const days = (clock.monotonic() - firstMs) / (24 * 60 * minute);
  await windows.stop();
  const endedMs = clock.now();
  await jackdaw.app.stop();
  const facts = ledgerFacts(dataFolder, endedMs);
  return {
    samples,
    ticks: counted.ticks(),
    days,
    events: stream.events(),
    holes: stream.holes(),
    windows: windows.opened(),
    errors,
    findings: auditOf(dataFolder).findings.map(({ code, message }) => `${code}: ${message}`),
    ...facts,
  };
}
