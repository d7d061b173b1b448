import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { toInstant } from '../../contract/time.ts';
import { databasePath } from './database.ts';

/** Why a database was set aside: it can't be read, or another takes its place. */
export type AsideReason = 'damaged' | 'replaced';

/** The files of a database, the one that makes it one first. */
const endings = ['', '-wal', '-shm', '-journal'] as const;

/** An instant as a part of a file's name: `2026-11-25T214411Z`. */
export function instantInName(nowMs: number): string {
  return toInstant(nowMs).replaceAll(':', '');
}

/** Makes a rename survive a power cut. Windows can't, and needn't. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const opened = openSync(folder, 'r');
  fsyncSync(opened);
  closeSync(opened);
}

/** A folder that isn't there yet: two in one second get a number. */
function newFolder(dataFolder: string, name: string): string {
  for (let count = 1; ; count += 1) {
    const folder = join(dataFolder, count === 1 ? name : `${name}-${String(count)}`);
    if (existsSync(folder)) continue;
    mkdirSync(folder, { mode: 0o700 });
    return folder;
  }
}

function moveInto(folder: string, dataFolder: string): void {
  const path = databasePath(dataFolder);
  // The database goes first. Cut off after it, its WAL without it tells the next start what happened;
  // a database without its WAL would look like an older one that is whole.
  for (const ending of endings)
    if (existsSync(path + ending)) renameSync(path + ending, join(folder, basename(path) + ending));
  syncFolder(folder);
  syncFolder(dataFolder);
}

/** The folders that databases were set aside in, oldest first. */
export function asideFolders(dataFolder: string): readonly string[] {
  const instant = (name: string): string => name.slice(name.indexOf('-') + 1);
  return readdirSync(dataFolder)
    .filter((name) => /^(damaged|replaced)-\d{4}-\d{2}-\d{2}T\d{6}Z(-\d+)?$/.test(name))
    .sort((a, b) => instant(a).localeCompare(instant(b), 'en', { numeric: true }));
}

/**
 * Moves the database with its WAL and its index of it, byte for byte as they are, into a folder of
 * their own: `damaged-2026-11-25T214411Z/`. Under the leader's lock and with the database closed only.
 * Answers the folder, or null where there is nothing to set aside.
 *
 * @throws the file system's fault; what was not moved is where it was.
 */
export function setAside(dataFolder: string, nowMs: number, why: AsideReason): string | null {
  const path = databasePath(dataFolder);
  if (!endings.some((ending) => existsSync(path + ending))) return null;
  const folder = newFolder(dataFolder, `${why}-${instantInName(nowMs)}`);
  moveInto(folder, dataFolder);
  return folder;
}
