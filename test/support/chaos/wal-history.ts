import { existsSync, readFileSync } from 'node:fs';
import SqliteDatabase from 'better-sqlite3';
import { databasePath, openForReading } from '../../../main/store/database.ts';
import type { Reader } from '../../../main/store/statement.ts';
import { aFolder } from '../builders.ts';
import { contentsOf } from '../contents.ts';
import { onEachCommit } from './commits.ts';
import { schedulingHost } from './scheduling-host.ts';
import { framesOf } from './wal-file.ts';

/** A commit its writer was told of: where it ends in the WAL, and all that was on record then. */
export interface Acknowledged {
  readonly endsAt: number;
  readonly record: string;
}

/** The files of a host that has written its ledger for a while, and what it was told is on the disk. */
export interface WalHistory {
  readonly database: Buffer;
  readonly wal: Buffer;
  readonly index: Buffer;
  /** What stood in the WAL's file before it began anew; of no length where it never did. */
  readonly before: Buffer;
  readonly commits: readonly Acknowledged[];
  readonly endedAtMs: number;
}

/** All that is on record, in a hash: everything but the few values a database keeps about itself. */
export function recordOf(db: Reader): string {
  return contentsOf(db, ['meta']);
}

/** Notes each commit to the database of a data folder as its writer is told of it, until `end`. */
function noteCommits(folder: string): {
  readonly commits: Acknowledged[];
  readonly end: () => void;
} {
  const path = databasePath(folder);
  const commits: Acknowledged[] = [];
  let reader: Reader | null = null;
  const stop = onEachCommit(() => {
    // A new database gets its name once it is whole.
    if (!existsSync(path)) return;
    reader ??= openForReading(folder);
    const record = recordOf(reader);
    // The first notes that the database is open, which isn't compared.
    if (commits.length === 0) commits.push({ endsAt: 0, record });
    commits.push({ endsAt: framesOf(readFileSync(`${path}-wal`)).endsAt, record });
  });
  return {
    commits,
    end: () => {
      stop();
      reader?.close();
    },
  };
}

/** Lets the WAL begin anew with the next commit, over what its file holds. */
function beginAnew(folder: string): void {
  const db = new SqliteDatabase(databasePath(folder));
  db.pragma('wal_checkpoint(PASSIVE)');
  db.close();
}

/**
 * Lets a host schedule for so many seconds, noting each commit as it is told of it; then takes its
 * files as they are, as a power cut leaves them.
 *
 * @param anewAfter After how many more seconds at its begin the WAL begins anew; 0: it never does.
 */
export async function walHistory(seconds: number, anewAfter: number): Promise<WalHistory> {
  const { path: folder, remove } = aFolder();
  const path = databasePath(folder);
  let notes = noteCommits(folder);
  const jackdaw = await schedulingHost(folder);
  let before = Buffer.alloc(0);
  if (anewAfter > 0) {
    await jackdaw.clock.advance(anewAfter * 1_000);
    before = readFileSync(`${path}-wal`);
    const last = notes.commits.at(-1);
    notes.end();
    beginAnew(folder);
    notes = noteCommits(folder);
    if (last !== undefined) notes.commits.push({ ...last, endsAt: 0 });
  }
  try {
    await jackdaw.clock.advance(seconds * 1_000);
    const [database, wal, index] = [path, `${path}-wal`, `${path}-shm`].map((file) =>
      readFileSync(file),
    );
    if (database === undefined || wal === undefined || index === undefined)
      throw new Error('no files');
    const endedAtMs = jackdaw.clock.now();
    return { database, wal, index, before, commits: notes.commits, endedAtMs };
  } finally {
    notes.end();
    await jackdaw.stop();
    remove();
  }
}
