import { powerMonitor, powerSaveBlocker } from 'electron';
import type { Log } from '../log.ts';
import type { Board } from './board.ts';

/** Wakes the scheduler when the computer wakes, and keeps it awake while a run goes on. */
export interface Power {
  /** Holds the computer awake while a run goes on, and only then. */
  follow(board: Board): void;
  stop(): void;
}

/** What the system's power events lead to. */
export interface PowerParts {
  readonly log: Log;
  readonly wake: () => void;
  readonly quit: () => void;
}

/**
 * Joins the system's power events. macOS tells of a sleep late, and an unlocked screen is often the
 * first sign of having slept; to wake once too often does no harm. Nothing depends on being told of a
 * sleep: it is only noted.
 */
export function followPower({ log, wake, quit }: PowerParts): Power {
  let blocker: number | null = null;
  const release = (): void => {
    if (blocker !== null) powerSaveBlocker.stop(blocker);
    blocker = null;
  };
  const noteSleep = (): void => {
    log.info('computer sleeps');
  };
  const resume = (): void => {
    log.info('computer woke');
    wake();
  };
  powerMonitor.on('suspend', noteSleep);
  powerMonitor.on('resume', resume);
  powerMonitor.on('unlock-screen', wake);
  powerMonitor.on('shutdown', quit);
  return {
    follow: (board) => {
      const isRunning = [...board.runs.values()].some((run) => run.state === 'running');
      if (!isRunning) release();
      else blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    },
    stop: () => {
      release();
      powerMonitor.off('suspend', noteSleep);
      powerMonitor.off('resume', resume);
      powerMonitor.off('unlock-screen', wake);
      powerMonitor.off('shutdown', quit);
    },
  };
}
