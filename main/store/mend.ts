import { closeSync, copyFileSync, existsSync, openSync, renameSync, rmSync } from 'node:fs';
import SqliteDatabase from 'better-sqlite3';
import { databasePath } from './database.ts';
import { nextPath, putInPlace } from './replace.ts';

/** Faults that no table has: entries missing in an index, pages that nothing uses. */
const indexFault =
  /^(row \d+ missing from index|row \d+ values differ from index|wrong # of entries in index|non-unique entry in index|Freelist|Page \d+: never used)/;

/** Whether all that `integrity_check` tells lies in indexes, which the tables can make anew. */
export function onlyIndexes(db: SqliteDatabase.Database, told: readonly string[]): boolean {
  const roots = db.prepare("SELECT rootpage FROM sqlite_schema WHERE type = 'index'").pluck().all();
  const lines = told.flatMap((text) => text.split('\n')).filter((line) => !line.startsWith('***'));
  return lines.every((line) => {
    const tree = /^Tree (\d+) /.exec(line)?.[1];
    return tree === undefined ? indexFault.test(line) : roots.includes(Number(tree));
  });
}

/** The tables can't be read whole either. */
class TablesDamaged extends Error {
  override readonly name = 'TablesDamaged';
}

function tellsDamage(error: unknown): boolean {
  if (error instanceof TablesDamaged) return true;
  return (
    error instanceof SqliteDatabase.SqliteError && /CORRUPT|NOTADB|CONSTRAINT/.test(error.code)
  );
}

interface SchemaRow {
  readonly type: 'table' | 'index' | 'trigger';
  readonly name: string;
  readonly sql: string;
}

/** Copies every table, row by row and past all indexes, and makes the indexes and triggers anew. */
function rebuild(from: string, to: string): void {
  closeSync(openSync(to, 'wx', 0o600));
  const db = new SqliteDatabase(to);
  try {
    db.pragma('foreign_keys = OFF');
    db.prepare('ATTACH ? AS old').run(from);
    const schema = db
      .prepare<[], SchemaRow>(
        "SELECT type, name, sql FROM old.sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'",
      )
      .all();
    const version = Number(db.pragma('old.user_version', { simple: true }));
    db.transaction(() => {
      for (const { type, sql } of schema) if (type === 'table') db.exec(sql);
      // With the limit SQLite reads row by row; without it, it would copy the indexes page by page too.
      for (const { type, name } of schema)
        if (type === 'table')
          db.exec(`INSERT INTO main."${name}" SELECT * FROM old."${name}" NOT INDEXED LIMIT -1`);
      // Numbers once given are never given again.
      db.exec(
        'DELETE FROM main.sqlite_sequence; INSERT INTO main.sqlite_sequence SELECT * FROM old.sqlite_sequence',
      );
      for (const { type, sql } of schema) if (type === 'index') db.exec(sql);
      // Last: what they keep was copied with the tables.
      for (const { type, sql } of schema) if (type === 'trigger') db.exec(sql);
      db.pragma(`user_version = ${String(version)}`);
    })();
    db.exec('DETACH old');
    if (db.pragma('integrity_check(1)', { simple: true }) !== 'ok') throw new TablesDamaged();
  } finally {
    db.close();
  }
}

/**
 * Mends a database whose tables are whole and of which an index is damaged: all indexes are made anew
 * in a copy, which takes its place once it is whole. (`REINDEX` does it only where the index's pages
 * can still be walked.) Answers the folder the damaged one was set aside in, or null where it can't be
 * mended; nothing was moved then.
 */
export function mendIndexes(dataFolder: string, nowMs: number): string | null {
  const path = databasePath(dataFolder);
  const [work, next] = [`${path}.mending`, nextPath(dataFolder)];
  const remove = (file: string): void => {
    for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(file + ending, { force: true });
  };
  remove(work);
  remove(`${next}.part`);
  try {
    for (const ending of ['', '-wal'])
      if (existsSync(path + ending)) copyFileSync(path + ending, work + ending);
    rebuild(work, `${next}.part`);
  } catch (error) {
    remove(`${next}.part`);
    if (!tellsDamage(error)) throw error;
    return null;
  } finally {
    remove(work);
  }
  renameSync(`${next}.part`, next);
  return putInPlace(dataFolder, nowMs, 'damaged');
}
