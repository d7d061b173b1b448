import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { z } from 'zod';
import { leaderSchema } from '../../contract/views.ts';

const hostFileSchema = leaderSchema.extend({
  port: z.int().min(1).max(65_535),
  token: z.string().min(1),
});

/** How to reach the host that lives on a data folder: who it is, its port and its token. */
export type HostFile = z.infer<typeof hostFileSchema>;

function pathIn(dataFolder: string): string {
  return join(dataFolder, 'host.json');
}

/**
 * Tells the command line where this host answers. Only the user may read the file: it holds the
 * token. Written whole or not at all.
 */
export function writeHostFile(dataFolder: string, host: HostFile): void {
  const draft = join(dataFolder, `.host-${randomBytes(6).toString('hex')}`);
  try {
    writeFileSync(draft, `${JSON.stringify(host)}\n`, { mode: 0o600, flag: 'wx' });
    chmodSync(draft, 0o600);
    renameSync(draft, pathIn(dataFolder));
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Takes the file away when the host ends, unless another host has put its own there since. */
export function removeHostFile(dataFolder: string, host: HostFile): void {
  if (readHostFile(dataFolder)?.token === host.token) rmSync(pathIn(dataFolder), { force: true });
}

/** What the file says, or null where there is none, or none that can be read. */
export function readHostFile(dataFolder: string): HostFile | null {
  try {
    const read = hostFileSchema.safeParse(JSON.parse(readFileSync(pathIn(dataFolder), 'utf8')));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/**
 * Whether the process that wrote the file is there still. After a crash the file stays and its number
 * may have gone to another program, so a host counts as living only once it has answered, too.
 */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
