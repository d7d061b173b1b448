import type { Clock, Timer } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Runner } from '../scrape/runner.ts';
import { writeMeta } from '../store/meta.ts';
import { insertRun } from '../store/runs.ts';
import {
  setHandledUntil,
  updateSchedule,
  type StoredPause,
  type StoredSchedule,
} from '../store/schedules.ts';
import { endSlot } from '../store/slots.ts';
import { inTransaction, statement, type Writer } from '../store/statement.ts';
import { createBook, type Book, type Entry } from './book.ts';
import { conclude, type WaitingRetry } from './conclude.ts';
import { createDispatcher, type Dispatcher } from './dispatcher.ts';
import type { MissedCause } from './judge.ts';
import type { World } from './plan.ts';
import { settle, type Bench, type QueuedRun, type Settlement } from './settle.ts';

/** The longest the alarm sleeps: it rereads the wall clock at least this often (rule 16). */
export const alarmMs = 30_000;

/** A tick later than this was slept through (rule 10). */
const asleepMs = 35_000;

/** A wall clock set back by more than this is a step, not drift (rule 10). */
const backStepMs = 60_000;

/** How many schedules are judged in one transaction. */
const claimLimit = 500;

/** The name under which a pause of all schedules is kept. */
export const pauseMeta = 'pause';

/** What the scheduler is made of. */
export interface SchedulerParts {
  readonly db: Writer;
  readonly clock: Clock;
  readonly runner: Runner;
  readonly log: Log;
  /** Everything plans depend on but the computer's zone, which the scheduler watches itself. */
  readonly world: () => Omit<World, 'zone'>;
  /** This leader's epoch. */
  readonly epoch: number;
  readonly schedules: readonly StoredSchedule[];
  readonly retries: readonly WaitingRetry[];
  /** The stored pause of all schedules. */
  readonly pause: StoredPause | null;
  readonly announce: Announcements;
}

/** Whom the scheduler tells, always after the commit. */
export interface Announcements {
  run(run: number): void;
  /** A slot without a run has ended. */
  slot(slot: number): void;
  schedule(entry: Entry): void;
  scheduleRemoved(id: string): void;
  host(): void;
}

/** What an edit has written, to be taken into the book after the commit. */
export interface Edit<T> {
  readonly value: T;
  readonly put?: readonly StoredSchedule[];
  readonly removed?: readonly number[];
  /** Whether hours or settings have changed, which every plan depends on. */
  readonly world?: boolean;
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
  /**
   * Carries out an edit: settles the slots of the schedules in scope under their old plans, does the
   * work in the same transaction, and after the commit takes it into the book, tells, and wakes.
   */
  edit<T>(scope: 'all' | readonly number[], work: (nowMs: number) => Edit<T>): T;
  /** Queues a manual run. Answers its number. */
  runNow(schedule: number): number;
  /** Pauses one schedule, or all. */
  pause(schedule: number | null, pause: StoredPause): void;
  /** Resumes one schedule, or all; nothing is caught up. */
  resume(schedule: number | null): void;
  /** Stops the alarm, cancels the runs and waits for them. */
  stop(): Promise<void>;
}

/** The scheduler of one leader; its alarm is off until `start`. */
export function createScheduler(parts: SchedulerParts): Scheduler {
  const { db, clock, log, announce } = parts;
  let zone = clock.zone();
  let pausedAll = parts.pause;
  let alarm: Timer | null = null;
  let alarmAtMs: number | null = null;
  let startedAtMs: number | null = null;
  let lastTickAtMs: number | null = null;
  let lagMs: number | null = null;
  let last: { readonly wallMs: number; readonly monotonicMs: number } | null = null;
  let stopped = false;
  const retries = new Map<number, WaitingRetry>(parts.retries.map((retry) => [retry.slot, retry]));

  const book = createBook(() => ({ ...parts.world(), zone }));
  for (const stored of parts.schedules) book.put(stored);

  const tell = (schedule: number): void => {
    const entry = book.get(schedule);
    if (entry !== undefined) announce.schedule(entry);
  };

  const dispatcher = createDispatcher({
    db,
    clock,
    runner: parts.runner,
    book,
    log,
    concurrency: () => parts.world().settings.concurrency,
    paused: (entry) => pausedAll !== null || entry.stored.pause !== null,
    onRun: (run, schedule) => {
      announce.run(run);
      tell(schedule);
    },
    conclude: (item, report, lines) => {
      const entry = book.get(item.schedule);
      const nowMs = clock.now();
      const { stored, retry } = conclude(db, entry, { item, report, lines, nowMs });
      if (stored !== null) book.put(stored);
      if (stored?.pause?.why === 'failures' && entry?.stored.pause === null)
        log.warn('schedule paused', { schedule: stored.document.id, failures: stored.failures });
      if (retry !== null) retries.set(retry.slot, retry);
      announce.run(item.run);
      tell(item.schedule);
      rearm();
    },
  });

  const bench = (nowMs: number, cause: MissedCause): Bench => ({
    nowMs,
    epoch: parts.epoch,
    mayStart: startedAtMs !== null && !stopped,
    cause,
    paused: pausedAll !== null,
    busy: dispatcher.busy,
  });

  /** A newly due slot ends its schedule's waiting retry: the last attempt's outcome stands. */
  const endRetries = (schedule: number): void => {
    for (const retry of retries.values()) {
      if (retry.schedule !== schedule) continue;
      retries.delete(retry.slot);
      const lastRun = statement<{
        outcome: 'failed' | 'timed-out';
        reason: string | null;
        message: string | null;
      }>(
        db,
        'SELECT outcome, reason, message FROM runs WHERE slot = ? ORDER BY attempt DESC LIMIT 1',
      ).get(retry.slot);
      if (lastRun !== undefined) endSlot(db, retry.slot, lastRun);
    }
  };

  /** Settles these schedules in the caller's transaction. */
  const settleAll = (entries: readonly Entry[], court: Bench): readonly Settlement[] =>
    entries.flatMap((entry) => {
      const settlement = settle(db, entry, court);
      if (settlement === null) return [];
      endRetries(entry.stored.number);
      return [settlement];
    });

  /** Takes settlements into the book and the queue, and tells; after the commit. */
  const applySettlements = (settlements: readonly Settlement[]): void => {
    for (const { schedule, handledUntilMs, queued } of settlements) {
      book.advance(schedule, handledUntilMs);
      dispatcher.add(queued);
    }
    for (const { schedule, queued, ended } of settlements) {
      for (const item of queued) announce.run(item.run);
      for (const slot of ended) announce.slot(slot);
      if (ended.length > 0) log.info('slots not run', { schedule, rows: ended.length });
      if (queued.length > 0) log.info('slot claimed', { schedule, runs: queued.length });
      tell(schedule);
    }
  };

  const claimDue = (nowMs: number, cause: MissedCause): void => {
    const due = book.all().filter((entry) => entry.nextAtMs !== null && entry.nextAtMs <= nowMs);
    for (let start = 0; start < due.length; start += claimLimit) {
      const court = bench(nowMs, cause);
      const slice = due.slice(start, start + claimLimit);
      applySettlements(inTransaction(db, () => settleAll(slice, court)));
    }
  };

  const claimRetries = (nowMs: number): void => {
    for (const retry of [...retries.values()]) {
      if (retry.atMs > nowMs) continue;
      retries.delete(retry.slot);
      const attempt = retry.attempts + 1;
      const run = inTransaction(db, () =>
        insertRun(db, {
          schedule: retry.schedule,
          slot: retry.slot,
          attempt,
          cause: 'retry',
          recordedAtMs: nowMs,
          epoch: parts.epoch,
        }),
      );
      const item: QueuedRun = {
        run,
        slot: retry.slot,
        schedule: retry.schedule,
        attempt,
        notBeforeMs: nowMs,
      };
      dispatcher.add([item]);
      announce.run(run);
    }
  };

  /** Ends the pauses whose time has come: their slots are skipped up to that instant, none after. */
  const endPauses = (nowMs: number): void => {
    const allUntilMs = pausedAll?.untilMs ?? null;
    if (allUntilMs !== null && allUntilMs <= nowMs) resumeAt(null, allUntilMs);
    for (const entry of book.all()) {
      const untilMs = entry.stored.pause?.untilMs ?? null;
      if (untilMs !== null && untilMs <= nowMs) resumeAt(entry.stored.number, untilMs);
    }
  };

  /** A wall clock set back: nothing already handled is handled again (rule 10). */
  const stepBack = (nowMs: number): void => {
    log.warn('clock set back', { to: new Date(nowMs).toISOString() });
    inTransaction(db, () => {
      for (const { stored } of book.all()) setHandledUntil(db, stored.number, nowMs);
    });
    for (const { stored } of book.all()) book.advance(stored.number, nowMs);
  };

  /** The computer has moved: slots up to now are judged by the old zone, then all plans are made anew. */
  const move = (nowMs: number, cause: MissedCause): void => {
    claimDue(nowMs, cause);
    log.info('computer zone changed', { from: zone, to: clock.zone() });
    zone = clock.zone();
    inTransaction(db, () => {
      for (const { stored } of book.all()) setHandledUntil(db, stored.number, nowMs);
    });
    for (const { stored } of book.all()) book.advance(stored.number, nowMs);
    book.replan();
    announce.host();
    for (const entry of book.all()) announce.schedule(entry);
  };

  /** What the clocks say has happened since the last tick. */
  const watchClocks = (nowMs: number): MissedCause => {
    const monotonicMs = clock.monotonic();
    const before = last;
    last = { wallMs: nowMs, monotonicMs };
    if (before === null) return 'not-running';
    const driftMs = nowMs - before.wallMs - (monotonicMs - before.monotonicMs);
    if (driftMs < -backStepMs) stepBack(nowMs);
    if (alarmAtMs !== null && nowMs - alarmAtMs > asleepMs)
      log.info('woke late', { ms: nowMs - alarmAtMs });
    return 'asleep';
  };

  const tick = (): void => {
    alarm?.cancel();
    if (stopped || startedAtMs === null) return;
    const nowMs = clock.now();
    lagMs = alarmAtMs === null ? lagMs : Math.max(0, nowMs - alarmAtMs);
    lastTickAtMs = nowMs;
    try {
      const cause = watchClocks(nowMs);
      if (clock.zone() !== zone) move(nowMs, cause);
      endPauses(nowMs);
      claimDue(nowMs, cause);
      claimRetries(nowMs);
      dispatcher.pump();
    } catch (error) {
      log.error('tick failed', { error: error instanceof Error ? error.message : String(error) });
    }
    rearm();
  };

  /** The earliest instant there is something to do. */
  const nextActMs = (): number => {
    const instants = [
      pausedAll?.untilMs,
      dispatcher.wakeAt(),
      ...[...retries.values()].map((retry) => retry.atMs),
      ...book.all().flatMap((entry) => [entry.nextAtMs, entry.stored.pause?.untilMs]),
    ];
    let earliest = Infinity;
    for (const atMs of instants) if (atMs != null && atMs < earliest) earliest = atMs;
    return earliest;
  };

  const rearm = (): void => {
    alarm?.cancel();
    alarm = null;
    if (startedAtMs === null || stopped) return;
    const nowMs = clock.now();
    const delayMs = Math.max(0, Math.min(alarmMs, nextActMs() - nowMs));
    alarmAtMs = nowMs + delayMs;
    alarm = clock.after(delayMs, tick);
  };

  const wake = (): void => {
    if (startedAtMs === null) dispatcher.pump();
    else {
      alarmAtMs = null;
      tick();
    }
  };

  const edit = <T>(scope: 'all' | readonly number[], work: (nowMs: number) => Edit<T>): T => {
    const nowMs = clock.now();
    const numbers = scope === 'all' ? book.all().map((entry) => entry.stored.number) : scope;
    const entries = numbers.flatMap((number) => book.get(number) ?? []);
    const { settlements, done } = inTransaction(db, () => {
      const settled = settleAll(entries, bench(nowMs, 'not-running'));
      const result = work(nowMs);
      if (result.world === true) for (const number of numbers) setHandledUntil(db, number, nowMs);
      return { settlements: settled, done: result };
    });
    applySettlements(settlements);
    if (done.world === true) {
      for (const number of numbers) book.advance(number, nowMs);
      book.replan();
    }
    takeIn(done);
    if (done.world === true) for (const entry of book.all()) announce.schedule(entry);
    wake();
    return done.value;
  };

  const takeIn = ({ put = [], removed = [] }: Edit<unknown>): void => {
    for (const stored of put) announce.schedule(book.put(stored));
    for (const number of removed) {
      const id = book.get(number)?.stored.document.id;
      book.remove(number);
      for (const retry of [...retries.values()])
        if (retry.schedule === number) retries.delete(retry.slot);
      dispatcher.cancelAll(number);
      if (id !== undefined) announce.scheduleRemoved(id);
    }
  };

  const resumeAt = (schedule: number | null, atMs: number): void => {
    const court = { ...bench(atMs, 'not-running' as const), paused: true };
    const entries =
      schedule === null ? book.all() : [book.get(schedule)].flatMap((one) => one ?? []);
    const { settlements, resumed } = inTransaction(db, () => {
      const settled = settleAll(entries, court);
      if (schedule === null) writeMeta(db, pauseMeta, null);
      const rows = entries.map(({ stored }) => ({
        ...stored,
        handledUntilMs: Math.max(stored.handledUntilMs, atMs),
        ...(schedule === null ? {} : { pause: null, failures: 0 }),
      }));
      for (const row of rows) updateSchedule(db, row);
      return { settlements: settled, resumed: rows };
    });
    if (schedule === null) pausedAll = null;
    applySettlements(settlements);
    for (const stored of resumed) announce.schedule(book.put(stored));
    log.info('resumed', { schedule: schedule ?? 'all' });
    if (schedule === null) announce.host();
  };

  return {
    book,
    dispatcher,
    facts: () => {
      const { queue, running } = dispatcher.figures();
      return {
        running: startedAtMs !== null && !stopped,
        startedAtMs,
        lastTickAtMs,
        lagMs,
        queue,
        runningRuns: running,
        pause: pausedAll,
        zone,
      };
    },
    retryAt: (schedule) =>
      [...retries.values()].find((retry) => retry.schedule === schedule)?.atMs ?? null,
    start: () => {
      startedAtMs = clock.now();
      log.info('scheduler started', { zone, schedules: book.all().length });
      tick();
    },
    wake,
    edit,
    runNow: (schedule) => {
      const run = inTransaction(db, () =>
        insertRun(db, {
          schedule,
          slot: null,
          attempt: 1,
          cause: 'manual',
          recordedAtMs: clock.now(),
          epoch: parts.epoch,
        }),
      );
      dispatcher.add([{ run, slot: null, schedule, attempt: 1, notBeforeMs: 0 }]);
      announce.run(run);
      dispatcher.pump();
      tell(schedule);
      return run;
    },
    pause: (schedule, pause) => {
      edit(schedule === null ? 'all' : [schedule], () => {
        if (schedule === null) {
          writeMeta(db, pauseMeta, JSON.stringify(pause));
          return { value: undefined };
        }
        const entry = book.get(schedule);
        if (entry === undefined) return { value: undefined };
        const stored = { ...entry.stored, handledUntilMs: clock.now(), pause };
        updateSchedule(db, stored);
        return { value: undefined, put: [stored] };
      });
      log.info('paused', { schedule: schedule ?? 'all' });
      if (schedule !== null) return;
      pausedAll = pause;
      announce.host();
      for (const entry of book.all()) announce.schedule(entry);
      rearm();
    },
    resume: (schedule) => {
      resumeAt(schedule, clock.now());
      wake();
    },
    stop: async () => {
      stopped = true;
      alarm?.cancel();
      await dispatcher.stop();
      if (startedAtMs !== null) log.info('scheduler stopped');
    },
  };
}
