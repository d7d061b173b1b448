import { RefusedError } from '../../contract/result.ts';
import type { Changes } from '../changes.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import { databasePath } from '../store/database.ts';
import type { UnreadableSchedule } from '../store/schedules.ts';
import { onTransactionFault, type Writer } from '../store/statement.ts';
import { createQuarantine } from './quarantine.ts';
import type { Repairs } from './repairs.ts';
import { createSpaceWatch } from './space.ts';
import type { Troubles } from './troubles.ts';
import { createWatch } from './watch.ts';
import { outrankedWords, passingWords } from './words.ts';
import { createWriteGuard, type Holdable } from './write-guard.ts';

/** What the health of one app is watched with. */
export interface HealthParts {
  readonly db: Writer;
  readonly clock: Clock;
  readonly log: Log;
  readonly changes: Changes;
  readonly dataFolder: string;
  readonly scheduler: Pick<Scheduler, 'facts' | 'wake' | 'recompute' | 'book'>;
  readonly runs: Holdable;
  readonly troubles: Troubles;
  readonly repairs: Repairs;
  /** The schedules whose rows could not be read. */
  readonly unreadable: readonly UnreadableSchedule[];
  readonly freeBytes: (folder: string) => number | null;
  /** The database has turned out to be damaged. */
  readonly onDamage: (error: unknown) => void;
}

/** All that watches over one app while it leads. */
export interface Health {
  /** Watches loop and disk from now on. */
  start(): void;
  /** Looks at an error that a call ended with. */
  hear(error: unknown): void;
  /** Looks now whether the database can be written again. */
  probe(): void;
  stop(): void;
}

/** Joins the watches over the loop, the writes, the disk and the schedules that are set aside. */
export function createHealth(parts: HealthParts): Health {
  const { clock, changes, troubles, dataFolder, scheduler } = parts;
  const path = databasePath(dataFolder);
  let isOutranked = false;
  const guard = createWriteGuard({ ...parts, words: (fault) => passingWords(fault, path) });
  onTransactionFault(parts.db, (error) => {
    guard.hear(error);
    if (isOutranked || !(error instanceof RefusedError) || error.code !== 'not-leader') return;
    isOutranked = true;
    troubles.raise('scheduler', outrankedWords(dataFolder));
  });
  const watch = createWatch({
    clock,
    scheduler,
    isExcused: () => isOutranked || guard.isBlocked(),
    repaired: (what) => {
      parts.repairs.note(what);
    },
  });
  const space = createSpaceWatch({ clock, troubles, dataFolder, free: parts.freeBytes });
  const quarantine = createQuarantine(troubles, scheduler.book, parts.unreadable);
  quarantine.look();
  const unsubscribe = changes.subscribe(({ name }) => {
    if (name === 'schedule' || name === 'scheduleRemoved') quarantine.look();
  });
  return {
    start: () => {
      watch.start();
      space.start();
    },
    hear: (error) => {
      guard.hear(error);
    },
    probe: () => {
      guard.probe();
    },
    stop: () => {
      unsubscribe();
      watch.stop();
      space.stop();
      guard.stop();
    },
  };
}
