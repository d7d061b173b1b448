import { RefusedError } from '../../contract/result.ts';
import { listBackups } from './backups.ts';
import { databasePath, openDatabase, storeRefusal } from './database.ts';
import { inspectDatabase, openMark, type Inspection } from './inspect.ts';
import { mendIndexes } from './mend.ts';
import { writeMeta } from './meta.ts';
import { finishReplacing } from './replace.ts';
import { countAnew } from './restore.ts';
import type { Writer } from './statement.ts';

/** A database that was looked at and opened. */
export interface OpenedDatabase {
  readonly db: Writer;
  /** The folder the database was set aside in because an index was damaged; null as a rule. */
  readonly mended: string | null;
}

/** The refusal of a database that can't be read: what was found, what was kept, and what to do. */
export class DamagedError extends RefusedError {
  readonly inspection: Inspection;

  constructor(dataFolder: string, detail: string, inspection: Inspection) {
    const [newest] = listBackups(dataFolder);
    const remedy =
      newest === undefined
        ? 'There is no backup of it; start empty with jackdaw restore --empty.'
        : `Restore the backup of ${dayAndTime(newest.at)} (jackdaw restore ${newest.name}), or start empty (jackdaw restore --empty).`;
    super(
      'invalid',
      `The database ${databasePath(dataFolder)} can't be used: ${detail}. Nothing was changed, and what is there ` +
        `is kept whatever you choose. ${remedy}`,
    );
    this.name = 'DamagedError';
    this.inspection = inspection;
  }
}

/** The refusal of a database that turned out to be damaged while it was in use. */
export function damageInUse(dataFolder: string, error: unknown): DamagedError {
  const said = error instanceof Error ? error.message : String(error);
  const detail = `parts of it can't be read (${said})`;
  return new DamagedError(dataFolder, detail, { found: 'damaged', damage: 'damaged', detail });
}

/** An instant as a person says it, in this computer's zone: `Tuesday 24 November 21:00`. */
function dayAndTime(at: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(Date.parse(at));
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((one) => one.type === type)?.value ?? '';
  return `${part('weekday')} ${part('day')} ${part('month')} ${part('hour')}:${part('minute')}`;
}

/** Looks, and mends what can be. Answers the folder the damaged one was set aside in, or null. */
function makeUsable(dataFolder: string, nowMs: number): string | null {
  finishReplacing(dataFolder, nowMs);
  const inspection = inspectDatabase(dataFolder);
  switch (inspection.found) {
    case 'nothing':
    case 'sound':
      return null;
    case 'damaged':
      throw new DamagedError(dataFolder, inspection.detail, inspection);
    case 'damaged-index': {
      const kept = mendIndexes(dataFolder, nowMs);
      if (kept !== null) return kept;
      const detail = "an index is damaged and can't be made anew";
      throw new DamagedError(dataFolder, detail, { found: 'damaged', damage: 'damaged', detail });
    }
  }
}

/**
 * Opens the database of a data folder after a look at it: the whole is checked where the last end was
 * unclean, a damaged index is mended. It bears a mark from here to `closeCleanly`. Never makes an empty
 * one where something says there was another. Under the leader's lock.
 *
 * @param patienceMs How long to wait for another program's lock; everything stands still meanwhile.
 * @throws DamagedError (`invalid`) for one that can't be read; otherwise as `openDatabase`.
 */
export function openChecked(
  dataFolder: string,
  nowMs: number,
  patienceMs?: number,
): OpenedDatabase {
  try {
    const mended = makeUsable(dataFolder, nowMs);
    const db = openDatabase(dataFolder, undefined, patienceMs);
    writeMeta(db, openMark, 'yes');
    countAnew(db, nowMs);
    return { db, mended };
  } catch (error) {
    throw storeRefusal(error, databasePath(dataFolder));
  }
}

/** Closes a database so that its next opening need not check it. A mark that can't be removed only costs that check. */
export function closeCleanly(db: Writer): void {
  try {
    writeMeta(db, openMark, null);
  } catch {
    // Locked by another program, or the disk is full.
  }
  db.close();
}
