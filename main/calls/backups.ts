import type { Backup, Restored } from '../../contract/backups.ts';
import { RefusedError } from '../../contract/result.ts';
import { backupPath, listBackups } from '../store/backups.ts';
import { prepareRestore, putRestored } from '../store/restore.ts';
import type { Handlers } from './calls.ts';
import type { Context } from './context.ts';

/** The path of a backup that is listed. @throws RefusedError `not-found` for any other name. */
function listed(dataFolder: string, name: string): string {
  const path = backupPath(dataFolder, name);
  if (path !== null) return path;
  throw new RefusedError('not-found', `There is no backup ${JSON.stringify(name.slice(0, 64))}.`, [
    { path: 'name', message: 'is not the name of a backup' },
  ]);
}

/** What a restore works with: no database, so that it can be had where none can be opened. */
export type RestoreParts = Pick<Context, 'dataFolder' | 'clock' | 'log' | 'restart' | 'copy'>;

/**
 * Puts a backup in the place of the database. The backup is copied and checked while all goes on; then
 * the host is taken apart, the present database set aside, and the host put together anew.
 *
 * @throws RefusedError `not-found`, or why the backup can't be used; nothing has changed then.
 */
export async function restoreBackup(parts: RestoreParts, name: string): Promise<Restored> {
  const { dataFolder, clock, log } = parts;
  await prepareRestore(dataFolder, listed(dataFolder, name), parts.copy);
  const kept = await parts.restart(() => putRestored(dataFolder, clock.now()));
  log.warn('backup restored', { name, kept });
  return { restored: name, kept };
}

/** The calls on backups. */
export function backupHandlers(
  context: Context,
): Pick<Handlers, 'backUp' | 'listBackups' | 'restoreBackup'> {
  const { dataFolder, keeper } = context;
  return {
    backUp: (): Promise<Backup> => keeper.backUp(),
    listBackups: () => [...listBackups(dataFolder)],
    restoreBackup: ({ name }) => restoreBackup(context, name),
  };
}
