/** The build in out/, made anew when the sources are newer. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { at, memory } from './checkout.mjs';
import { contentHash } from './content-hash.mjs';
import { takeLock } from './lock.mjs';

/** Everything the build is made from. */
const sources = [
  'contract',
  'main',
  'preload',
  'renderer',
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
  'tsconfig.base.json',
];
const stampPath = at('out', '.built-from');
const lockPath = memory('build.lock');

/** Whether out/ was built from the sources as they are. */
export function isBuilt() {
  return existsSync(stampPath) && readFileSync(stampPath, 'utf8') === contentHash(sources);
}

/**
 * Builds out/ unless it is built from the sources as they are. Prints nothing but a failure, on
 * stderr.
 *
 * @param {{ announce?: () => void }} [options] `announce` is called before a build begins
 * @returns {Promise<boolean>} false where the build failed
 */
export async function ensureBuilt({ announce } = {}) {
  if (isBuilt()) return true;
  const unlock = await takeLock(lockPath);
  try {
    if (isBuilt()) return true;
    announce?.();
    const hash = contentHash(sources);
    rmSync(stampPath, { force: true });
    const cli = at('node_modules', 'electron-vite', 'bin', 'electron-vite.js');
    const built = spawnSync(process.execPath, [cli, 'build', '--logLevel', 'warn'], {
      cwd: at(),
      encoding: 'utf8',
      env: { ...process.env, NODE_ENV: 'production' },
    });
    if (built.status !== 0) {
      console.error(`${built.stdout}${built.stderr}`.trim());
      console.error(
        'The build failed. Run `npm run build` to see it alone, `npm run types` for types.',
      );
      return false;
    }
    writeFileSync(stampPath, hash);
    return true;
  } finally {
    unlock();
  }
}
