import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { databasePath } from '../../main/store/database.ts';

/** How things stand at a moment of the soak. */
export interface Sample {
  readonly ticks: number;
  /** Real seconds since the begin. */
  readonly seconds: number;
  readonly rssBytes: number;
  readonly heapBytes: number;
  /** What lies outside the heap: buffers and the like. */
  readonly externalBytes: number;
  /** The event loop's open handles and requests. */
  readonly handles: number;
  /** The virtual clock's timers. */
  readonly timers: number;
  readonly databaseBytes: number;
  readonly walBytes: number;
  readonly logBytes: number;
  /** The files in the data folder and the folders in it. */
  readonly files: number;
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Collects garbage, then reads memory, handles and files. */
export function gauge(folder: string, at: Pick<Sample, 'ticks' | 'seconds' | 'timers'>): Sample {
  // Twice: what a finaliser lets go of is garbage only then.
  for (let turn = 0; turn < 2; turn += 1) globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  const logs = join(folder, 'logs');
  const logBytes = readdirSync(logs).reduce((sum, name) => sum + sizeOf(join(logs, name)), 0);
  return {
    ...at,
    rssBytes: rss,
    heapBytes: heapUsed,
    externalBytes: external,
    handles: process.getActiveResourcesInfo().length,
    databaseBytes: sizeOf(databasePath(folder)),
    walBytes: sizeOf(`${databasePath(folder)}-wal`),
    logBytes,
    files: readdirSync(folder, { recursive: true }).length,
  };
}
