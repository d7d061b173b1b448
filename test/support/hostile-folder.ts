import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** A folder that something is wrong with, until it is mended. */
export interface HostileFolder {
  /** Makes it as it was; harmless twice. */
  mend(): void;
}

function mount(...args: readonly string[]): boolean {
  return spawnSync('mount', args, { stdio: 'ignore' }).status === 0;
}

function unmount(path: string): void {
  spawnSync('umount', ['--lazy', path], { stdio: 'ignore' });
}

/**
 * Makes a folder read-only: by its rights, or for root, who may write everywhere, by mounting it over
 * itself. Null where neither works.
 */
export function makeReadOnly(path: string): HostileFolder | null {
  if (process.getuid?.() !== 0) {
    chmodSync(path, 0o555);
    return {
      mend: () => {
        if (existsSync(path)) chmodSync(path, 0o755);
      },
    };
  }
  if (!mount('--bind', path, path)) return null;
  let mounted = true;
  const mend = (): void => {
    if (mounted) unmount(path);
    mounted = false;
  };
  if (mount('-o', 'remount,ro,bind', path)) return { mend };
  mend();
  return null;
}

/** Makes a small disk, and its folder. Null where this user may not mount one. */
export function smallDisk(
  inside: string,
  megabytes: number,
): (HostileFolder & { readonly path: string }) | null {
  const path = join(inside, 'disk');
  mkdirSync(path);
  if (!mount('-t', 'tmpfs', '-o', `size=${String(megabytes)}m`, 'tmpfs', path)) return null;
  return {
    path,
    mend: () => {
      unmount(path);
    },
  };
}
