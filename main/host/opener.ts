import { RefusedError } from '../../contract/result.ts';
import type { Inside, InsideOptions } from '../app.ts';
import { takeLead, type LeaderLock } from '../store/leader-lock.ts';
import { unwritable } from '../store/looking.ts';
import { breakageOf, brokenApp, type Breakage } from './broken-app.ts';
import { openToLead, openToLook } from './inside.ts';

/** How long a host stands still for another program's lock before it opens without its scheduler. */
const lockPatienceMs = 250;

/** Raised where another process leads the data folder. */
export class NotLeaderError extends RefusedError {
  constructor(dataFolder: string) {
    super('not-leader', `Another Jackdaw leads ${dataFolder}; this one does nothing.`);
    this.name = 'NotLeaderError';
  }
}

/** An app as it could be opened. */
export interface Standing {
  readonly app: Inside;
  /** What keeps it from leading; null where it leads. */
  readonly breakage: Breakage | null;
}

/** Opens the app of a host, under a lead that it takes once and keeps until it is released. */
export interface Opener {
  /**
   * Opens it to lead; where that can't be, to look; else to say why neither. A command gets no such
   * app: it is refused.
   *
   * @throws NotLeaderError where another process leads; for a command, whatever keeps it from leading.
   */
  open(): Promise<Standing>;
  /** An app that only says what keeps it from being opened. */
  broken(error: unknown): Standing;
  release(): void;
}

/** The opener of one host. */
export function createOpener(parts: Omit<InsideOptions, 'turn'>): Opener {
  const { dataFolder, host, log } = parts;
  let held: LeaderLock | null = null;
  let turn = 0;

  const options = (): InsideOptions => {
    turn += 1;
    return { ...parts, turn };
  };

  const release = (): void => {
    held?.release();
    held = null;
  };

  /** @throws NotLeaderError, or RefusedError `read-only`. */
  const lead = (): void => {
    held ??= takeLead(dataFolder);
    if (held === null) throw new NotLeaderError(dataFolder);
    const hindrance = unwritable(dataFolder);
    if (hindrance === null) return;
    // A lock that can't be written keeps nobody out, and is none.
    release();
    throw new RefusedError(
      'read-only',
      `Jackdaw may not write to ${hindrance}. Give yourself write permission to it, or name another folder with --data-dir.`,
    );
  };

  const broken = (error: unknown): Standing => {
    const breakage = breakageOf(error, dataFolder);
    return { app: brokenApp(options(), breakage), breakage };
  };

  const look = async (error: unknown): Promise<Standing> => {
    try {
      return { app: await openToLook(options()), breakage: breakageOf(error, dataFolder) };
    } catch (reason) {
      return broken(reason);
    }
  };

  return {
    open: async () => {
      try {
        lead();
        const patienceMs = host === 'command' ? undefined : lockPatienceMs;
        return { app: await openToLead(options(), patienceMs), breakage: null };
      } catch (error) {
        if (error instanceof NotLeaderError || host === 'command') {
          release();
          throw error;
        }
        log.error('not opened to lead', { error: String(error) });
        return breakageOf(error, dataFolder).code === 'read-only' ? look(error) : broken(error);
      }
    },
    broken,
    release,
  };
}
