import process from 'node:process';
import type { Leader } from '../../contract/views.ts';
import { toInstant } from '../../contract/time.ts';
import { standstills } from '../../contract/troubles.ts';
import type { App, AppOptions } from '../app.ts';
import type { Calls } from '../calls/calls.ts';
import type { Housing } from '../calls/context.ts';
import { settingsWithoutStore } from '../calls/settings-desk.ts';
import { createSwitchedChanges } from '../changes.ts';
import type { Timer } from '../clock.ts';
import { createRepairs } from '../health/repairs.ts';
import { createTroubles } from '../health/troubles.ts';
import { openLog } from '../log.ts';
import { damageInUse } from '../store/open-checked.ts';
import { makeDataFolder } from '../store/make-data-folder.ts';
import { unwritable } from '../store/looking.ts';
import { mayPass } from './broken-app.ts';
import { createOpener, NotLeaderError, type Standing } from './opener.ts';

/** How often a host tries again by itself to lead; sooner where another program only holds the database. */
const tryAgainMs = 30_000;
const tryLockedMs = 5_000;

/** How often a database found damaged in use is opened again, to be checked and mended where it can be. */
const mostDamages = 3;

/** An app that can be opened afresh behind calls and changes that stay the same. */
export interface Host extends App {
  readonly restart: Housing['restart'];
}

function leaderOf({ host, version, clock }: AppOptions): Leader {
  return { host, version, pid: process.pid, since: toInstant(clock.now()) };
}

/** Does one thing after another, until the last; what comes after that is not done. */
function createTurns(): {
  readonly take: (work: () => Promise<void>) => Promise<void>;
  readonly last: (work: () => Promise<void>) => Promise<void>;
} {
  let turns: Promise<void> = Promise.resolve();
  let ended = false;
  const take = (work: () => Promise<void>): Promise<void> => {
    const turn = turns.then(() => (ended ? undefined : work()));
    turns = turn.catch(() => undefined);
    return turn;
  };
  return {
    take,
    last: (work) =>
      take(() => {
        ended = true;
        return work();
      }),
  };
}

/** The calls of an app that may be another at the next call; they wait while it is being opened. */
function callsOf(app: () => Promise<App>): Calls {
  return {
    invoke: async (name, input) => (await app()).calls.invoke(name, input),
    call: async (name, input) => (await app()).calls.call(name, input),
  };
}

/**
 * Opens a host over a data folder, its scheduler not yet armed. Where the database can't be used, the
 * host opens all the same, to look or to say what is wrong, and leads once it can.
 *
 * @throws NotLeaderError where another process leads the folder; RefusedError where the folder can't be
 * made, the environment is at fault, or a command finds anything amiss. Nothing is left open then.
 */
export async function openHost(options: AppOptions): Promise<Host> {
  const { clock, dataFolder } = options;
  settingsWithoutStore(options.environment);
  makeDataFolder(dataFolder);
  const log = options.log ?? openLog(dataFolder);
  const leader = leaderOf(options);
  const troubles = createTroubles(clock);
  const later = (work: Promise<unknown>): void => {
    void work.catch((error: unknown) => {
      log.error('host not opened afresh', { error: String(error) });
    });
  };
  const repairs = createRepairs({
    clock,
    log,
    troubles,
    restart: () => {
      later(restart(() => undefined));
    },
  });

  let timer: Timer | null = null;
  let started = false;
  const turns = createTurns();
  /** While the database is closed, calls wait. */
  let opening: Promise<void> = Promise.resolve();
  let isClosed = false;
  let damages = 0;
  let openings = 0;

  const housing: Housing = {
    troubles,
    repairs,
    restart: (work) => restart(work),
    tryAgain: () => tryAgain(),
  };
  const opener = createOpener({
    ...options,
    log,
    leader,
    housing,
    onDamage: (error) => {
      const inOpening = openings;
      later(
        turns.take(async () => {
          // One fault is heard by everybody who meets it.
          if (openings !== inOpening) return;
          damages += 1;
          log.error('database damaged', { error: String(error) });
          // Its check finds an index that can be mended; what it never finds must not go on for ever.
          await reopen(
            damages > mostDamages
              ? () => Promise.resolve(opener.broken(damageInUse(dataFolder, error)))
              : openAgain,
          );
        }),
      );
    },
  });
  let standing = await opener.open();
  const changes = createSwitchedChanges(standing.app.changes);

  /** Raises what keeps the host from leading, ends what no longer does, and sees to the next try. */
  const settle = (): void => {
    const { breakage } = standing;
    for (const code of standstills) if (code !== breakage?.code) troubles.clear(code);
    timer?.cancel();
    timer = null;
    if (breakage === null) return;
    troubles.raise(breakage.code, breakage);
    if (!mayPass(breakage)) return;
    const delayMs = breakage.code === 'busy' ? tryLockedMs : tryAgainMs;
    timer = clock.after(
      delayMs,
      () => {
        later(tryAgain());
      },
      'idle',
    );
  };

  const take = (next: Standing): void => {
    standing = next;
    openings += 1;
    changes.switchTo(next.app.changes);
    settle();
    if (started) next.app.start();
  };

  /** Closes the app inside and opens another in its place; calls wait meanwhile. */
  const reopen = async (open: () => Promise<Standing>): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    opening = promise;
    isClosed = true;
    try {
      await standing.app.stop().catch((error: unknown) => {
        log.error('not closed cleanly', { error: String(error) });
      });
      take(await open());
    } finally {
      isClosed = false;
      resolve(undefined);
    }
  };

  const openAgain = async (): Promise<Standing> => {
    try {
      return await opener.open();
    } catch (error) {
      return opener.broken(error);
    }
  };

  const restart = async <T>(work: () => T | Promise<T>): Promise<T> => {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    // Whoever asked hears of it once the app is open again.
    promise.catch(() => undefined);
    await turns.take(async () => {
      log.info('host restarts');
      await reopen(async () => {
        await Promise.resolve().then(work).then(resolve, reject);
        return openAgain();
      });
    });
    return promise;
  };

  /** Opens it beside the app that is there, which takes its place only where that is better. */
  const tryAgain = async (): Promise<void> => {
    if (standing.breakage === null) {
      standing.app.probe();
      return;
    }
    await turns.take(async () => {
      const before = standing;
      if (before.breakage === null) return;
      if (before.breakage.code === 'read-only' && unwritable(dataFolder) !== null) {
        settle();
        return;
      }
      try {
        const next = await opener.open();
        if (next.breakage?.code === before.breakage.code) {
          await next.app.stop();
          standing = { ...before, breakage: next.breakage };
          settle();
          return;
        }
        await before.app.stop();
        take(next);
      } catch (error) {
        if (!(error instanceof NotLeaderError)) throw error;
        settle();
      }
    });
  };

  settle();
  const unsubscribe = troubles.onChange(() => {
    if (!isClosed && started) standing.app.tellHost();
  });
  const calls = callsOf(async () => {
    await opening;
    return standing.app;
  });

  return {
    calls,
    changes,
    leader,
    log,
    restart,
    start: () => {
      started = true;
      // One that is just being opened afresh starts when it is.
      if (!isClosed) standing.app.start();
    },
    wake: () => {
      standing.app.wake();
    },
    stop: async () => {
      try {
        await turns.last(() => {
          timer?.cancel();
          repairs.stop();
          unsubscribe();
          return standing.app.stop();
        });
      } finally {
        opener.release();
      }
    },
  };
}
