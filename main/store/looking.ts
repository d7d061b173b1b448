import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdtempSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RefusedError } from '../../contract/result.ts';
import { databasePath, storeRefusal } from './database.ts';

/**
 * The part of a data folder that may not be written: the folder, its database or its lock. Null where
 * all of it may. SQLite itself opens such a file for reading without a word.
 */
export function unwritable(dataFolder: string): string | null {
  const paths = [dataFolder, databasePath(dataFolder), join(dataFolder, 'leader.db')];
  const isHindrance = (path: string): boolean => {
    try {
      accessSync(path, constants.W_OK);
      return false;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code !== 'ENOENT';
    }
  };
  return paths.find(isHindrance) ?? null;
}

/** A copy of a database that nobody may write to. */
export interface LookingCopy {
  /** The folder that holds it, as a data folder would. */
  readonly folder: string;
  remove(): void;
}

/**
 * Copies the database of a folder that can't be written into a temporary folder of this user alone,
 * its WAL with it: SQLite can't read a database in WAL mode where it may make no file beside it.
 * Nobody leads such a folder, so nothing changes while it is copied.
 *
 * @throws RefusedError `read-only` where there is no database to look at; `disk-full`.
 */
export function copyForLooking(dataFolder: string): LookingCopy {
  const path = databasePath(dataFolder);
  if (!existsSync(path))
    throw new RefusedError('read-only', `There is no database in ${dataFolder} to look at.`);
  const folder = mkdtempSync(join(tmpdir(), 'jackdaw-look-'));
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    for (const end of ['', '-wal']) {
      const copy = `${databasePath(folder)}${end}`;
      if (!existsSync(`${path}${end}`)) continue;
      copyFileSync(`${path}${end}`, copy, constants.COPYFILE_FICLONE);
      chmodSync(copy, 0o600);
    }
    return { folder, remove };
  } catch (error) {
    remove();
    throw storeRefusal(error, path);
  }
}
