import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { HostView, Leader } from '../contract/views.ts';
import { durationMs, toInstant } from '../contract/time.ts';
import { RefusedError } from '../contract/result.ts';
import { announcementsOf } from './calls/announcements.ts';
import { readCalendars } from './calls/calendars.ts';
import type { Calls } from './calls/calls.ts';
import type { Context, Desktop } from './calls/context.ts';
import { createCalls } from './calls/dispatch.ts';
import { createHandlers } from './calls/handlers.ts';
import { hoursViews } from './calls/hours.ts';
import { serveSample } from './calls/sample.ts';
import { pauseView } from './calls/schedule-view.ts';
import { openSettings } from './calls/settings-desk.ts';
import { createCalendars } from './calendars/calendars.ts';
import { createWakeWatch, type WakeWatch } from './calls/wake-review.ts';
import { createZoneWatch, type ZoneWatch } from './calls/zone-watch.ts';
import { createChanges, type Changes } from './changes.ts';
import type { Clock } from './clock.ts';
import { logFolder, openLog, type Log } from './log.ts';
import { createSampleServer } from './sample/sample-server.ts';
import { zoneDataVersion } from './schedule/zone-data.ts';
import { recover } from './scheduler/recover.ts';
import { pauseMeta } from './scheduler/pauses.ts';
import { createScheduler, type Scheduler } from './scheduler/scheduler.ts';
import type { RunnerParts, ScrapeRunner } from './scrape/create-runner.ts';
import { databasePath, openDatabase, storeRefusal } from './store/database.ts';
import { listHours } from './store/hours.ts';
import { takeLead } from './store/leader-lock.ts';
import { raiseEpoch, readMeta } from './store/meta.ts';
import { readPage, writePage } from './store/pages.ts';
import { readRobots, writeRobots } from './store/robots.ts';
import { listSchedules, purgeDeleted, type StoredPause } from './store/schedules.ts';
import { inTransaction, type Writer } from './store/statement.ts';
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
  wakes: WakeWatch,
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
    abilities: {
      tray: desktop?.tray ?? false,
      loginItem,
      openFolder: desktop !== null,
      power: desktop !== null,
      network: desktop !== null,
    },
    review: wakes.view(),
    askStartAtLogin: loginItem && desktop.installed && !asked,
  };
}

function compose(
  options: AppOptions,
  log: Log,
  db: Writer,
): { readonly app: App; readonly open: () => Promise<void> } {
  const { clock, dataFolder } = options;
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
  const wakes = createWakeWatch({
    db,
    clock,
    changes,
    runningSinceMs: () => scheduler.facts().startedAtMs,
    tellHost: () => {
      changes.publish('host', context.hostView());
    },
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
    wakes,
    desktop: options.desktop,
    leader,
    dataFolder,
    hostView: () =>
      hostViewOf(
        options,
        leader,
        scheduler,
        zones,
        wakes,
        settings.current().startAtLogin !== null,
      ),
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
      changes.publish('host', context.hostView());
      changes.publish('hours', hoursViews(context));
    },
    wake: () => {
      scheduler.wake();
    },
    stop: async () => {
      zones.stop();
      wakes.stop();
      await scheduler.stop();
      await runner.stop();
      await sample.stop();
      await calendars.stop();
      recover(db, clock.now());
      db.close();
      log.info('leader lost', { reason: 'stopped' });
    },
  };
  const open = async (): Promise<void> => {
    await readCalendars(context);
    await serveSample(db, scheduler, sample);
  };
  return { app, open };
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
  let db: Writer | null = null;
  try {
    db = openDatabase(options.dataFolder);
    const { app, open } = compose(options, options.log ?? openLog(options.dataFolder), db);
    await open();
    return {
      ...app,
      stop: async () => {
        await app.stop();
        lock.release();
      },
    };
  } catch (error) {
    db?.close();
    lock.release();
    throw storeRefusal(error, databasePath(options.dataFolder));
  }
}
