import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import SqliteDatabase from 'better-sqlite3';
import { RefusedError } from '../../contract/result.ts';
import { storeRefusal } from './database.ts';
import { databaseVersion, migrations } from './migrations.ts';

/** Copies a database to a path, whole and checked. Two forms: on this thread, and on one of its own. */
export type CopyDatabase = (from: string, to: string) => Promise<void>;

/** How many pages one step copies, and after how many steps they are flushed. */
const stepPages = 500;
const stepsAFlush = 4;

/** Flushes what was written so far: all at once at the end would hold up the ledger's own commits. */
function flush(path: string): void {
  const file = openSync(path, 'r+');
  fsyncSync(file);
  closeSync(file);
}

/** The files SQLite lays beside a database in WAL mode. */
const beside = ['-wal', '-shm'] as const;

/** Reads a database, and leaves no more beside it than there was. */
async function reading<T>(
  path: string,
  work: (db: SqliteDatabase.Database) => T | Promise<T>,
): Promise<T> {
  const hadWal = existsSync(`${path}-wal`);
  const db = new SqliteDatabase(path, { readonly: true, fileMustExist: true });
  try {
    return await work(db);
  } finally {
    db.close();
    // A reader that comes first makes an empty WAL, and may not remove it.
    if (!hadWal && statSync(`${path}-wal`, { throwIfNoEntry: false })?.size === 0)
      for (const ending of beside) rmSync(path + ending, { force: true });
  }
}

/** Whether a database has the tables every version of Jackdaw's has. */
function isJackdaws(db: SqliteDatabase.Database): boolean {
  const named = db
    .prepare(
      "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('meta', 'slots')",
    )
    .pluck()
    .get();
  return databaseVersion(db) > 0 && named === 2;
}

function refuseOthers(db: SqliteDatabase.Database, path: string): void {
  if (!isJackdaws(db))
    throw new RefusedError('invalid', `${path} isn't a database of Jackdaw. Nothing was changed.`);
  const version = databaseVersion(db);
  if (version > migrations.length)
    throw new RefusedError(
      'unsupported',
      `${path} is of version ${String(version)}, made by a newer Jackdaw; this one knows versions up to ` +
        `${String(migrations.length)}. Nothing was changed. Install the newer Jackdaw first.`,
    );
}

function refusalOf(error: unknown, path: string, to = path): unknown {
  const refusal = storeRefusal(error, to);
  // The words for the database in use don't fit a copy of it.
  if (refusal instanceof RefusedError && refusal.code === 'invalid' && error !== refusal)
    return new RefusedError(
      'invalid',
      `${path} is damaged, or isn't a database. Nothing was changed.`,
    );
  return refusal;
}

/**
 * Refuses a file that isn't a database of Jackdaw, or is one of a newer Jackdaw; looks no further than
 * that. Answers whether it is there at all.
 *
 * @throws RefusedError `invalid` or `unsupported`.
 */
export async function refuseForeign(path: string): Promise<boolean> {
  if (!existsSync(path)) return false;
  try {
    await reading(path, (db) => {
      refuseOthers(db, path);
    });
    return true;
  } catch (error) {
    throw refusalOf(error, path);
  }
}

/** Makes a copy one plain file, and checks all of it. */
function settle(part: string, from: string): void {
  const db = new SqliteDatabase(part);
  try {
    db.pragma('journal_mode = DELETE');
    if (db.pragma('quick_check(1)', { simple: true }) !== 'ok')
      throw new RefusedError('invalid', `${from} is damaged; no copy of it was kept.`);
  } finally {
    db.close();
  }
}

/**
 * Copies a database with SQLite's own backup, on this thread, in steps; what is in its WAL is in the
 * copy too. The copy gets its name once it is whole, checked (`quick_check`) and on the disk; what was
 * there under that name is replaced.
 *
 * It reads by a connection of its own in one read transaction: without that, each commit of the
 * writer would begin the copy anew (docs/decisions/database.md).
 *
 * @throws RefusedError `invalid` for a damaged file or another program's, `unsupported` for one from the
 * future, `not-found`, `disk-full`, `read-only`; nothing is left of the copy then.
 */
export const copyDatabase: CopyDatabase = async (from, to) => {
  const part = `${to}.part`;
  if (!existsSync(from)) throw new RefusedError('not-found', `There is no file ${from}.`);
  try {
    rmSync(part, { force: true });
    closeSync(openSync(part, 'wx', 0o600));
    await reading(from, async (db) => {
      db.exec('BEGIN');
      refuseOthers(db, from);
      let steps = 0;
      const progress = (): number => {
        steps += 1;
        if (steps % stepsAFlush === 0) flush(part);
        return stepPages;
      };
      await db.backup(part, { progress });
      db.exec('COMMIT');
    });
    settle(part, from);
    renameSync(part, to);
  } catch (error) {
    for (const ending of ['', '-journal', '-wal', '-shm']) rmSync(part + ending, { force: true });
    throw refusalOf(error, from, to);
  }
};
