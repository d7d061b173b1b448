import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { RefusedError } from '../../contract/result.ts';
import { databaseVersion, migrate, migrations, type Migration } from './migrations.ts';
import type { Reader, Writer } from './statement.ts';

const fileName = 'jackdaw.db';

/** The path of the database in a data folder. */
export function databasePath(dataFolder: string): string {
  return join(dataFolder, fileName);
}

/** Where the copies made before upgrades are. */
export function backupFolder(dataFolder: string): string {
  return join(dataFolder, 'backups');
}

/** The newest copy made before an upgrade, or null. */
function newestBackup(dataFolder: string): string | null {
  const folder = backupFolder(dataFolder);
  if (!existsSync(folder)) return null;
  const newest = readdirSync(folder)
    .filter((name) => /^before-version-\d+\.db$/.test(name))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .at(-1);
  return newest === undefined ? null : join(folder, newest);
}

function refuseFuture(dataFolder: string, version: number): never {
  const backup = newestBackup(dataFolder);
  const remedy =
    backup === null
      ? 'Install the newer Jackdaw again.'
      : `Install the newer Jackdaw again, or put the copy made before the upgrade, ${backup}, in its place.`;
  throw new RefusedError(
    'unsupported',
    `The database ${databasePath(dataFolder)} is of version ${String(version)}, made by a newer Jackdaw; ` +
      `this one knows versions up to ${String(migrations.length)}. Nothing was changed. ${remedy}`,
  );
}

/** Whether a copy is an older version's, made by an upgrade that got only part of the way. */
function isOlder(copy: string, version: number): boolean {
  if (!existsSync(copy)) return false;
  let db: SqliteDatabase.Database | null = null;
  try {
    db = new SqliteDatabase(copy, { readonly: true });
    return databaseVersion(db) < version;
  } catch {
    return false;
  } finally {
    db?.close();
  }
}

/**
 * Copies the database with SQLite itself, so that its WAL is in the copy too. A copy that an upgrade
 * before this one left is replaced, unless it is older than what there is now.
 */
function backUpBeforeUpgrade(db: SqliteDatabase.Database, dataFolder: string, to: number): void {
  const folder = backupFolder(dataFolder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const copy = join(folder, `before-version-${String(to)}.db`);
  if (isOlder(copy, databaseVersion(db))) return;
  // A copy that a crash cut off must not pass for a whole one.
  const part = `${copy}.part`;
  rmSync(part, { force: true });
  db.prepare('VACUUM INTO ?').run(part);
  renameSync(part, copy);
}

/** What better-sqlite3 throws; `code` is SQLite's own name for the fault. */
function sqliteCode(error: unknown): string {
  return error instanceof SqliteDatabase.SqliteError ? error.code : '';
}

/** Whether a write failed only because another program holds the database: trying again helps. */
export function isLocked(error: unknown): boolean {
  return sqliteCode(error).startsWith('SQLITE_BUSY');
}

/** The refusal of a fault that SQLite or the file system raised; anything else is passed on as it is. */
export function storeRefusal(error: unknown, path: string): unknown {
  const code = sqliteCode(error) || ((error as NodeJS.ErrnoException).code ?? '');
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT'))
    return new RefusedError(
      'invalid',
      `${path} isn't a database Jackdaw can read. It was left as it is; move it elsewhere, or put a backup in its place.`,
    );
  if (
    code.startsWith('SQLITE_READONLY') ||
    code.startsWith('SQLITE_CANTOPEN') ||
    code === 'EACCES' ||
    code === 'EROFS' ||
    code === 'EPERM'
  )
    return new RefusedError(
      'read-only',
      `Jackdaw may not write to ${path}. Give yourself write permission to the folder, or name another with --data-dir.`,
    );
  if (code === 'SQLITE_FULL' || code === 'ENOSPC')
    return new RefusedError(
      'disk-full',
      `The disk that holds ${path} is full. Free some space and try again.`,
    );
  if (isLocked(error))
    return new RefusedError('busy', `${path} is in use by another program. Try again in a moment.`);
  return error;
}

/**
 * Makes a new database, whole before it has its name: one of no bytes is a lost one, always. It is its
 * user's alone, wherever the folder lies: addresses in it may hold passwords. SQLite gives its WAL the
 * same rights.
 */
function makeNew(path: string, steps: readonly Migration[]): void {
  const begun = `${path}.new`;
  for (const file of [begun, `${begun}-journal`]) rmSync(file, { force: true });
  closeSync(openSync(begun, 'wx', 0o600));
  const db = new SqliteDatabase(begun);
  try {
    db.pragma('synchronous = FULL');
    migrate(db, steps);
  } finally {
    db.close();
  }
  renameSync(begun, path);
}

/** What is left of a WAL that had to grow. */
const walLimitBytes = 16_000_000;

/** How long a statement waits for another program's lock; the main thread stands still meanwhile. */
const patienceMs = 100;

/**
 * Opens the database of a data folder for writing: WAL, `synchronous=FULL`, foreign keys on, brought
 * to the newest version after a copy was made.
 *
 * @throws RefusedError `unsupported` for a database from the future, `invalid` for a file that isn't
 * one, `read-only`, `disk-full` or `busy`; the file is left as it was.
 */
export function openDatabase(
  dataFolder: string,
  steps: readonly Migration[] = migrations,
  openPatienceMs = 5_000,
): Writer {
  const path = databasePath(dataFolder);
  let db: SqliteDatabase.Database | null = null;
  try {
    if (!existsSync(path)) makeNew(path, steps);
    db = new SqliteDatabase(path, { timeout: openPatienceMs });
    const version = databaseVersion(db);
    if (version > steps.length) refuseFuture(dataFolder, version);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    // A reader that takes long lets the WAL grow; afterwards it is cut to this.
    db.pragma(`journal_size_limit = ${String(walLimitBytes)}`);
    if (version > 0 && version < steps.length) backUpBeforeUpgrade(db, dataFolder, steps.length);
    migrate(db, steps);
    // From here on nobody waits: what finds the database locked is refused, or tried again later.
    db.pragma(`busy_timeout = ${String(patienceMs)}`);
    return db as Writer;
  } catch (error) {
    db?.close();
    throw storeRefusal(error, path);
  }
}

/**
 * Opens the database of a data folder for reading alone, beside whoever writes; it must be there, and of
 * the newest version.
 */
export function openForReading(dataFolder: string): Reader {
  return new SqliteDatabase(databasePath(dataFolder), { readonly: true, fileMustExist: true });
}

/** The folder that holds the file of a connection: not the data folder where only a copy may be looked at. */
export function folderOf(db: Reader): string {
  return dirname(db.name);
}

/** The size of the database with its WAL's share, in bytes. */
export function databaseBytes(db: Writer): number {
  const pages = Number(db.pragma('page_count', { simple: true }));
  const size = Number(db.pragma('page_size', { simple: true }));
  return pages * size;
}

/** Whether SQLite finds nothing wrong with the file (`quick_check`). */
export function isSound(db: Reader): boolean {
  return db.pragma('quick_check', { simple: true }) === 'ok';
}
