/** Where things stand in this checkout. Dependency-free: set-up runs before anything is installed. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of package.json. */
export const root = dirname(dirname(import.meta.dirname));

/**
 * A path inside the checkout.
 *
 * @param {...string} parts
 */
export const at = (...parts) => join(root, ...parts);

/**
 * What the tools remember between two calls; gone with node_modules.
 *
 * @param {string} name
 */
export const memory = (name) => at('node_modules', '.cache', 'jackdaw', name);

/**
 * Reads a JSON object; null where there is none or it can't be read.
 *
 * @param {string} path
 * @returns {Record<string, unknown> | null}
 */
export function readJson(path) {
  try {
    /** @type {unknown} */
    const value = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value))
      : null;
  } catch {
    return null;
  }
}

/**
 * Writes a JSON object and the folders above it.
 *
 * @param {string} path
 * @param {Record<string, unknown>} value
 */
export function writeJson(path, value) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}

/** One day: after that, what failed once is tried again. */
const forgetAfterMs = 24 * 60 * 60 * 1000;

/**
 * A failure remembered under this name that is younger than a day, unless `JACKDAW_RETRY` asks to
 * try again.
 *
 * @param {string} name
 * @returns {{ reason: string, date: string } | null}
 */
export function rememberedFailure(name) {
  if (process.env['JACKDAW_RETRY']) return null;
  const kept = readJson(memory(name));
  const reason = kept?.['reason'];
  const failedAtMs = kept?.['failedAtMs'];
  if (typeof reason !== 'string' || typeof failedAtMs !== 'number') return null;
  const ageMs = Date.now() - failedAtMs;
  if (ageMs < 0 || ageMs > forgetAfterMs) return null;
  return { reason, date: new Date(failedAtMs).toISOString().slice(0, 16).replace('T', ' ') };
}

/**
 * Remembers that something failed now.
 *
 * @param {string} name
 * @param {string} reason
 */
export function rememberFailure(name, reason) {
  writeJson(memory(name), { reason, failedAtMs: Date.now() });
}

/**
 * Whether a process with this id runs.
 *
 * @param {number} pid
 */
export function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

const runningPath = memory('running.json');

/** Remembers that this process runs a host from this checkout's build. */
export function rememberRunning() {
  writeJson(runningPath, { pid: process.pid });
}

/** Whether a `npm start` of this checkout still runs; its build must stay as it is. */
export function isRunning() {
  const pid = readJson(runningPath)?.['pid'];
  if (typeof pid !== 'number' || pid === process.pid || !alive(pid)) return false;
  try {
    // Another program may have been given the number since.
    return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').includes('start.mjs');
  } catch {
    return true;
  }
}

/** Ends the program with one plain line where this Node is too old to run Jackdaw. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 12)) return;
  const hint = existsSync(at('node_modules', 'node', 'bin'))
    ? 'start it by npm (npm start, npm test, npm run -s jackdaw), which brings its own Node 24'
    : 'install Node 24, or 22.12 and later';
  console.error(`Jackdaw doesn't run on Node ${process.versions.node}: ${hint}.`);
  process.exit(1);
}
