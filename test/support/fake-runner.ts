import type { TryOut } from '../../contract/calls.ts';
import type { ScrapeRunner } from '../../main/scrape/create-runner.ts';
import type { RunJob, RunObserver, RunReport } from '../../main/scrape/runner.ts';
import { aReport } from './builders.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** A run that the fake was asked to carry out. */
export interface FakeRun {
  readonly job: RunJob;
  readonly observer: RunObserver;
  /** The virtual instant it was started at, ISO 8601. */
  readonly startedAt: string;
  /** Ends it with this report. */
  end(report?: Partial<RunReport>): void;
  /** Lets it go on when it is asked to stop. */
  ignoreStop(): void;
}

/** A runner that starts nothing: tests see what it was asked, and end the runs themselves. */
export interface FakeRunner extends ScrapeRunner {
  readonly runs: readonly FakeRun[];
  /** What runs report by themselves after `afterMs`; null lets them go on until a test ends them. */
  answer: { readonly afterMs: number; readonly report: Partial<RunReport> } | null;
}

const emptyTryOut: TryOut = {
  faults: [],
  url: null,
  title: null,
  columns: [],
  rows: [],
  total: 0,
  next: null,
  message: null,
};

/** A fake runner on a virtual clock; every run succeeds after one second unless told otherwise. */
export function fakeRunner(clock: VirtualClock): FakeRunner {
  const runs: FakeRun[] = [];
  const fake: FakeRunner = {
    runs,
    answer: { afterMs: 1_000, report: {} },
    warm: () => undefined,
    tryPage: () => Promise.resolve(emptyTryOut),
    stop: () => Promise.resolve(),
    start: (job, observer) => {
      const { promise, resolve } = Promise.withResolvers<RunReport>();
      const startedMs = clock.monotonic();
      const end = (report: Partial<RunReport> = {}): void => {
        resolve(aReport({ durationMs: clock.monotonic() - startedMs, ...report }));
      };
      let isDeaf = false;
      const ignoreStop = (): void => {
        isDeaf = true;
      };
      const startedAt = new Date(clock.now()).toISOString();
      runs.push({ job, observer, startedAt, end, ignoreStop });
      const { answer } = fake;
      if (answer !== null)
        clock.after(answer.afterMs, () => {
          end(answer.report);
        });
      const cancel = (): void => {
        end({ outcome: 'cancelled' });
      };
      const stop = (): void => {
        if (!isDeaf) end({ outcome: 'partial', reason: 'closed', message: 'The hours closed.' });
      };
      return { done: promise, stop, cancel };
    },
  };
  return fake;
}
