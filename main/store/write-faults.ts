import SqliteDatabase from 'better-sqlite3';
import { writeMeta } from './meta.ts';
import { inTransaction, type Writer } from './statement.ts';

/** Why a write can't be done by anybody now, though nothing is wrong with what was to be written. */
export type WriteFault = 'disk-full' | 'read-only' | 'busy' | 'damaged';

/** What kind of fault of the disk or the database this is; null for any other error. */
export function writeFaultOf(error: unknown): WriteFault | null {
  if (!(error instanceof SqliteDatabase.SqliteError)) return null;
  const { code } = error;
  // A full disk shows first in the WAL's index, which SQLite maps and can't grow any more.
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_SHMSIZE') return 'disk-full';
  if (code.startsWith('SQLITE_READONLY')) return 'read-only';
  if (code.startsWith('SQLITE_BUSY')) return 'busy';
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) return 'damaged';
  return null;
}

const probeName = 'probe';
/** Enough that what a run leaves will fit, too: its row, its log and a page of rows. */
const probeLetters = 65_536;

/** Writes a little and takes it away again. @throws What keeps it from being written. */
export function probeWrite(db: Writer): void {
  inTransaction(db, () => {
    writeMeta(db, probeName, '.'.repeat(probeLetters));
  });
  inTransaction(db, () => {
    writeMeta(db, probeName, null);
  });
}
