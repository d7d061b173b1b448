import type { TryOut } from '../../contract/calls.ts';
import type { Clock } from '../clock.ts';
import { createBroker, type Broker } from './broker.ts';
import { createChildren, type Child } from './children.ts';
import { createLanes } from './lanes.ts';
import type { ChildLauncher } from './launcher.ts';
import { defaultLimits, type ScrapeLimits } from './limits.ts';
import type { ChildTask, ParentMessage } from './messages.ts';
import { createPageCache } from './page-cache.ts';
import { createRobotsBook } from './robots-book.ts';
import { listenToRun } from './run-session.ts';
import type {
  ActiveRun,
  PageShelf,
  RobotsShelf,
  RunJob,
  Runner,
  RunObserver,
  RunReport,
} from './runner.ts';
import { openSession, type Session } from './session.ts';
import { createTryPages, listenToTry, tryTimeoutMs, type TryInChild } from './try-pages.ts';

/** What a runner is made of. */
export interface RunnerParts {
  readonly clock: Clock;
  readonly launch: ChildLauncher;
  readonly pages: PageShelf;
  readonly robots: RobotsShelf;
  /** The least time between two requests to one host, asked before each. */
  readonly hostGapMs: () => number;
  /** `Jackdaw/<version> (+contact)`, asked for each run. */
  readonly userAgent: () => string;
  /** Keep a warm spare child from the first run on (default). A one-shot command says false. */
  readonly spare?: boolean;
  readonly limits?: Partial<ScrapeLimits>;
}

/** A runner that can also try a page out for the editor. */
export interface ScrapeRunner extends Runner {
  /**
   * Reads one page of a draft, without a run and within 20 s: what is wrong with single selectors
   * comes back as faults beside the rest. The page is fetched once in 5 minutes unless `refresh`.
   * Never rejects; what couldn't be read is told in `message`.
   */
  tryPage(scrape: unknown, options: { readonly refresh: boolean }): Promise<TryOut>;
  /** Starts the spare child now, so that the first run needn't wait for it. */
  warm(): void;
}

const unstarted: RunReport = {
  outcome: 'cancelled',
  reason: 'cancelled',
  message: 'Jackdaw was ending, so the run was not begun.',
  records: [],
  pages: 0,
  notModified: 0,
  bytes: 0,
  durationMs: 0,
  network: false,
  retryable: false,
  retryAfterMs: null,
};

/**
 * The runner of one host: a child process a run, killed at its deadline and gone with its parent.
 * Lanes, robots.txt and kept pages are the parent's, shared by all runs. Nothing starts before the
 * first run, try-out or `warm`.
 */
export function createRunner(parts: RunnerParts): ScrapeRunner {
  const { clock, pages } = parts;
  const limits = { ...defaultLimits, ...parts.limits };
  const children = createChildren(clock, parts.launch, parts.spare ?? true);
  const lanes = createLanes(clock, parts.hostGapMs);
  const robots = createRobotsBook(clock, parts.robots);
  const sessions = new Set<Session>();
  let stopped = false;

  const startMessage = (task: ChildTask): Extract<ParentMessage, { readonly type: 'start' }> => ({
    type: 'start',
    task,
    userAgent: parts.userAgent(),
    limits,
    parentPid: process.pid,
  });
  const brokerFor = (
    child: Child,
    schedule: number | null,
    warn: (message: string) => void,
  ): Broker => createBroker({ clock, child, lanes, robots, pages, schedule, warn });
  const track = (session: Session, broker: Broker): Session => {
    sessions.add(session);
    void session.done.then(() => {
      sessions.delete(session);
      broker.close();
    });
    return session;
  };

  const start = (job: RunJob, observer: RunObserver): ActiveRun => {
    if (stopped) return { done: Promise.resolve(unstarted), cancel: () => undefined };
    const child = children.take();
    const broker = brokerFor(child, job.schedule, (message) => {
      observer.log('warning', message);
    });
    const { timeoutMs, scrape } = job;
    const listener = listenToRun({
      observer,
      broker,
      timeoutMs,
      rowsMost: limits.rows,
      distrust: () => {
        session.distrust();
      },
    });
    const task = startMessage({ kind: 'run', scrape });
    const session = openSession({ clock, child, task, timeoutMs, hear: listener.hear });
    track(session, broker);
    return { done: session.done.then(listener.report), cancel: session.cancel };
  };

  const tryInChild: TryInChild = async (task) => {
    const child = children.take();
    const broker = brokerFor(child, null, () => undefined);
    let tried: Awaited<ReturnType<TryInChild>>['tried'] = null;
    const hear = listenToTry(
      broker,
      () => {
        session.distrust();
      },
      (told) => {
        tried = told;
      },
    );
    const message = startMessage(task);
    const session = track(
      openSession({ clock, child, task: message, timeoutMs: tryTimeoutMs, hear }),
      broker,
    );
    if (stopped) session.cancel();
    const end = await session.done;
    return { tried, end };
  };

  return {
    start,
    tryPage: createTryPages(createPageCache(clock), tryInChild),
    warm: children.warm,
    stop: async () => {
      stopped = true;
      const ending = [...sessions].map((session) => session.done);
      for (const session of sessions) session.cancel();
      await Promise.all(ending);
      await children.stop();
    },
  };
}
