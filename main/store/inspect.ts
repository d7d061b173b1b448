import { statSync } from 'node:fs';
import SqliteDatabase from 'better-sqlite3';
import { listBackups } from './backups.ts';
import { databasePath } from './database.ts';
import { onlyIndexes } from './mend.ts';
import { databaseVersion } from './migrations.ts';
import { walFault } from './wal-check.ts';

/** What is wrong with a database that can't be used. */
export type Damage = 'missing' | 'empty' | 'not-a-database' | 'damaged' | 'damaged-wal';

/** What a look at a data folder's database tells. */
export type Inspection =
  /** There is none, and nothing says there was one. */
  | { readonly found: 'nothing' }
  /** It can be opened; `checked` says whether all of it was looked at. */
  | { readonly found: 'sound'; readonly checked: boolean }
  /** Its tables are whole, an index isn't. */
  | { readonly found: 'damaged-index' }
  /** `detail` is a part of a sentence: "page 43 can't be read". */
  | { readonly found: 'damaged'; readonly damage: Damage; readonly detail: string };

/** The meta value that is there while a database is open: found at opening, the last end was unclean. */
export const openMark = 'open';

/** Up to this size a database is checked at each opening, which takes 50 ms. */
const alwaysCheckedBytes = 4_000_000;

function sizeOf(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.size ?? null;
}

function damaged(damage: Damage, detail: string): Inspection {
  return { found: 'damaged', damage, detail };
}

/** No database, where something says there was one, or one of no bytes: a new one is never without any. */
function inspectAbsent(dataFolder: string, damage: 'missing' | 'empty'): Inspection {
  const words = damage === 'missing' ? 'it is gone' : 'its file is empty';
  if ((sizeOf(`${databasePath(dataFolder)}-wal`) ?? 0) > 0)
    return damaged(damage, `${words}, and its write-ahead log is still there`);
  const [newest] = listBackups(dataFolder);
  if (newest !== undefined) return damaged(damage, `${words}, and there are backups of it`);
  return damage === 'empty' ? damaged(damage, words) : { found: 'nothing' };
}

function wasOpen(db: SqliteDatabase.Database): boolean {
  const sql = 'SELECT count(*) FROM meta WHERE name = ?';
  return databaseVersion(db) > 0 && db.prepare(sql).pluck().get(openMark) === 1;
}

/** All that SQLite finds wrong. It ends with a fault where it can't walk on; what it told before stands. */
function integrityOf(db: SqliteDatabase.Database): readonly string[] {
  const told: string[] = [];
  try {
    const check = db.prepare<[], string>('PRAGMA integrity_check(1000)').pluck();
    for (const line of check.iterate()) told.push(line);
  } catch (error) {
    if (told.length === 0) throw error;
  }
  return told;
}

function checkWhole(db: SqliteDatabase.Database): Inspection {
  const told = integrityOf(db);
  if (told.length === 1 && told[0] === 'ok') return { found: 'sound', checked: true };
  if (onlyIndexes(db, told)) return { found: 'damaged-index' };
  const first = (told[0] ?? '').split('\n').at(-1) ?? '';
  return damaged('damaged', `parts of it can't be read (${first})`);
}

function inspectFile(path: string, bytes: number): Inspection {
  let db: SqliteDatabase.Database | null = null;
  try {
    // A journal is left where a new or a restored database was cut off before its WAL began: only a
    // writer may roll back what it tells.
    const journal = (sizeOf(`${path}-journal`) ?? 0) > 0;
    db = new SqliteDatabase(path, { readonly: !journal, timeout: 5_000 });
    // With another's WAL in the way the least that can be asked fails.
    const unclean = (sizeOf(`${path}-wal`) ?? 0) > 0 || wasOpen(db);
    // An upgrade would count up from there, a commit a version.
    if (databaseVersion(db) < 0) return damaged('damaged', 'its version is below nothing');
    return unclean || bytes <= alwaysCheckedBytes
      ? checkWhole(db)
      : { found: 'sound', checked: false };
  } catch (error) {
    const code = error instanceof SqliteDatabase.SqliteError ? error.code : '';
    if (code === 'SQLITE_NOTADB') return damaged('not-a-database', "it isn't a database");
    if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_ERROR')
      return damaged('damaged', `parts of it can't be read (${(error as Error).message})`);
    throw error;
  } finally {
    db?.close();
  }
}

/**
 * Looks at a data folder's database without changing a byte of it: the whole of it where its last end
 * was unclean or where it is small, else only whether it can be opened. Under the leader's lock, with
 * the database closed.
 *
 * @throws what isn't damage: no rights, a full disk.
 */
export function inspectDatabase(dataFolder: string): Inspection {
  const path = databasePath(dataFolder);
  const bytes = sizeOf(path);
  if (bytes === null || bytes === 0)
    return inspectAbsent(dataFolder, bytes === null ? 'missing' : 'empty');
  const fault = walFault(`${path}-wal`);
  if (fault !== null) return damaged('damaged-wal', `${fault} its write-ahead log`);
  return inspectFile(path, bytes);
}
