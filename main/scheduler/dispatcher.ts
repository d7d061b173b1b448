import type { Schedule } from '../../contract/schedule.ts';
import { durationMs } from '../../contract/time.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { ActiveRun, Runner, RunReport } from '../scrape/runner.ts';
import { appendRunLog, type StoredLogLine } from '../store/run-log.ts';
import { endRun, markRunRunning, noCounts, startRun } from '../store/runs.ts';
import { endSlot, markSlotRunning, startSlot } from '../store/slots.ts';
import { inTransaction, type Writer } from '../store/statement.ts';
import type { Book, Entry } from './book.ts';
import type { Progress } from './entries.ts';
import { judgeStart, type StartVerdict } from './judge-start.ts';
import { stretchAt } from './plan.ts';
import { reasonText } from './reasons.ts';
import type { QueuedRun } from './settle.ts';

/** A run that goes on. */
interface Going {
  readonly item: QueuedRun;
  readonly active: ActiveRun;
  progress: Progress;
  readonly lines: StoredLogLine[];
  readonly ended: Promise<void>;
  /** Why it is being cancelled, once it is. */
  cancelled: 'user' | 'quit' | 'deleted' | null;
}

/** What the dispatcher is made of. */
export interface DispatcherParts {
  readonly db: Writer;
  readonly clock: Clock;
  readonly runner: Runner;
  readonly book: Book;
  readonly log: Log;
  readonly concurrency: () => number;
  /** Whether this schedule's slots are paused now, by itself or with all. */
  readonly paused: (entry: Entry) => boolean;
  /** Told after the commit: a run has moved on. */
  readonly onRun: (run: number, schedule: number) => void;
  /** A run that goes on has read more. */
  readonly onProgress: (run: number) => void;
  /** Concludes an attempt that has reported: rows, outcome, retry, counters. */
  readonly conclude: (item: QueuedRun, report: RunReport, lines: readonly StoredLogLine[]) => void;
}

/** The queue of attempts and those that go on: at most so many at once, one a schedule. */
export interface Dispatcher {
  add(items: readonly QueuedRun[]): void;
  /** Starts what may start now. */
  pump(): void;
  busy(schedule: number): 'free' | 'running' | 'waiting';
  /** The earliest instant a deferred attempt may start, or null. */
  wakeAt(): number | null;
  /** Ends a run: at once if it waits, else when its child is gone. False where it does neither. */
  cancel(run: number, why: 'user' | 'deleted'): boolean;
  /** Ends a schedule's runs: it was deleted. */
  cancelAll(schedule: number): void;
  /** Takes a schedule's waiting attempts of slots off the queue. */
  dropWaiting(schedule: number): readonly QueuedRun[];
  progressOf(run: number): Progress | undefined;
  linesOf(run: number): readonly StoredLogLine[];
  figures(): { readonly queue: number; readonly running: number };
  /** Cancels what goes on and waits until it has ended; what waits stays in the ledger. */
  stop(): Promise<void>;
}

/** A run whose child could not even be started: it has failed, and may be tried again. */
function failedStart(error: unknown): ActiveRun {
  const detail = error instanceof Error ? error.message : String(error);
  const report: RunReport = {
    outcome: 'failed',
    reason: 'not-started',
    message: `The process for this run could not be started: ${detail}`,
    records: [],
    pages: 0,
    notModified: 0,
    bytes: 0,
    durationMs: 0,
    network: false,
    retryable: true,
    retryAfterMs: null,
  };
  return { done: Promise.resolve(report), stop: () => undefined, cancel: () => undefined };
}

/** The dispatcher of one scheduler. */
export function createDispatcher(parts: DispatcherParts): Dispatcher {
  const { db, clock, book, log } = parts;
  let queue: QueuedRun[] = [];
  const going = new Map<number, Going>();
  let stopping = false;

  const running = (schedule: number): boolean =>
    [...going.values()].some(({ item }) => item.schedule === schedule);

  /** Writes that an attempt never starts, in the caller's transaction. */
  const writeUnstarted = (
    item: QueuedRun,
    outcome: 'skipped' | 'cancelled',
    reason: string,
  ): void => {
    const message = reasonText(outcome, reason);
    const endedAtMs = clock.now();
    const end = {
      outcome,
      reason,
      message,
      endedAtMs,
      durationMs: null,
      counts: noCounts,
      bytes: 0,
    };
    endRun(db, item.run, end);
    if (item.slot !== null) endSlot(db, item.slot, end);
    log.info(`slot ${outcome}`, { run: item.run, reason });
  };

  const cancelWaiting = (item: QueuedRun, reason: string): void => {
    inTransaction(db, () => {
      writeUnstarted(item, 'cancelled', reason);
    });
    parts.onRun(item.run, item.schedule);
  };

  /** Reads the clock once, judges that instant and commits the verdict before anything is done (rule 7). */
  const commitVerdict = (item: QueuedRun, entry: Entry): StartVerdict =>
    inTransaction(db, () => {
      const nowMs = clock.now();
      const verdict: StartVerdict =
        item.slot === null ? { kind: 'start' } : judgeStart(entry, parts.paused(entry), nowMs);
      if (verdict.kind === 'end') writeUnstarted(item, verdict.outcome, verdict.reason);
      if (verdict.kind === 'start') {
        startRun(db, item.run, nowMs);
        if (item.slot !== null)
          startSlot(db, item.slot, { startedAtMs: nowMs, ...stretchAt(entry.plan, nowMs) });
      }
      return verdict;
    });

  /** The committed verdict; an attempt whose verdict can't be written keeps its turn. */
  const verdictOn = (item: QueuedRun, entry: Entry): StartVerdict => {
    try {
      return commitVerdict(item, entry);
    } catch (error) {
      queue.unshift(item);
      throw error;
    }
  };

  const startRunner: Runner['start'] = (job, observer) => {
    try {
      return parts.runner.start(job, observer);
    } catch (error) {
      return failedStart(error);
    }
  };

  const follow = (item: QueuedRun, schedule: Schedule): Going => {
    const lines: StoredLogLine[] = [];
    const active = startRunner(
      {
        run: item.run,
        schedule: item.schedule,
        scrape: schedule.scrape,
        timeoutMs: durationMs(schedule.timeout),
      },
      {
        progress: (progress) => {
          const run = going.get(item.run);
          if (run === undefined) return;
          run.progress = progress;
          parts.onProgress(item.run);
        },
        log: (level, message) => {
          lines.push({ atMs: clock.now(), level, message });
        },
      },
    );
    const ended = active.done.then((report) => {
      finish(item, report);
    });
    return { item, active, progress: { pages: 0, rows: 0 }, lines, ended, cancelled: null };
  };

  const finish = (item: QueuedRun, report: RunReport): void => {
    const run = going.get(item.run);
    going.delete(item.run);
    const why = run?.cancelled ?? null;
    const told =
      report.outcome === 'cancelled' && why !== null
        ? { ...report, reason: why, message: reasonText('cancelled', why) }
        : report;
    try {
      parts.conclude(item, told, run?.lines ?? []);
    } catch (error) {
      log.error('run not recorded', { run: item.run, error: String(error) });
    }
    log.info('run ended', {
      run: item.run,
      outcome: told.outcome,
      ms: Math.round(told.durationMs),
    });
    pump();
  };

  const begin = (item: QueuedRun): void => {
    const entry = book.get(item.schedule);
    if (entry === undefined) {
      cancelWaiting(item, 'deleted');
      return;
    }
    const verdict = verdictOn(item, entry);
    if (verdict.kind === 'wait') queue.push({ ...item, notBeforeMs: verdict.untilMs });
    if (verdict.kind === 'start') carryOut(item, entry.stored.document);
    else parts.onRun(item.run, item.schedule);
  };

  const carryOut = (item: QueuedRun, schedule: Schedule): void => {
    log.info('run started', { run: item.run, schedule: schedule.id });
    going.set(item.run, follow(item, schedule));
    inTransaction(db, () => {
      markRunRunning(db, item.run);
      if (item.slot !== null) markSlotRunning(db, item.slot);
    });
    parts.onRun(item.run, item.schedule);
  };

  const takeNext = (): QueuedRun | null => {
    const nowMs = clock.now();
    const index = queue.findIndex((item) => item.notBeforeMs <= nowMs && !running(item.schedule));
    if (index < 0) return null;
    return queue.splice(index, 1)[0] ?? null;
  };

  const pump = (): void => {
    while (!stopping && going.size < parts.concurrency()) {
      const item = takeNext();
      if (item === null) return;
      try {
        begin(item);
      } catch (error) {
        // The next tick tries again; a run that ended just now must not bring the host down.
        log.error('run not started', { run: item.run, error: String(error) });
        return;
      }
    }
  };

  const cancel = (run: number, why: 'user' | 'deleted'): boolean => {
    const active = going.get(run);
    if (active !== undefined) {
      active.cancelled ??= why;
      active.active.cancel();
      return true;
    }
    const waiting = queue.find((item) => item.run === run);
    if (waiting === undefined) return false;
    queue = queue.filter((item) => item !== waiting);
    cancelWaiting(waiting, why);
    return true;
  };

  return {
    add: (items) => {
      queue.push(...items);
    },
    pump,
    busy: (schedule) => {
      if (queue.some((item) => item.schedule === schedule)) return 'waiting';
      return running(schedule) ? 'running' : 'free';
    },
    wakeAt: () => {
      const nowMs = clock.now();
      const later = queue.map((item) => item.notBeforeMs).filter((atMs) => atMs > nowMs);
      return later.length === 0 ? null : Math.min(...later);
    },
    cancel,
    cancelAll: (schedule) => {
      const runs = [...queue, ...[...going.values()].map(({ item }) => item)];
      for (const item of runs) if (item.schedule === schedule) cancel(item.run, 'deleted');
    },
    dropWaiting: (schedule) => {
      const dropped = queue.filter((item) => item.schedule === schedule && item.slot !== null);
      queue = queue.filter((item) => !dropped.includes(item));
      return dropped;
    },
    progressOf: (run) => going.get(run)?.progress,
    linesOf: (run) => going.get(run)?.lines ?? [],
    figures: () => ({ queue: queue.length, running: going.size }),
    stop: async () => {
      stopping = true;
      const all = [...going.values()];
      for (const run of all) {
        run.cancelled ??= 'quit';
        run.active.cancel();
      }
      await Promise.all(all.map((run) => run.ended));
    },
  };
}

/** Writes a run's buffered log lines. */
export function writeLines(db: Writer, run: number, lines: readonly StoredLogLine[]): void {
  for (const line of lines) appendRunLog(db, run, line);
}
