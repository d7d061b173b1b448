import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { storeRefusal } from './database.ts';

/** The lead of a data folder, held until it is given up or the process dies. */
export interface LeaderLock {
  release(): void;
}

/**
 * Takes the lead of a data folder: `BEGIN EXCLUSIVE` on a database file of its own, which the system
 * frees when the process dies and keeps over a suspend (design.md section 4). Answers null at once
 * where another process leads.
 *
 * @throws RefusedError `read-only` where the folder can't be written.
 */
export function takeLead(dataFolder: string): LeaderLock | null {
  const path = join(dataFolder, 'leader.db');
  let db: SqliteDatabase.Database | null = null;
  try {
    db = new SqliteDatabase(path, { timeout: 0 });
    db.exec('BEGIN EXCLUSIVE');
    const held = db;
    return {
      release: () => {
        held.close();
      },
    };
  } catch (error) {
    db?.close();
    if (error instanceof SqliteDatabase.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      return null;
    throw storeRefusal(error, path);
  }
}
