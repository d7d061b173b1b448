import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { at } from './checkout.mjs';

/** @param {string} path @returns {readonly string[]} */
function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/**
 * One hash over the names and contents of these files and folders of the checkout. What isn't there
 * counts as empty.
 *
 * @param {readonly string[]} paths
 */
export function contentHash(paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap((one) => filesUnder(at(one))))
    hash.update(path).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}
