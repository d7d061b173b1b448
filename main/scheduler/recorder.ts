import type { Log } from '../log.ts';
import { isLocked } from '../store/database.ts';
import type { Reported } from './conclude.ts';

/** Records how attempts ended, each once, however long the database takes to let it. */
export interface Recorder {
  /** Records an attempt's end, now or as soon as it can be. Never throws. */
  record(reported: Reported): void;
  /** Tries again what could not be recorded. */
  again(): void;
}

/**
 * A recorder that keeps, in order, the ends it could not write (another program holds the database,
 * the disk is full). Without it such a run would stand in the ledger as running until the next start.
 *
 * @param write Writes one end; what it throws leaves nothing half written.
 */
export function createRecorder(write: (reported: Reported) => void, log: Log): Recorder {
  let waiting: readonly Reported[] = [];
  // Each try waits for the lock: while it is held, the next tick's is enough for all.
  let isLockedOut = false;

  const tryToWrite = (reported: Reported): 'written' | 'locked' | 'failed' => {
    try {
      write(reported);
      return 'written';
    } catch (error) {
      log.error('run not recorded yet', { run: reported.item.run, error: String(error) });
      return isLocked(error) ? 'locked' : 'failed';
    }
  };

  const again = (): void => {
    const kept: Reported[] = [];
    let locked = false;
    for (const reported of waiting) {
      // Each try waits for the lock; one is enough to know.
      const result: ReturnType<typeof tryToWrite> = locked ? 'locked' : tryToWrite(reported);
      locked = result === 'locked';
      if (result !== 'written') kept.push(reported);
    }
    waiting = kept;
    isLockedOut = locked;
  };

  return {
    record: (reported) => {
      waiting = [...waiting, reported];
      if (!isLockedOut) again();
    },
    again,
  };
}
