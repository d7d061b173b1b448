/** One at a time: a file that names the process doing what only one may do. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { alive, readJson } from './checkout.mjs';

/**
 * Takes the lock, waiting while a living process has it.
 *
 * @param {string} path
 * @returns {Promise<() => void>} gives it back
 */
export async function takeLock(path) {
  mkdirSync(dirname(path), { recursive: true });
  for (let looks = 0; ; looks += 1) {
    try {
      writeFileSync(path, JSON.stringify({ pid: process.pid }), { flag: 'wx' });
      return () => {
        rmSync(path, { force: true });
      };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      const holder = readJson(path)?.['pid'];
      // A lock that is being written holds nothing yet; one that stays empty was left by a crash.
      const dead = typeof holder === 'number' ? !alive(holder) : looks > 50;
      if (dead) rmSync(path, { force: true });
      else await sleep(100);
    }
  }
}
