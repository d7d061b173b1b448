import { existsSync, renameSync, rmSync } from 'node:fs';
import { databasePath } from './database.ts';
import { setAside, syncFolder, type AsideReason } from './set-aside.ts';

/** Where a whole database lies that is about to take the place of the one there is. */
export function nextPath(dataFolder: string): string {
  return `${databasePath(dataFolder)}.next`;
}

/** Removes what lies beside the next database: a journal would be taken for a later one's. */
export function forgetNext(dataFolder: string, ...endings: readonly string[]): void {
  for (const ending of endings) rmSync(nextPath(dataFolder) + ending, { force: true });
}

function putThere(dataFolder: string): void {
  renameSync(nextPath(dataFolder), databasePath(dataFolder));
  syncFolder(dataFolder);
}

/**
 * Sets the database aside and puts the next one in its place. Answers the folder the former lies in,
 * or null where there was none.
 */
export function putInPlace(dataFolder: string, nowMs: number, why: AsideReason): string | null {
  const kept = setAside(dataFolder, nowMs, why);
  putThere(dataFolder);
  return kept;
}

/**
 * Ends what a crash cut off while one database took another's place: forwards once the former had been
 * moved, else back.
 */
export function finishReplacing(dataFolder: string, nowMs: number): void {
  const next = nextPath(dataFolder);
  forgetNext(dataFolder, '.part', '-journal');
  if (!existsSync(next)) return;
  if (existsSync(databasePath(dataFolder))) {
    rmSync(next);
    return;
  }
  // The former's WAL must not be taken for the next one's.
  setAside(dataFolder, nowMs, 'replaced');
  putThere(dataFolder);
}
