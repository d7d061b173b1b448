import { pruneRuns, pruneScraped, pruneSlots, type Keeping } from './retention-ledger.ts';
import {
  pruneContents,
  pruneRobots,
  pruneUnusedPlans,
  pruneUnusedVersions,
} from './retention-contents.ts';
import { purgeDeleted } from './schedules.ts';
import { inTransaction, statement, type Writer } from './statement.ts';

/** How many slots of one schedule are kept, however young they are: 35 days of one a minute. */
export const rowsASchedule = 50_000;

/** How many scraped rows of one schedule are kept, however young they are: 2,000 runs that read 100 each. */
export const scrapedASchedule = 200_000;

/** Removes something of one schedule, in the caller's transaction. Answers whether there may be more. */
type Pruner = (db: Writer, schedule: number, keeping: Keeping) => boolean;

const pruners: readonly Pruner[] = [pruneSlots, pruneRuns, pruneScraped, pruneContents];

interface ScheduleRow {
  readonly number: number;
  readonly deleted: number;
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
    const own =
      deleted === 1 ? { ...keeping, beforeMs: Infinity, pagesBeforeMs: Infinity } : keeping;
    for (const pruner of pruners) {
      while (inTransaction(db, () => pruner(db, number, own))) yield;
      yield;
    }
  }
  inTransaction(db, () => purgeDeleted(db, keeping.deletedBeforeMs));
  yield;
  yield* pruneUnusedVersions(db);
  yield* pruneUnusedPlans(db);
  pruneRobots(db, keeping.pagesBeforeMs);
}
