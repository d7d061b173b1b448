import SqliteDatabase from 'better-sqlite3';
import { copyDatabase, type CopyDatabase } from './copy-database.ts';
import { databasePath, openDatabase, storeRefusal } from './database.ts';
import { inspectDatabase } from './inspect.ts';
import { forgetNext, nextPath, putInPlace } from './replace.ts';
import { readMeta, writeMeta } from './meta.ts';
import { lastAttempt } from './runs.ts';
import { setAside, type AsideReason } from './set-aside.ts';
import { endSlot, openSlots } from './slots.ts';
import { inTransaction, statement, type Writer } from './statement.ts';

/** The meta value of a backup that was put in place and hasn't been opened since. */
const restoredMark = 'restored';

function markRestored(path: string): void {
  const db = new SqliteDatabase(path);
  try {
    writeMeta(db as Writer, restoredMark, 'yes');
  } finally {
    db.close();
  }
}

/** Under which name the database is set aside: what a look at it tells. */
function whyAside(dataFolder: string): AsideReason {
  return inspectDatabase(dataFolder).found === 'damaged' ? 'damaged' : 'replaced';
}

/**
 * Lays a checked copy of a backup beside the database, ready to take its place. The database may be open.
 *
 * @throws RefusedError `invalid` for what isn't a whole database of Jackdaw, `unsupported` for one from
 * the future, `not-found`, `disk-full`, `read-only`; nothing has changed then.
 */
export async function prepareRestore(
  dataFolder: string,
  backupPath: string,
  copy: CopyDatabase = copyDatabase,
): Promise<void> {
  const next = nextPath(dataFolder);
  forgetNext(dataFolder, '', '-journal');
  await copy(backupPath, next);
  markRestored(next);
}

/**
 * Sets the database aside (`replaced-2026-11-25T214411Z/`, or `damaged-…`), never deletes it, and puts the prepared copy
 * in its place. On closed files under the leader's lock; a crash at any point leaves the one or the
 * other in place, and both files. Answers the folder the former lies in, or null where there was none.
 *
 * @throws RefusedError `read-only` or `disk-full`; the present one is where it was then.
 */
export function putRestored(dataFolder: string, nowMs: number): string | null {
  try {
    return putInPlace(dataFolder, nowMs, whyAside(dataFolder));
  } catch (error) {
    throw storeRefusal(error, databasePath(dataFolder));
  }
}

/** Puts a copy of a backup in the place of a closed database: `prepareRestore`, then `putRestored`. */
export async function restoreDatabase(
  dataFolder: string,
  backupPath: string,
  nowMs: number,
): Promise<string | null> {
  await prepareRestore(dataFolder, backupPath);
  return putRestored(dataFolder, nowMs);
}

/**
 * Sets a data folder's database aside and puts a new, empty one there, so that the next start doesn't
 * miss the old one. On closed files under the leader's lock. Answers the folder the old one lies in,
 * or null where there was none.
 *
 * @throws RefusedError as `openDatabase`.
 */
export function startEmpty(dataFolder: string, nowMs: number): string | null {
  const kept = setAside(dataFolder, nowMs, whyAside(dataFolder));
  openDatabase(dataFolder).close();
  return kept;
}

/** How a slot ends that waited for its next attempt, where no attempt of it is on record. */
const neverTried = {
  outcome: 'interrupted',
  reason: 'crash',
  message: 'A backup was restored before it could be tried again.',
} as const;

/**
 * Counts a restored database's slots from now on, once: what was due between the backup and now has run
 * or not in the ledger that was set aside, and must not run again because this one doesn't know it. What
 * waited for its next attempt ends as its last one did.
 */
export function countAnew(db: Writer, nowMs: number): void {
  if (readMeta(db, restoredMark) === null) return;
  inTransaction(db, () => {
    statement(db, 'UPDATE handled SET until = max(until, ?)').run(nowMs);
    statement(
      db,
      "INSERT OR IGNORE INTO counted_from (schedule, at, why) SELECT number, ?, 'restored' FROM schedules",
    ).run(nowMs);
    for (const { slot, state } of openSlots(db))
      if (state === 'waiting-retry') endSlot(db, slot, lastAttempt(db, slot) ?? neverTried);
    writeMeta(db, restoredMark, null);
  });
}
