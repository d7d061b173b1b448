import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Runner } from '../scrape/runner.ts';
import { isLocked } from '../store/database.ts';
import { setHandledUntil, type StoredPause, type StoredSchedule } from '../store/schedules.ts';
import { inTransaction, type Writer } from '../store/statement.ts';
import { createAlarm, type Ringing } from './alarm.ts';
import type { Announcements } from './announcements.ts';
import { createBook, type Book, type Entry } from './book.ts';
import { createChains } from './chains.ts';
import { createClaims } from './claims.ts';
import { conclude, concludeUnrecorded, type Conclusion, type Reported } from './conclude.ts';
import { createDispatcher, type Dispatcher } from './dispatcher.ts';
import type { Edit, EditSchedules } from './edit.ts';
import type { MissedCause } from './judge.ts';
import type { World } from './plan.ts';
import { createPauses } from './pauses.ts';
import { createRecorder } from './recorder.ts';
import { createRetries, type WaitingRetry } from './retries.ts';
import type { Bench } from './settle.ts';
import { createTellAll } from './tell-all.ts';

/** What the scheduler is made of. */
export interface SchedulerParts {
  readonly db: Writer;
  readonly clock: Clock;
  readonly runner: Runner;
  readonly log: Log;
  readonly settings: () => World['settings'];
  /** The named hours, by id. */
  readonly profiles: () => World['profiles'];
  readonly calendarsOf: World['calendarsOf'];
  /** This leader's epoch. */
  readonly epoch: number;
  readonly schedules: readonly StoredSchedule[];
  readonly retries: readonly WaitingRetry[];
  /** The stored pause of all schedules. */
  readonly pause: StoredPause | null;
  readonly announce: Announcements;
}

/** What the scheduler says of itself. */
export interface SchedulerFacts {
  readonly running: boolean;
  readonly startedAtMs: number | null;
  readonly lastTickAtMs: number | null;
  /** How late the last alarm rang, in milliseconds. */
  readonly lagMs: number | null;
  readonly queue: number;
  readonly runningRuns: number;
  readonly pause: StoredPause | null;
  readonly zone: string;
}

/** The one loop: alarm, judgement, ledger (design.md sections 2 and 4). */
export interface Scheduler {
  readonly book: Book;
  readonly dispatcher: Pick<Dispatcher, 'busy' | 'cancel' | 'progressOf' | 'linesOf'>;
  facts(): SchedulerFacts;
  /** The instant of a schedule's waiting retry, or null. */
  retryAt(schedule: number): number | null;
  /** Arms the alarm. */
  start(): void;
  /** Looks at the clock now: after an edit, on resume from sleep. */
  wake(): void;
  readonly edit: EditSchedules;
  /** Queues a manual run. Answers its number. */
  runNow(schedule: number): number;
  /** Pauses one schedule, or all (null). */
  pause(schedule: number | null, pause: StoredPause): void;
  /** Resumes one schedule, or all (null); nothing is caught up. */
  resume(schedule: number | null): void;
  /** Computes every next slot anew: more has become known of what calendars close. */
  recompute(): void;
  /** Stops the alarm, cancels the runs and waits for them. */
  stop(): Promise<void>;
}

/** The scheduler of one leader; its alarm is off until `start`. */
export function createScheduler(parts: SchedulerParts): Scheduler {
  const { db, clock, log, announce } = parts;
  let zone = clock.zone();

  const book = createBook(() => ({
    zone,
    settings: parts.settings(),
    profiles: parts.profiles(),
    calendarsOf: parts.calendarsOf,
  }));
  for (const stored of parts.schedules) book.put(stored);
  const retries = createRetries(db, parts.retries);
  const chains = createChains(db, book, retries, () => bench(clock.now(), 'not-running', true));

  const tell = (schedule: number): void => {
    const entry = book.get(schedule);
    if (entry !== undefined) announce.schedule(entry);
  };

  const concluded = (entry: Entry | undefined, reported: Reported): Conclusion => {
    try {
      return conclude(db, entry, reported, chains.enter);
    } catch (error) {
      if (isLocked(error)) throw error;
      log.error('rows not recorded', { run: reported.item.run, error: String(error) });
      return concludeUnrecorded(db, reported, error);
    }
  };

  const concludeRun = (reported: Reported): void => {
    const { item } = reported;
    const entry = book.get(item.schedule);
    const { stored, retry, chained } = concluded(entry, reported);
    if (stored !== null) book.put(stored);
    if (stored?.pause?.why === 'failures' && entry?.stored.pause === null)
      log.warn('schedule paused', { schedule: stored.document.id, failures: stored.failures });
    if (retry !== null) retries.add(retry);
    announce.run(item.run);
    tell(item.schedule);
    claims.apply(chained);
    alarm.reset();
  };

  const recorder = createRecorder(concludeRun, log);

  const dispatcher = createDispatcher({
    db,
    clock,
    runner: parts.runner,
    book,
    log,
    concurrency: () => parts.settings().concurrency,
    paused: (entry) => pauses.holds(entry),
    onRun: (run, schedule) => {
      announce.run(run);
      tell(schedule);
    },
    onProgress: (run) => {
      announce.run(run);
    },
    conclude: (item, report, lines) => {
      recorder.record({ item, report, lines, nowMs: clock.now() });
    },
  });
  const { epoch } = parts;
  const claims = createClaims({ db, book, retries, dispatcher, announce, log, epoch, chains });

  const armed = (): boolean => alarm.facts().armedSinceMs !== null;

  const bench = (nowMs: number, cause: MissedCause, early: boolean): Bench => ({
    nowMs,
    early,
    epoch,
    mayStart: armed(),
    cause,
    paused: pauses.all() !== null,
    busy: (schedule) => dispatcher.busy(schedule),
  });

  /** Notes in the database that every schedule's slots count from now on; after the commit the book follows. */
  const writeHandledUntil = (nowMs: number): void => {
    for (const { stored } of book.all()) setHandledUntil(db, stored.number, nowMs);
  };
  const handleAllUntil = (nowMs: number): void => {
    inTransaction(db, () => {
      writeHandledUntil(nowMs);
    });
    book.replan(nowMs);
  };

  const telling = createTellAll(clock, tell);
  const tellAll = (): void => {
    announce.host();
    telling.of(book.all().map(({ stored }) => stored.number));
  };

  /** The computer has moved: slots up to now are judged by the old zone, then all plans are made anew. */
  const move = (nowMs: number, cause: MissedCause): void => {
    claims.claimDue(() => bench(nowMs, cause, true));
    const from = zone;
    zone = clock.zone();
    log.info('computer zone changed', { from, to: zone });
    handleAllUntil(nowMs);
    announce.moved(from, zone);
    tellAll();
  };

  const onRing = ({ nowMs, first, steppedBack }: Ringing): boolean => {
    const cause = first ? 'not-running' : 'asleep';
    try {
      recorder.again();
      if (steppedBack) {
        log.warn('clock set back', { to: new Date(nowMs).toISOString() });
        handleAllUntil(nowMs);
      }
      if (clock.zone() !== zone) move(nowMs, cause);
      pauses.endDue(nowMs);
      claims.claimDue(() => bench(nowMs, cause, false));
      claims.claimRetries(nowMs);
      dispatcher.pump();
      return true;
    } catch (error) {
      log.error('tick failed', { error: error instanceof Error ? error.message : String(error) });
      return false;
    }
  };

  /** The earliest instant there is something to do. */
  const nextActMs = (): number => {
    let earliest = pauses.earliestMs();
    const consider = (atMs: number | null): void => {
      if (atMs !== null && atMs < earliest) earliest = atMs;
    };
    consider(dispatcher.wakeAt());
    consider(retries.earliestMs());
    for (const { nextStartMs } of book.all()) consider(nextStartMs);
    return earliest;
  };

  const alarm = createAlarm(clock, nextActMs, onRing);

  const wake = (): void => {
    if (!alarm.ring()) dispatcher.pump();
  };

  /** Takes what an edit has written into the book, and tells. */
  const takeIn = ({ put = [], removed = [] }: Edit<unknown>): void => {
    for (const stored of put) announce.schedule(book.put(stored));
    for (const number of removed) {
      const id = book.get(number)?.stored.document.id;
      book.remove(number);
      retries.forget(number);
      dispatcher.cancelAll(number);
      if (id !== undefined) announce.scheduleRemoved(id);
    }
  };

  const edit: EditSchedules = (scope, work) => {
    const nowMs = clock.now();
    const entries =
      scope === 'all' ? book.all() : scope.flatMap((number) => book.get(number) ?? []);
    const { settlements, done } = inTransaction(db, () => {
      const settled = claims.settle(entries, bench(nowMs, 'not-running', true));
      const result = work(nowMs);
      for (const number of result.removed ?? []) retries.end(number);
      if (result.world === true) writeHandledUntil(nowMs);
      return { settlements: settled, done: result };
    });
    claims.apply(settlements);
    if (done.world === true) book.replan(nowMs);
    takeIn(done);
    done.afterCommit?.();
    if (done.world === true) tellAll();
    wake();
    return done.value;
  };

  const pauses = createPauses({
    db,
    book,
    claims,
    announce,
    log,
    bench: (nowMs) => bench(nowMs, 'not-running', true),
    edit,
    pause: parts.pause,
  });

  return {
    book,
    dispatcher,
    facts: () => {
      const { armedSinceMs, lastRangAtMs, lagMs } = alarm.facts();
      const { queue, running } = dispatcher.figures();
      return {
        running: armedSinceMs !== null,
        startedAtMs: armedSinceMs,
        lastTickAtMs: lastRangAtMs,
        lagMs,
        queue,
        runningRuns: running,
        pause: pauses.all(),
        zone,
      };
    },
    retryAt: (schedule) => retries.at(schedule),
    start: () => {
      log.info('scheduler started', { zone, schedules: book.all().length });
      alarm.start();
    },
    wake,
    edit,
    runNow: (schedule) => {
      const run = claims.claimManual(schedule, clock.now());
      dispatcher.pump();
      tell(schedule);
      return run;
    },
    pause: (schedule, pause) => {
      pauses.pause(schedule, pause);
    },
    resume: (schedule) => {
      pauses.resume(schedule, clock.now());
      wake();
    },
    recompute: () => {
      book.replan();
      tellAll();
      alarm.reset();
    },
    stop: async () => {
      const wasArmed = armed();
      alarm.stop();
      telling.stop();
      await dispatcher.stop();
      recorder.again();
      if (wasArmed) log.info('scheduler stopped');
    },
  };
}
