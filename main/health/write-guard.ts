import type { Clock, Timer } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Writer } from '../store/statement.ts';
import { probeWrite, writeFaultOf, type WriteFault } from '../store/write-faults.ts';
import type { Troubles, TroubleWords } from './troubles.ts';

/** What can be kept from starting runs. While anyone holds it, what goes on ends, and nothing new starts. */
export interface Holdable {
  /** Holds it for the reason with this code; once more for the same reason changes nothing. */
  hold(code: string): void;
  /** Lets go of that reason, and looks at the clock where it was the last. */
  release(code: string): void;
}

/** How soon it is looked whether writing goes again: well below the minute in which everything resumes. */
const probeMs = 20_000;
/** Another program's lock is mostly gone in a moment; only one that stays is worth a word. */
const lockProbeMs = 5_000;

/** A fault that passes: while it lasts nothing can be recorded. */
type Passing = Exclude<WriteFault, 'damaged'>;

/** What the guard is made of. */
export interface WriteGuardParts {
  readonly db: Writer;
  readonly clock: Clock;
  readonly log: Log;
  readonly troubles: Troubles;
  readonly runs: Holdable;
  /** What to say of a fault. */
  readonly words: (fault: Passing) => TroubleWords;
  /** The database has turned out to be damaged. */
  readonly onDamage: (error: unknown) => void;
}

/** Watches whether the database can be written, and holds the runs back while it can't. */
export interface WriteGuard {
  /** Looks at an error that a transaction ended with, or anything else. */
  hear(error: unknown): void;
  /** Looks now whether writing goes again. */
  probe(): void;
  /** Whether something keeps everything from being written. */
  isBlocked(): boolean;
  stop(): void;
}

/**
 * The guard of one connection. The first write that fails on a full or read-only disk raises the
 * trouble and holds the runs; a small write every 20 s finds out when it is over.
 */
export function createWriteGuard(parts: WriteGuardParts): WriteGuard {
  const { db, clock, log, troubles, runs } = parts;
  let fault: Passing | null = null;
  let timer: Timer | null = null;
  let stopped = false;
  let probing = false;

  const end = (): void => {
    if (fault === null) return;
    log.info('writing again', { after: fault });
    const ended = fault;
    fault = null;
    troubles.clear(ended);
    runs.release(ended);
  };

  const begin = (found: Passing): void => {
    if (fault === found) return;
    end();
    fault = found;
    log.error('writing failed', { why: found });
    if (found === 'busy') return;
    troubles.raise(found, parts.words(found));
    runs.hold(found);
  };

  const schedule = (): void => {
    timer?.cancel();
    if (stopped || fault === null) return;
    const ring = (): void => {
      probe();
      schedule();
    };
    timer = clock.after(fault === 'busy' ? lockProbeMs : probeMs, ring, 'idle');
  };

  const probe = (): void => {
    if (stopped || fault === null) return;
    probing = true;
    try {
      probeWrite(db);
      end();
    } catch (error) {
      const found = writeFaultOf(error);
      if (found === 'damaged') parts.onDamage(error);
      else if (found !== null) {
        begin(found);
        if (found === 'busy') troubles.raise('busy', parts.words('busy'));
      }
    } finally {
      probing = false;
    }
  };

  const hear = (error: unknown): void => {
    const found = stopped || probing ? null : writeFaultOf(error);
    if (found === null) return;
    if (found === 'damaged') {
      parts.onDamage(error);
      return;
    }
    if (fault !== null) return;
    begin(found);
    schedule();
  };

  return {
    hear,
    probe: () => {
      probe();
      schedule();
    },
    isBlocked: () => fault !== null,
    stop: () => {
      stopped = true;
      timer?.cancel();
      if (fault !== null) troubles.clear(fault);
    },
  };
}
