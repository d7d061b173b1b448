import type { Backup } from '../../contract/backups.ts';
import { durationMs } from '../../contract/time.ts';
import type { Clock, Timer } from '../clock.ts';
import type { Log } from '../log.ts';
import { makeBackup, nextDailyAt } from './backups.ts';
import type { CopyDatabase } from './copy-database.ts';
import { prune, rowsASchedule, scrapedASchedule } from './retention.ts';
import type { Writer } from './statement.ts';

/** What the keeper works with. */
export interface KeeperParts {
  readonly db: Writer;
  readonly dataFolder: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly copy: CopyDatabase;
  /** How long history is kept, in milliseconds: the setting in force. */
  readonly keepHistoryMs: () => number;
  /** How long a deleted schedule can be brought back. */
  readonly undeleteMs: number;
}

/** What the keeper failed at last, and hasn't done since. */
export interface KeeperFault {
  readonly task: 'backup' | 'pruning';
  readonly atMs: number;
  readonly message: string;
}

/** Keeps the database: a backup each day, and old history removed. */
export interface Keeper {
  /** Begins to look after the database, from a minute and a half on. */
  start(): void;
  /** Makes a backup by hand. @throws RefusedError as `makeBackup`. */
  backUp(): Promise<Backup>;
  /** What is going wrong; empty as a rule. */
  faults(): readonly KeeperFault[];
  /** Looks after nothing any more; waits for a backup that is being made. */
  stop(): Promise<void>;
}

/** Starting has better things to do in its first minute. */
const firstLookMs = durationMs('90s');
const lookMs = durationMs('15m');
const tryAgainMs = durationMs('1h');
const pruneMs = durationMs('6h');
/** The rest between two removals, in which the ledger goes on. */
const restMs = 50;
/** A page is fetched anew every so often; one that wasn't for so long isn't visited any more. */
const pagesMs = durationMs('30d');

class HouseKeeper implements Keeper {
  readonly #parts: KeeperParts;
  readonly #faults = new Map<KeeperFault['task'], KeeperFault>();
  #timer: Timer | null = null;
  #resting: Timer | null = null;
  #copying: Promise<unknown> = Promise.resolve();
  #prunedAtMs = -Infinity;
  #stopped = false;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#wait(firstLookMs);
  }

  backUp(): Promise<Backup> {
    return this.#make('manual');
  }

  faults(): readonly KeeperFault[] {
    return [...this.#faults.values()];
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timer?.cancel();
    this.#resting?.cancel();
    await this.#copying.catch(() => undefined);
  }

  /** One copy at a time: two would write at one file. */
  #make(kind: 'daily' | 'manual'): Promise<Backup> {
    const { clock, log } = this.#parts;
    const made = this.#copying
      .catch(() => undefined)
      .then(() => makeBackup(this.#parts, kind, clock.now()))
      .then((backup) => {
        log.info('backup made', { name: backup.name, bytes: backup.bytes });
        return backup;
      });
    this.#copying = made;
    return made;
  }

  #wait(delayMs: number): void {
    if (this.#stopped) return;
    this.#timer = this.#parts.clock.after(delayMs, () => void this.#look(), 'idle');
  }

  async #look(): Promise<void> {
    const { clock, dataFolder } = this.#parts;
    const done = await this.#attempt('backup', async () => {
      if (nextDailyAt(dataFolder, clock.now()) <= clock.now()) await this.#make('daily');
    });
    if (!this.#stopped && clock.monotonic() - this.#prunedAtMs >= pruneMs) {
      this.#prunedAtMs = clock.monotonic();
      this.#prune();
    }
    this.#wait(done ? lookMs : tryAgainMs);
  }

  /** Does a task, or notes and logs why it failed. Answers whether it is done. */
  async #attempt(task: KeeperFault['task'], work: () => Promise<void> | void): Promise<boolean> {
    const { clock, log } = this.#parts;
    try {
      await work();
      this.#faults.delete(task);
      return true;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#faults.set(task, { task, atMs: clock.now(), message });
      log.error(`${task} failed`, { error: message });
      return false;
    }
  }

  #prune(): void {
    const { db, clock, keepHistoryMs, undeleteMs } = this.#parts;
    const nowMs = clock.now();
    const beforeMs = nowMs - keepHistoryMs();
    const steps = prune(db, {
      beforeMs,
      pagesBeforeMs: Math.max(beforeMs, nowMs - pagesMs),
      deletedBeforeMs: nowMs - undeleteMs,
      rowsASchedule,
      scrapedASchedule,
    });
    const go = (): void => {
      void this.#attempt('pruning', () => {
        if (steps.next().done !== true) this.#resting = clock.after(restMs, go, 'idle');
      });
    };
    go();
  }
}

/** The keeper of one database; it rests until `start`. */
export function createKeeper(parts: KeeperParts): Keeper {
  return new HouseKeeper(parts);
}
