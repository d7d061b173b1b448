import {
  pruneContents,
  pruneRobots,
  pruneUnusedPlans,
  pruneUnusedVersions,
  removeContents,
} from './retention-contents.ts';
import {
  pruneRuns,
  pruneScraped,
  pruneSlots,
  removeLedger,
  type Keeping,
  type Removal,
} from './retention-ledger.ts';
import { removeSchedule } from './schedules.ts';
import { inTransaction, statement, type Writer } from './statement.ts';

/** How many slots of one schedule are kept, however young they are: 35 days of one a minute. */
export const rowsASchedule = 50_000;

/** How many scraped rows of one schedule are kept, however young they are: 2,000 runs that read 100 each. */
export const scrapedASchedule = 200_000;

const pruners = [pruneSlots, pruneRuns, pruneScraped, pruneContents] as const;

interface ScheduleRow {
  readonly number: number;
  readonly deleted: number;
}

/** Removes for as long as there may be more, each time in a turn of its own. */
function* steps(db: Writer, remove: Removal): Generator<undefined, void> {
  while (inTransaction(db, remove)) yield;
  yield;
}

/** Removes a deleted schedule for good, all it has first: no statement meets more than a step's rows. */
function* purge(db: Writer, schedule: number): Generator<undefined, void> {
  for (const rest of [removeLedger, removeContents]) yield* steps(db, rest(db, schedule));
  inTransaction(db, () => {
    removeSchedule(db, schedule);
  });
  yield;
}

/**
 * Removes old history step by step: each turn of the generator is one short transaction, between which
 * the ledger goes on, and is on the disk before the next: `walFault` counts on that. Of each schedule
 * the oldest rows go first and without a hole, so that those that stay still join one another. What is
 * open, records that are there, and the rows of the last good run always stay.
 *
 * @throws what SQLite raises; what was removed until then stays removed.
 */
export function* prune(db: Writer, keeping: Keeping): Generator<undefined, void> {
  const schedules = statement<ScheduleRow>(
    db,
    'SELECT number, coalesce(deleted_at < ?, 0) AS deleted FROM schedules ORDER BY number',
  ).all(keeping.deletedBeforeMs);
  for (const { number, deleted } of schedules) {
    if (deleted === 1) yield* purge(db, number);
    else for (const pruner of pruners) yield* steps(db, pruner(db, number, keeping));
  }
  yield* pruneUnusedVersions(db);
  yield* pruneUnusedPlans(db);
  pruneRobots(db, keeping.pagesBeforeMs);
}
