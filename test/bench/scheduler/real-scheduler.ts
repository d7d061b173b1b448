import type { ScheduleInput } from '../../../contract/schedule.ts';
import { defaultSettings } from '../../../contract/settings.ts';
import { announcementsOf } from '../../../main/calls/announcements.ts';
import type { Context } from '../../../main/calls/context.ts';
import { createChanges, type Changes } from '../../../main/changes.ts';
import { systemClock, type Clock } from '../../../main/clock.ts';
import { openLog } from '../../../main/log.ts';
import { createScheduler, type Scheduler } from '../../../main/scheduler/scheduler.ts';
import type { RunJob, Runner } from '../../../main/scrape/runner.ts';
import { openDatabase } from '../../../main/store/database.ts';
import { raiseEpoch } from '../../../main/store/meta.ts';
import { insertSchedule, type StoredSchedule } from '../../../main/store/schedules.ts';
import { inTransaction, type Writer } from '../../../main/store/statement.ts';
import { plainSurroundings } from '../../../main/surroundings.ts';
import { aFolder, aSchedule } from '../../support/builders.ts';

/** The scheduler as a host has it: real clock, real SQLite file in FULL, real log, views made and told. */
export interface RealScheduler {
  readonly scheduler: Scheduler;
  readonly db: Writer;
  readonly folder: string;
  readonly changes: Changes;
  /** Takes the database away under it, as a crash would, and its folder: the process must end then. */
  leave(): void;
}

/** What a bench decides about its scheduler. */
export interface RealOptions {
  readonly schedules: readonly ScheduleInput[];
  readonly runner: Runner;
  /** How many runs may go on at once, on one host and in all: a bench may go beyond what users may set. */
  readonly concurrency: number;
  readonly clock?: Clock;
  /** Hears each commit of a transaction, right after it. */
  readonly onCommit?: (db: Writer) => void;
}

/** A runner that starts nothing: it hears of each start, and its runs go on until they are cancelled. */
export function recordingRunner(onStart: (job: RunJob) => void): Runner {
  return {
    start: (job) => {
      onStart(job);
      return { done: new Promise(() => undefined), stop: () => undefined, cancel: () => undefined };
    },
    stop: () => Promise.resolve(),
  };
}

/** Enters schedules into a database, as so many imports would have. */
export function enterSchedules(
  db: Writer,
  inputs: readonly ScheduleInput[],
  nowMs: number,
): readonly StoredSchedule[] {
  return inTransaction(db, () =>
    inputs.map((input) => insertSchedule(db, aSchedule(input), nowMs)),
  );
}

/** Calls back after every commit of this connection. */
function hearCommits(db: Writer, onCommit: (db: Writer) => void): void {
  const transaction = db.transaction.bind(db);
  Object.assign(db, {
    transaction: (work: () => unknown) => {
      const real = transaction(work);
      const immediate = (): unknown => {
        const result = real.immediate();
        onCommit(db);
        return result;
      };
      return { immediate };
    },
  });
}

/** Composes the scheduler over a new folder; its alarm is off until `scheduler.start()`. */
export function realScheduler(options: RealOptions): RealScheduler {
  const { path, remove } = aFolder();
  const db = openDatabase(path);
  const { clock = systemClock() } = options;
  const log = openLog(path);
  const epoch = inTransaction(db, () => raiseEpoch(db));
  const schedules = enterSchedules(db, options.schedules, clock.now());
  const { concurrency } = options;
  const settings = { ...defaultSettings, concurrency, runsPerHost: concurrency };
  const changes = createChanges('bench');
  // All that the scheduler's own announcements ask a host's context for.
  const context = (): Context => ({ db, clock, changes, scheduler }) as Context;
  const scheduler: Scheduler = createScheduler({
    ...{ db, clock, log, epoch, schedules },
    runner: options.runner,
    surroundings: plainSurroundings,
    settings: () => settings,
    profiles: () => new Map(),
    calendarsOf: () => [],
    retries: [],
    pause: null,
    announce: { ...announcementsOf(context), host: () => undefined, moved: () => undefined },
  });
  if (options.onCommit !== undefined) hearCommits(db, options.onCommit);
  return {
    ...{ scheduler, db, folder: path, changes },
    leave: () => {
      db.close();
      remove();
    },
  };
}
