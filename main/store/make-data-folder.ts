import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { RefusedError } from '../../contract/result.ts';
import { storeRefusal } from './database.ts';

/** Makes a folder and those above it. One by one: Node's own `recursive` never returns below /proc. */
function makeFolders(folder: string): void {
  if (existsSync(folder)) return;
  makeFolders(dirname(folder));
  mkdirSync(folder, { mode: 0o700 });
}

/**
 * Makes the data folder where it is missing, for its user alone.
 *
 * @throws RefusedError `read-only` or `disk-full` where it can't be made.
 */
export function makeDataFolder(dataFolder: string): void {
  try {
    makeFolders(resolve(dataFolder));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw storeRefusal(error, dataFolder);
    throw new RefusedError(
      'read-only',
      `The data folder ${dataFolder} can't be made here; name another with --data-dir.`,
    );
  }
}
