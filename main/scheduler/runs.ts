import type { Schedule } from '../../contract/schedule.ts';
import { durationMs } from '../../contract/time.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { ActiveRun, Runner, RunReport } from '../scrape/runner.ts';
import type { StoredLogLine } from '../store/run-log.ts';
import type { QueuedRun } from './actions.ts';
import type { Reported } from './conclude.ts';
import type { Progress } from './entries.ts';
import { reasonText } from './reasons.ts';

/** Why a run is being cancelled. */
export type CancelWhy = 'user' | 'quit' | 'deleted' | 'closed';

/** A run that goes on, as it is carried out. */
interface Going {
  readonly item: QueuedRun;
  readonly active: ActiveRun;
  progress: Progress;
  readonly lines: StoredLogLine[];
  readonly ended: Promise<void>;
  cancelled: CancelWhy | null;
}

/** What runs are made of. */
export interface RunsParts {
  readonly clock: Clock;
  readonly runner: Runner;
  readonly log: Log;
  /** A run that goes on has read more. */
  readonly onProgress: (run: number) => void;
  /** An attempt has reported. Must not throw. */
  readonly onEnd: (reported: Reported) => void;
}

/** Carries out the attempts that have been given their turn. */
export interface Runs {
  begin(item: QueuedRun, schedule: Schedule, startedAtMs: number): void;
  /** Asks a run to end after the page it is at. */
  stop(run: number): void;
  /** Ends a run. False where it doesn't go on. */
  cancel(run: number, why: CancelWhy): boolean;
  progressOf(run: number): Progress | undefined;
  linesOf(run: number): readonly StoredLogLine[];
  /** Cancels all and waits until they have ended. */
  stopAll(): Promise<void>;
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
  const nothing = (): void => undefined;
  return { done: Promise.resolve(report), cancel: nothing, stop: nothing };
}

/** The runs of one scheduler. */
export function createRuns({ clock, runner, log, onProgress, onEnd }: RunsParts): Runs {
  const going = new Map<number, Going>();

  const start: Runner['start'] = (job, observer) => {
    try {
      return runner.start(job, observer);
    } catch (error) {
      return failedStart(error);
    }
  };

  const finish = (item: QueuedRun, startedAtMs: number, report: RunReport): void => {
    const run = going.get(item.run);
    going.delete(item.run);
    const why = run?.cancelled ?? null;
    const told =
      report.outcome === 'cancelled' && why !== null
        ? { ...report, reason: why, message: reasonText('cancelled', why) }
        : report;
    const { outcome, durationMs: ms } = told;
    log.info('run ended', { run: item.run, outcome, ms: Math.round(ms) });
    onEnd({ item, startedAtMs, report: told, lines: run?.lines ?? [], nowMs: clock.now() });
  };

  const begin = (item: QueuedRun, schedule: Schedule, startedAtMs: number): void => {
    log.info('run started', { run: item.run, schedule: schedule.id });
    const lines: StoredLogLine[] = [];
    const { scrape } = schedule;
    const job = {
      ...{ run: item.run, schedule: item.schedule, scrape },
      timeoutMs: durationMs(schedule.timeout),
    };
    const active = start(job, {
      progress: (progress) => {
        const run = going.get(item.run);
        if (run === undefined) return;
        run.progress = progress;
        onProgress(item.run);
      },
      log: (level, message) => {
        lines.push({ atMs: clock.now(), level, message });
      },
    });
    const ended = active.done.then((report) => {
      finish(item, startedAtMs, report);
    });
    const progress = { pages: 0, rows: 0 };
    going.set(item.run, { item, active, progress, lines, ended, cancelled: null });
  };

  const cancel = (run: number, why: CancelWhy): boolean => {
    const active = going.get(run);
    if (active === undefined) return false;
    active.cancelled ??= why;
    active.active.cancel();
    return true;
  };

  return {
    begin,
    stop: (run) => going.get(run)?.active.stop(),
    cancel,
    progressOf: (run) => going.get(run)?.progress,
    linesOf: (run) => going.get(run)?.lines ?? [],
    stopAll: async () => {
      const all = [...going.values()];
      for (const { item } of all) cancel(item.run, 'quit');
      await Promise.all(all.map(({ ended }) => ended));
    },
  };
}
