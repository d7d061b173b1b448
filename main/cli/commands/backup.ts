import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Backup, Restored } from '../../../contract/backups.ts';
import { RefusedError } from '../../../contract/result.ts';
import { toInstant } from '../../../contract/time.ts';
import type { HostFile } from '../../web/host-file.ts';
import { UsageError, type Command, type Invocation } from '../command.ts';
import { hostOr } from '../door.ts';

/** The path of a file the user named, which must not be the data folder's own database. */
async function namedFile(given: string, dataFolder: string): Promise<string> {
  const { databasePath } = await import('../../store/database.ts');
  const path = resolve(given);
  const own = statSync(databasePath(dataFolder), { throwIfNoEntry: false });
  const named = statSync(path, { throwIfNoEntry: false });
  if (named?.isDirectory() === true)
    throw new RefusedError('invalid', `${given} is a folder; name a file.`);
  const same = own !== undefined && named?.ino === own.ino && named.dev === own.dev;
  if (same || path === databasePath(resolve(dataFolder)))
    throw new RefusedError(
      'invalid',
      `${given} is the database Jackdaw works with; name another file.`,
    );
  return path;
}

/** Copies the database to a file of the user's, by a read connection of this command's own. */
async function backUpTo(given: string, invocation: Invocation): Promise<Backup> {
  const { dataFolder, parts } = invocation;
  const [{ copyDatabase, refuseForeign }, { databasePath }] = await Promise.all([
    import('../../store/copy-database.ts'),
    import('../../store/database.ts'),
  ]);
  const path = await namedFile(given, dataFolder);
  if (!existsSync(dirname(path)))
    throw new RefusedError('not-found', `There is no folder ${dirname(path)}.`);
  if (!existsSync(databasePath(dataFolder)))
    throw new RefusedError('not-found', `There is no database in ${dataFolder}.`);
  // Another program's file must not be lost to a slip of the hand.
  await refuseForeign(path);
  const at = toInstant(parts.clock.now());
  await copyDatabase(databasePath(dataFolder), path);
  return { name: path, kind: 'manual', at, bytes: statSync(path).size };
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** `backup [FILE]`: a checked copy of the database, to a file or among the data folder's backups. */
export const backup: Command = {
  name: 'backup',
  takes: '[FILE]',
  most: 1,
  summary: 'copy the database, whole and checked, to a file or among the backups',
  help: [
    'Without FILE the copy goes among the backups of the data folder, of which seven are kept.',
    'A FILE that is there is written over only where it is a database of Jackdaw.',
  ],
  run: async (invocation) => {
    const [file] = invocation.positionals;
    const made =
      file === undefined
        ? await (await invocation.door()).call('backUp', {})
        : await backUpTo(file, invocation);
    await invocation.print(made, ({ name, bytes }) => `Made ${name}, ${megabytes(bytes)}.`);
    return 0;
  },
};

/** The path of what is to be restored: a file, or one of the data folder's backups by its name. */
async function restorable(given: string, dataFolder: string): Promise<string> {
  const { backupPath } = await import('../../store/backups.ts');
  const path = await namedFile(given, dataFolder);
  const listed = existsSync(path) ? null : backupPath(dataFolder, given);
  if (listed === null && !existsSync(path))
    throw new RefusedError('not-found', `There is no file ${given}, and no backup of that name.`);
  return listed ?? path;
}

/** Asks the host that lives: by the name of a backup, among which a file of the user's is brought first. */
async function restoreThrough(path: string, invocation: Invocation): Promise<Restored> {
  const { dataFolder, parts } = invocation;
  const [{ listBackups, backupPath, makeBackup }, { copyDatabase }] = await Promise.all([
    import('../../store/backups.ts'),
    import('../../store/copy-database.ts'),
  ]);
  const listed = listBackups(dataFolder).find(({ name }) => backupPath(dataFolder, name) === path);
  const made = { dataFolder, copy: copyDatabase };
  const { name } = listed ?? (await makeBackup(made, 'manual', parts.clock.now(), path));
  return (await invocation.door()).call('restoreBackup', { name });
}

/** What is done under the lead where no host lives: the app itself need not be able to open. */
type Work = (dataFolder: string, nowMs: number) => Promise<string | null>;

/** Finds the host that lives, or does the work under the leader's lock. */
async function hostOrLead(
  { dataFolder, parts }: Invocation,
  work: Work,
): Promise<{ readonly host: HostFile } | { readonly kept: string | null }> {
  const [{ NotLeaderError }, { takeLead }] = await Promise.all([
    import('../../host/opener.ts'),
    import('../../store/leader-lock.ts'),
  ]);
  if (!existsSync(dataFolder))
    throw new RefusedError('not-found', `There is no data folder ${dataFolder}.`);
  const found = await hostOr(dataFolder, parts.clock, async () => {
    const lock = takeLead(dataFolder);
    if (lock === null) throw new NotLeaderError(dataFolder);
    try {
      return await work(dataFolder, parts.clock.now());
    } finally {
      lock.release();
    }
  });
  return 'host' in found ? found : { kept: found.composed };
}

function restoredText({ restored, kept }: Restored): string {
  const former =
    kept === null ? 'There was no database before.' : `The former database is kept in ${kept}.`;
  return `Restored ${restored}. ${former}`;
}

async function restoreFile(given: string, invocation: Invocation): Promise<Restored> {
  const path = await restorable(given, invocation.dataFolder);
  const { restoreDatabase } = await import('../../store/restore.ts');
  const done = await hostOrLead(invocation, (folder, nowMs) =>
    restoreDatabase(folder, path, nowMs),
  );
  return 'host' in done ? restoreThrough(path, invocation) : { restored: given, kept: done.kept };
}

async function restoreEmpty(invocation: Invocation): Promise<Restored> {
  const { startEmpty } = await import('../../store/restore.ts');
  const done = await hostOrLead(invocation, (folder, nowMs) =>
    Promise.resolve(startEmpty(folder, nowMs)),
  );
  if ('host' in done)
    throw new RefusedError('conflict', 'A host is running on this data folder; end it first.');
  return { restored: 'an empty database', kept: done.kept };
}

/** `restore FILE`: puts a backup in the place of the database, which is set aside. */
export const restore: Command = {
  name: 'restore',
  takes: 'FILE',
  most: 1,
  options: { empty: { type: 'boolean' } },
  summary: 'put a backup in the place of the database; the former one is kept',
  help: [
    'FILE is a file, or the name of one of the backups in the data folder.',
    '--empty   begin an empty database instead, where no host is running',
    'FILE is checked first; where it is damaged or of a newer Jackdaw, nothing is changed.',
  ],
  run: async (invocation) => {
    const [file] = invocation.positionals;
    const empty = invocation.flag('empty');
    if ((file === undefined) !== empty)
      throw new UsageError(empty ? '--empty takes no FILE' : 'FILE is missing');
    const done = await (file === undefined
      ? restoreEmpty(invocation)
      : restoreFile(file, invocation));
    await invocation.print(done, restoredText);
    return 0;
  },
};
