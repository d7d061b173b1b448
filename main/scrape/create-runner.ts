import type { TryOut } from '../../contract/calls.ts';
import type { Clock } from '../clock.ts';
import { createBroker, type Broker } from './broker.ts';
import { createChildren, type Child } from './children.ts';
import { createLanes } from './lanes.ts';
import type { ChildLauncher } from './launcher.ts';
import { defaultLimits, type ScrapeLimits } from './limits.ts';
import { folderMark } from './marks.ts';
import type { ChildMessage, ChildTask } from './messages.ts';
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
import { createTryChildren } from './try-children.ts';
import { createTryPages, listenToTry, tryTimeoutMs, type TriedInChild } from './try-pages.ts';

/** What a runner is made of. */
export interface RunnerParts {
  readonly clock: Clock;
  readonly launch: ChildLauncher;
  /** Whose children these are: its next leader finds them by it. Left out: nobody does. */
  readonly dataFolder?: string;
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

const nothingGoesOn = { stop: () => undefined, cancel: () => undefined };

/** One child's task, with its broker. */
interface Opened {
  readonly session: Session;
  readonly broker: Broker;
}

/** What a child is opened for. */
interface Opening {
  readonly task: ChildTask;
  readonly timeoutMs: number;
  /** The schedule whose pages are kept; null for a try-out. */
  readonly schedule: number | null;
  readonly warn: (message: string) => void;
  /** Hears the child once it is opened; true where it has told its last. */
  readonly hear: (message: ChildMessage, opened: Opened) => boolean;
  /** Whether the child is to live on for another task. */
  readonly reuse: boolean;
}

/** Opens children for tasks; lanes, robots.txt and kept pages are shared by all. */
function createOpener(
  parts: RunnerParts,
  limits: ScrapeLimits,
): (child: Child, opening: Opening) => Opened {
  const { clock, pages } = parts;
  const lanes = createLanes(clock, parts.hostGapMs);
  const robots = createRobotsBook(clock, parts.robots);
  return (child, { task, timeoutMs, schedule, warn, hear, reuse }) => {
    const broker = createBroker({ clock, child, lanes, robots, pages, schedule, warn });
    const session = openSession({
      clock,
      child,
      task: {
        type: 'start',
        task,
        userAgent: parts.userAgent(),
        limits,
        parentPid: process.pid,
      },
      timeoutMs,
      hear: (message) => hear(message, opened),
      reuse,
    });
    const opened = { session, broker };
    void session.done.then(() => {
      broker.close();
    });
    return opened;
  };
}

/**
 * The runner of one host: a child process a run, killed at its deadline and gone with its parent.
 * Nothing starts before the first run, try-out or `warm`, and nothing after `stop`.
 */
export function createRunner(parts: RunnerParts): ScrapeRunner {
  const { clock } = parts;
  const limits = { ...defaultLimits, ...parts.limits };
  const children = createChildren({
    clock,
    launch: parts.launch,
    folderMark: parts.dataFolder === undefined ? null : folderMark(parts.dataFolder),
    spare: parts.spare ?? true,
  });
  const open = createOpener(parts, limits);
  const tryChildren = createTryChildren(clock, children.take);
  const sessions = new Set<Session>();
  let stopped = false;

  const begin = (child: Child, opening: Opening): Session => {
    const { session } = open(child, opening);
    sessions.add(session);
    void session.done.then(() => sessions.delete(session));
    return session;
  };

  const start = (job: RunJob, observer: RunObserver): ActiveRun => {
    const { scrape, timeoutMs, schedule } = job;
    if (stopped) return { ...nothingGoesOn, done: Promise.resolve(unstarted) };
    const listener = listenToRun(observer, job, limits);
    const { done, stop, cancel } = begin(children.take(), {
      task: { kind: 'run', scrape },
      timeoutMs,
      schedule,
      warn: (message) => {
        observer.log('warning', message);
      },
      hear: listener.hear,
      reuse: false,
    });
    return { done: done.then(listener.report), stop, cancel };
  };

  const tryInChild = async (task: Extract<ChildTask, { kind: 'try' }>): Promise<TriedInChild> => {
    if (stopped) return { tried: null, cause: 'cancelled' };
    const listener = listenToTry();
    const child = tryChildren.take();
    const session = begin(child, {
      task,
      timeoutMs: tryTimeoutMs,
      schedule: null,
      warn: () => undefined,
      hear: listener.hear,
      reuse: true,
    });
    const { cause } = await session.done;
    if (cause === 'reported') tryChildren.giveBack(child);
    return { tried: listener.tried(), cause };
  };

  return {
    start,
    tryPage: createTryPages(createPageCache(clock), tryInChild),
    warm: children.warm,
    stop: async () => {
      stopped = true;
      tryChildren.stop();
      const ending = [...sessions].map((session) => session.done);
      for (const session of sessions) session.cancel();
      await Promise.all(ending);
      await children.stop();
    },
  };
}
