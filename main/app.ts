import type { Leader } from '../contract/views.ts';
import { durationMs, toInstant } from '../contract/time.ts';
import { RefusedError } from '../contract/result.ts';
import { announcementsOf } from './calls/announcements.ts';
import { readCalendars } from './calls/calendars.ts';
import type { Calls } from './calls/calls.ts';
import type { Context, Desktop, Housing } from './calls/context.ts';
import { createCalls } from './calls/dispatch.ts';
import { createHandlers } from './calls/handlers.ts';
import { hostView } from './calls/host-view.ts';
import { hoursViews } from './calls/hours.ts';
import { lookOnly } from './calls/look-only.ts';
import { serveSample } from './calls/sample.ts';
import { openSettings } from './calls/settings-desk.ts';
import { createCalendars } from './calendars/calendars.ts';
import { createWakeWatch } from './calls/wake-review.ts';
import { createZoneWatch } from './calls/zone-watch.ts';
import { createChanges, type Changes } from './changes.ts';
import type { Clock } from './clock.ts';
import { guardedClock } from './health/guarded-clock.ts';
import { createHealth } from './health/health.ts';
import { freeBytes } from './health/space.ts';
import type { Log } from './log.ts';
import { createSampleServer } from './sample/sample-server.ts';
import { recover } from './scheduler/recover.ts';
import { pauseMeta } from './scheduler/ledger.ts';
import { createScheduler } from './scheduler/scheduler.ts';
import type { RunnerParts, ScrapeRunner } from './scrape/create-runner.ts';
import type { CopyDatabase } from './store/copy-database.ts';
import { databasePath, storeRefusal } from './store/database.ts';
import { readDocument } from './store/documents.ts';
import { listHours } from './store/hours.ts';
import { createKeeper } from './store/keeper.ts';
import { raiseEpoch, readMeta } from './store/meta.ts';
import { closeCleanly } from './store/open-checked.ts';
import { readPage, writePage } from './store/pages.ts';
import { readRobots, writeRobots } from './store/robots.ts';
import { listSchedules, undeleteMs, type StoredPause } from './store/schedules.ts';
import { inTransaction, type Writer } from './store/statement.ts';
import { copyOnThread } from './store/thread-copy.ts';
import { writeFaultOf } from './store/write-faults.ts';
import type { Surroundings } from './surroundings.ts';
import type { SystemZones } from './zones/system-zones.ts';

/** What an entry decides; everything else is composed from it. */
export interface AppOptions {
  readonly host: Leader['host'];
  readonly version: string;
  /** The data folder; made if it is missing. */
  readonly dataFolder: string;
  readonly clock: Clock;
  /** Builds the runner from the parts the app provides: how its children start is the entry's affair. */
  readonly createRunner: (parts: Omit<RunnerParts, 'launch'>) => ScrapeRunner;
  /**
   * Ends the processes that an earlier leader of the data folder left, and waits until they are gone;
   * answers how many there were. Left out: the entry starts no processes.
   */
  readonly endLeftovers?: (dataFolder: string) => Promise<number>;
  /** The operating system's own opinion of time zones. */
  readonly systemZones: SystemZones;
  /** What this host can tell of power and network. */
  readonly surroundings: Surroundings;
  readonly desktop: Desktop | null;
  /** Settings given on the command line and by JACKDAW_… variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Copies databases; left out: on a thread of its own. */
  readonly copy?: CopyDatabase;
  /** Where the log goes; left out: the rotating file in the data folder. */
  readonly log?: Log;
  /** How many bytes are left on a folder's disk; left out: as the system says. */
  readonly freeBytes?: (folder: string) => number | null;
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

/** What an app is opened with, besides what an entry decides. */
export interface InsideOptions extends AppOptions {
  readonly log: Log;
  readonly leader: Leader;
  readonly housing: Housing;
  /** Counts the openings of this host, so that no two have the same name in the stream of events. */
  readonly turn: number;
  /** The database has turned out to be damaged while it was in use. */
  readonly onDamage: (error: unknown) => void;
}

/** An app inside a host, over its database. */
export interface Inside extends App {
  /** Tells every window how the host is now. */
  tellHost(): void;
  /** Looks now whether the database can be written again. */
  probe(): void;
}

/** The database an app stands on. */
export interface Opened {
  readonly db: Writer;
  /** Whether it may only look. */
  readonly looks: boolean;
}

const openingAfresh = new RefusedError(
  'busy',
  'Jackdaw opened its database afresh in the middle of this call; try again.',
);

/** Takes the database over: raises its epoch, settles its predecessor's leftovers, reads the schedules. */
function takeOver(options: InsideOptions, { db, looks }: Opened) {
  const { log } = options;
  const nowMs = options.clock.now();
  const epoch = inTransaction(db, () => raiseEpoch(db));
  const { interrupted, missed, retries } = recover(db, nowMs);
  const { schedules, unreadable } = listSchedules(db);
  if (looks) log.warn('opened to look only', { folder: options.dataFolder });
  else log.info('leader acquired', { host: options.host, pid: process.pid, epoch });
  if (interrupted + missed > 0) log.warn('recovered', { interrupted, missed });
  for (const { id, message } of unreadable) log.error('schedule set aside', { id, message });
  return { epoch, retries, schedules, unreadable };
}

/** The pause of all schedules; one that can't be read lasts until a person resumes. */
function storedPause(db: Writer): StoredPause | null {
  const text = readMeta(db, pauseMeta);
  if (text === null) return null;
  return (readDocument(text) as StoredPause | undefined) ?? { untilMs: null, why: 'user' };
}

/**
 * Composes Jackdaw over an open database, its scheduler not yet armed. `open` reads what it needs before
 * it may start.
 */
export function compose(
  options: InsideOptions,
  opened: Opened,
): { readonly app: Inside; readonly open: () => Promise<void> } {
  const { dataFolder, leader, log, housing, copy = copyOnThread } = options;
  const { db, looks } = opened;
  let isDamaged = false;
  /** A fault of the disk or the database, met outside any call, is the health's affair; others are nobody's. */
  const hearFault = (error: unknown): void => {
    if (writeFaultOf(error) === null) throw error;
    health.hear(error);
  };
  const clock = guardedClock(options.clock, hearFault);
  const { epoch, retries, schedules, unreadable } = takeOver(options, opened);
  const settings = openSettings(db, options.environment);
  const changes = createChanges(
    `${toInstant(clock.now())} ${String(epoch)}.${String(options.turn)}`,
  );
  const runner = options.createRunner({
    clock,
    dataFolder,
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
    surroundings: options.surroundings,
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
    hearFault,
  });
  const health = createHealth({
    ...housing,
    db,
    clock,
    log,
    changes,
    dataFolder,
    scheduler,
    runs: scheduler,
    unreadable,
    freeBytes: options.freeBytes ?? freeBytes,
    onDamage: (error) => {
      isDamaged = true;
      options.onDamage(error);
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
    ...housing,
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
    wakes,
    desktop: options.desktop,
    leader,
    dataFolder,
    hostView: () =>
      hostView(
        { ...options, troubles: housing.troubles },
        { scheduler, zones, wakes, asked: settings.current().startAtLogin !== null, looks },
      ),
  };
  const handlers = createHandlers(context);
  const calls = createCalls(looks ? lookOnly(handlers, dataFolder) : handlers, log, (error) => {
    health.hear(error);
    // A call under way while the app is opened afresh finds its database closed.
    if (!db.open && error instanceof TypeError) return openingAfresh;
    return storeRefusal(error, databasePath(dataFolder));
  });
  const tellHost = (): void => {
    changes.publish('host', context.hostView());
  };
  const app: Inside = {
    calls,
    changes,
    leader,
    log,
    start: () => {
      if (!looks) {
        runner.warm();
        zones.start();
        scheduler.start();
        health.start();
        keeper.start();
      }
      tellHost();
      changes.publish('hours', hoursViews(context));
    },
    wake: () => {
      scheduler.wake();
    },
    tellHost,
    probe: () => {
      health.probe();
    },
    stop: async () => {
      health.stop();
      zones.stop();
      wakes.stop();
      await scheduler.stop();
      await keeper.stop();
      await runner.stop();
      await sample.stop();
      await calendars.stop();
      settleLast(db, clock, log);
      // With its mark it is checked as a whole when it is opened again.
      if (isDamaged) db.close();
      else closeCleanly(db);
      if (!looks) log.info('leader lost', { reason: 'stopped' });
    },
  };
  const open = async (): Promise<void> => {
    await readCalendars(context);
    if (!looks) await serveSample(db, scheduler, sample);
  };
  return { app, open };
}

/** Settles what is open at the end. Where that can't be written, the next start finds it. */
function settleLast(db: Writer, clock: Clock, log: Log): void {
  try {
    recover(db, clock.now());
  } catch (error) {
    log.error('not settled at the end', { error: String(error) });
  }
}
