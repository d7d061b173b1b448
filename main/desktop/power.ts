import { powerMonitor, powerSaveBlocker } from 'electron';
import type { Board } from './board.ts';

/** Wakes the scheduler when the computer wakes, and keeps it awake while a run goes on. */
export interface Power {
  /** Holds the computer awake while a run goes on, and only then. */
  follow(board: Board): void;
  stop(): void;
}

/**
 * Joins the system's power events. macOS tells of a sleep late, and an unlocked screen is often the
 * first sign of having slept; to wake once too often does no harm.
 */
export function followPower(wake: () => void, quit: () => void): Power {
  let blocker: number | null = null;
  const release = (): void => {
    if (blocker !== null) powerSaveBlocker.stop(blocker);
    blocker = null;
  };
  powerMonitor.on('resume', wake);
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
      powerMonitor.off('resume', wake);
      powerMonitor.off('unlock-screen', wake);
      powerMonitor.off('shutdown', quit);
    },
  };
}
