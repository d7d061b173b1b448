import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { CallName } from '../contract/names.ts';
import type { HostView, Leader } from '../contract/views.ts';
import { durationMs, toInstant } from '../contract/time.ts';
import { RefusedError } from '../contract/result.ts';
import { announcementsOf } from './calls/announcements.ts';
import { readCalendars } from './calls/calendars.ts';
import type { Calls } from './calls/calls.ts';
import type { Context, Desktop, Restart } from './calls/context.ts';
import { createCalls } from './calls/dispatch.ts';
import { createHandlers } from './calls/handlers.ts';
import { hoursViews } from './calls/hours.ts';
import { serveSample } from './calls/sample.ts';
import { pauseView } from './calls/schedule-view.ts';
import { openSettings } from './calls/settings-desk.ts';
import { createCalendars } from './calendars/calendars.ts';
import { createZoneWatch, type ZoneWatch } from './calls/zone-watch.ts';
import { createChanges, relayChanges, type Changes } from './changes.ts';
import type { Clock } from './clock.ts';
import { logFolder, openLog, type Log } from './log.ts';
import { createSampleServer } from './sample/sample-server.ts';
import { zoneDataVersion } from './schedule/zone-data.ts';
import { recover } from './scheduler/recover.ts';
import { pauseMeta } from './scheduler/pauses.ts';
import { createScheduler, type Scheduler } from './scheduler/scheduler.ts';
import type { RunnerParts, ScrapeRunner } from './scrape/create-runner.ts';
import type { CopyDatabase } from './store/copy-database.ts';
import { databasePath, storeRefusal } from './store/database.ts';
import { listHours } from './store/hours.ts';
import { createKeeper } from './store/keeper.ts';
import { takeLead } from './store/leader-lock.ts';
import { raiseEpoch, readMeta } from './store/meta.ts';
import { closeCleanly, openChecked } from './store/open-checked.ts';
import { readPage, writePage } from './store/pages.ts';
import { readRobots, writeRobots } from './store/robots.ts';
import { listSchedules, purgeDeleted, type StoredPause } from './store/schedules.ts';
import { inTransaction, type Writer } from './store/statement.ts';
import { copyOnThread } from './store/thread-copy.ts';
import type { SystemZones } from './zones/system-zones.ts';

/** How long a deleted schedule can be brought back. */
const undeleteMs = durationMs('1d');

/** What an entry decides; everything else is composed from it. */
export interface AppOptions {
  readonly host: Leader['host'];
  readonly version: string;
  /** The data folder; made if it is missing. */
  readonly dataFolder: string;
  readonly clock: Clock;
  /** Builds the runner from the parts the app provides: how its children start is the entry's affair. */
  readonly createRunner: (parts: Omit<RunnerParts, 'launch'>) => ScrapeRunner;
  /** The operating system's own opinion of time zones. */
  readonly systemZones: SystemZones;
  readonly desktop: Desktop | null;
  /** Settings given on the command line and by JACKDAW_… variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Copies databases; left out: on a thread of its own. */
  readonly copy?: CopyDatabase;
  /** Where the log goes; left out: the rotating file in the data folder. */
  readonly log?: Log;
}

/** Jackdaw without a face: its calls, its changes, and its scheduler once started. */
export interface App {
  readonly calls: Calls;
  readonly changes: Changes;
  readonly leader: Leader;
  readonly log: Log;
  /** Arms the scheduler. Only `serve` and the desktop app do so. */
  start(): void;
  /** Looks at the clock now: the computer has woken, or was unlocked. */
  wake(): void;
  /** Ends runs, writes what is open, closes the database and gives the lead up. */
  stop(): Promise<void>;
}

/** Raised where another process leads the data folder. */
export class NotLeaderError extends RefusedError {
  constructor(dataFolder: string) {
    super('not-leader', `Another Jackdaw leads ${dataFolder}; this one does nothing.`);
    this.name = 'NotLeaderError';
  }
}

/** Makes a folder and those above it. One by one: Node's own `recursive` never returns below /proc. */
function makeFolders(folder: string): void {
  if (existsSync(folder)) return;
  makeFolders(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

function makeDataFolder(dataFolder: string): void {
  try {
    makeFolders(resolve(dataFolder));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw storeRefusal(error, dataFolder);
    throw new RefusedError(
      'read-only',
      `The data folder ${dataFolder} can't be made here; name another with --data-dir.`,
    );
  }
}

/** Takes the database over: raises its epoch, settles its predecessor's leftovers, reads the schedules. */
function takeOver(options: AppOptions, log: Log, db: Writer) {
  const nowMs = options.clock.now();
  const epoch = inTransaction(db, () => raiseEpoch(db));
  const { interrupted, missed, retries } = recover(db, nowMs);
  purgeDeleted(db, nowMs - undeleteMs);
  const { schedules, unreadable } = listSchedules(db);
  log.info('leader acquired', { host: options.host, pid: process.pid, epoch });
  if (interrupted + missed > 0) log.warn('recovered', { interrupted, missed });
  for (const { id, message } of unreadable) log.error('schedule set aside', { id, message });
  return { epoch, retries, schedules };
}

function storedPause(db: Writer): StoredPause | null {
  const text = readMeta(db, pauseMeta);
  return text === null ? null : (JSON.parse(text) as StoredPause);
}

function hostViewOf(
  options: AppOptions,
  leader: Leader,
  scheduler: Scheduler,
  zones: ZoneWatch,
  asked: boolean,
): HostView {
  const { desktop, dataFolder } = options;
  const facts = scheduler.facts();
  const loginItem = desktop !== null && desktop.loginItem !== null;
  return {
    leader,
    running: facts.running,
    pause: pauseView(facts.pause),
    version: options.version,
    timezone: facts.zone,
    tz: zoneDataVersion(),
    zones: zones.view(),
    dataFolder,
    logFolder: logFolder(dataFolder),
    abilities: { tray: desktop?.tray ?? false, loginItem, openFolder: desktop !== null },
    askStartAtLogin: loginItem && desktop.installed && !asked,
  };
}

function compose(
  options: AppOptions,
  log: Log,
  db: Writer,
  restart: Restart,
): { readonly app: App; readonly open: () => Promise<void> } {
  const { clock, dataFolder, copy = copyOnThread } = options;
  const { epoch, retries, schedules } = takeOver(options, log, db);
  const settings = openSettings(db, options.environment);
  const changes = createChanges(`${toInstant(clock.now())} ${String(epoch)}`);
  const leader: Leader = {
    host: options.host,
    pid: process.pid,
    version: options.version,
    since: toInstant(clock.now()),
  };
  const runner = options.createRunner({
    clock,
    pages: {
      get: (schedule, url) => readPage(db, schedule, url),
      put: (schedule, url, page) => {
        writePage(db, schedule, url, page);
      },
    },
    robots: {
      get: (origin) => readRobots(db, origin),
      put: (origin, robots) => {
        writeRobots(db, origin, robots);
      },
    },
    hostGapMs: () => durationMs(settings.current().hostGap),
    userAgent: () => `Jackdaw/${options.version} (+${settings.current().contact})`,
    spare: options.host !== 'command',
  });
  const calendars = createCalendars(clock, log);
  const scheduler = createScheduler({
    db,
    clock,
    runner,
    log,
    epoch,
    schedules,
    retries,
    pause: storedPause(db),
    settings: () => settings.current(),
    profiles: () => new Map(listHours(db).map((profile) => [profile.id, profile])),
    calendarsOf: (closed) => calendars.of(closed),
    announce: announcementsOf(() => context),
  });
  const sample = createSampleServer(clock);
  const zones = createZoneWatch({
    db,
    clock,
    log,
    changes,
    systemZones: options.systemZones,
    entries: () => scheduler.book.all(),
    zone: () => scheduler.facts().zone,
    usualZone: () => settings.current().timezone,
    tellHost: () => {
      changes.publish('host', context.hostView());
    },
  });
  const keeper = createKeeper({
    db,
    dataFolder,
    clock,
    log,
    copy,
    keepHistoryMs: () => durationMs(settings.current().keepHistory),
    undeleteMs,
  });
  const context: Context = {
    db,
    clock,
    changes,
    log,
    scheduler,
    settings,
    tryPage: (scrape, how) => runner.tryPage(scrape, how),
    calendars,
    sample,
    zones,
    keeper,
    copy,
    restart,
    desktop: options.desktop,
    leader,
    dataFolder,
    hostView: () =>
      hostViewOf(options, leader, scheduler, zones, settings.current().startAtLogin !== null),
  };
  const calls = createCalls(createHandlers(context), log, (error) =>
    storeRefusal(error, databasePath(dataFolder)),
  );
  const app: App = {
    calls,
    changes,
    leader,
    log,
    start: () => {
      runner.warm();
      zones.start();
      scheduler.start();
      keeper.start();
      changes.publish('host', context.hostView());
      changes.publish('hours', hoursViews(context));
    },
    wake: () => {
      scheduler.wake();
    },
    stop: async () => {
      zones.stop();
      await scheduler.stop();
      await keeper.stop();
      await runner.stop();
      await sample.stop();
      await calendars.stop();
      try {
        recover(db, clock.now());
      } catch (error) {
        // Locked by another program, or no room: the next leader's start settles it.
        log.warn('not settled', { error: String(error) });
      }
      closeCleanly(db);
      log.info('leader lost', { reason: 'stopped' });
    },
  };
  const open = async (): Promise<void> => {
    await readCalendars(context);
    await serveSample(db, scheduler, sample);
  };
  return { app, open };
}

/** Opens the database and composes the app on it. Nothing is left open where that fails. */
async function openOnce(options: AppOptions, log: () => Log, restart: Restart): Promise<App> {
  const { db, mended } = openChecked(options.dataFolder, options.clock.now());
  try {
    if (mended !== null) log().warn('database mended', { index: 'made anew', kept: mended });
    const { app, open } = compose(options, log(), db, restart);
    await open();
    return app;
  } catch (error) {
    db.close();
    throw error;
  }
}

/**
 * The app as its entries hold it, which stays the same when what is inside is taken apart and put
 * together anew. Calls made meanwhile wait for it.
 */
async function openRestartable(
  options: AppOptions,
  log: () => Log,
  giveUpLead: () => void,
): Promise<App> {
  let ready: Promise<unknown> = Promise.resolve();
  let started = false;
  const restart: Restart = async (work) => {
    const done = Promise.withResolvers<undefined>();
    ready = done.promise;
    try {
      await inner.stop();
      try {
        return await work();
      } finally {
        inner = await openOnce(options, log, restart);
        changes.follow(inner.changes);
        if (started) inner.start();
      }
    } finally {
      done.resolve(undefined);
    }
  };
  let inner = await openOnce(options, log, restart);
  const changes = relayChanges(inner.changes);
  const calls: Calls = {
    invoke: async (name, input) => {
      await ready;
      return inner.calls.invoke(name, input);
    },
    call: async <Name extends CallName>(name: Name, input: unknown) => {
      await ready;
      return inner.calls.call(name, input);
    },
  };
  return {
    calls,
    changes,
    get leader() {
      return inner.leader;
    },
    log: log(),
    start: () => {
      started = true;
      inner.start();
    },
    wake: () => {
      inner.wake();
    },
    stop: async () => {
      await ready;
      await inner.stop();
      giveUpLead();
    },
  };
}

/**
 * Composes Jackdaw over a data folder, its scheduler not yet armed.
 *
 * @throws NotLeaderError where another process leads the folder; RefusedError where the folder or the
 * database can't be used. Nothing is left open then.
 */
export async function openApp(options: AppOptions): Promise<App> {
  makeDataFolder(options.dataFolder);
  const lock = takeLead(options.dataFolder);
  if (lock === null) throw new NotLeaderError(options.dataFolder);
  let opened = options.log;
  // Made once there is a database: a folder that can't be used gets no log.
  const log = (): Log => (opened ??= openLog(options.dataFolder));
  try {
    return await openRestartable(options, log, () => {
      lock.release();
    });
  } catch (error) {
    lock.release();
    throw storeRefusal(error, databasePath(options.dataFolder));
  }
}
