import {
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statfsSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Backup, BackupKind } from '../../contract/backups.ts';
import { RefusedError } from '../../contract/result.ts';
import { durationMs, toInstant } from '../../contract/time.ts';
import type { CopyDatabase } from './copy-database.ts';
import { backupFolder, databasePath } from './database.ts';
import { instantInName } from './set-aside.ts';

/** The kinds of backups by their names, and how many of the newest are kept; null keeps all. */
const kinds: readonly (readonly [kind: BackupKind, name: RegExp, kept: number | null])[] = [
  ['daily', /^daily-\d{4}-\d{2}-\d{2}\.db$/, 7],
  ['manual', /^manual-\d{4}-\d{2}-\d{2}T\d{6}Z\.db$/, 7],
  ['before-upgrade', /^before-version-\d+\.db$/, null],
];

/** How old the newest daily backup may be before the next one is made. */
const dailyMs = durationMs('1d');

function kindOf(name: string): BackupKind | null {
  return kinds.find(([, pattern]) => pattern.test(name))?.[0] ?? null;
}

/** The backups of a data folder, newest first. Only whole ones bear these names. */
export function listBackups(dataFolder: string): readonly Backup[] {
  const folder = backupFolder(dataFolder);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap(({ name }) => {
      const kind = kindOf(name);
      const found = statSync(join(folder, name), { throwIfNoEntry: false });
      return kind === null || found === undefined ? [] : [{ name, kind, found }];
    })
    .sort((a, b) => b.found.mtimeMs - a.found.mtimeMs || b.name.localeCompare(a.name, 'en'))
    .map(({ name, kind, found }) => ({
      name,
      kind,
      at: toInstant(found.mtimeMs),
      bytes: found.size,
    }));
}

/** The path of a listed backup; null for any other name, so that a name never leads out of the folder. */
export function backupPath(dataFolder: string, name: string): string | null {
  const listed = listBackups(dataFolder).some((backup) => backup.name === name);
  return listed ? join(backupFolder(dataFolder), name) : null;
}

/** When the next daily backup is due: a day after the newest one, at once where there is none or the clock was set back. */
export function nextDailyAt(dataFolder: string, nowMs: number): number {
  const newest = listBackups(dataFolder).find(({ kind }) => kind === 'daily');
  const atMs = newest === undefined ? null : Date.parse(newest.at);
  return atMs === null || atMs > nowMs ? nowMs : atMs + dailyMs;
}

/** Removes the oldest backups of each kind beyond those kept, and what cut-off copies left. */
export function pruneBackups(dataFolder: string): void {
  const backups = listBackups(dataFolder);
  for (const [kind, , kept] of kinds) {
    if (kept === null) continue;
    for (const { name } of backups.filter((backup) => backup.kind === kind).slice(kept))
      rmSync(join(backupFolder(dataFolder), name), { force: true });
  }
}

/** The name of a backup made now. */
function nameOf(kind: 'daily' | 'manual', nowMs: number): string {
  return kind === 'daily'
    ? `daily-${toInstant(nowMs).slice(0, 10)}.db`
    : `manual-${instantInName(nowMs)}.db`;
}

/** What a backup must leave free for the ledger itself. */
const spareBytes = 50_000_000;

/** Refuses a copy that would fill the disk, on which the ledger is to go on. */
function refuseFilling(folder: string, from: string): void {
  const { bavail, bsize } = statfsSync(folder);
  const bytes = statSync(from, { throwIfNoEntry: false })?.size ?? 0;
  if (bavail * bsize >= bytes + spareBytes) return;
  const megabytes = (value: number): string => `${String(Math.ceil(value / 1_000_000))} MB`;
  throw new RefusedError(
    'disk-full',
    `The disk that holds ${folder} has ${megabytes(bavail * bsize)} left; a backup needs ${megabytes(bytes)} and ` +
      `leaves ${megabytes(spareBytes)} free. Free some space and try again.`,
  );
}

/**
 * Makes a backup of the data folder's database, whole and checked before it bears its name, and
 * removes the oldest beyond those kept: only after a good one, so that broken ones never push it out.
 *
 * @param from What to copy; left out: the data folder's own database.
 * @throws RefusedError as the copy says; nothing is left of it then.
 */
export async function makeBackup(
  { dataFolder, copy }: { readonly dataFolder: string; readonly copy: CopyDatabase },
  kind: 'daily' | 'manual',
  nowMs: number,
  from = databasePath(dataFolder),
): Promise<Backup> {
  const folder = backupFolder(dataFolder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  refuseFilling(folder, from);
  const name = nameOf(kind, nowMs);
  const path = join(folder, name);
  await copy(from, path);
  utimesSync(path, nowMs / 1000, nowMs / 1000);
  pruneBackups(dataFolder);
  return { name, kind, at: toInstant(nowMs), bytes: statSync(path).size };
}
