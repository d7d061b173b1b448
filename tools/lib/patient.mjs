/** Runs programs that may hang: they are ended when they make no progress. */
import { spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * How many bytes the files under these folders have together.
 *
 * @param {readonly string[]} folders
 * @returns {number}
 */
export function bytesUnder(folders) {
  let bytes = 0;
  for (const folder of folders) {
    try {
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        if (entry.isFile()) bytes += statSync(join(entry.parentPath, entry.name)).size;
      }
    } catch {
      // A folder that isn't there, or a file that went away meanwhile, has no bytes.
    }
  }
  return bytes;
}

/**
 * @typedef {object} Patience
 * @property {number} noProgressMs how long nothing may be said and no watched folder may change
 * @property {readonly string[]} [watch] folders whose growth is progress
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [cwd]
 */

/**
 * @typedef {object} Ended
 * @property {number | null} code the exit code; null when it was ended by a signal or never began
 * @property {boolean} stalled whether it was ended here for making no progress
 * @property {string} output the last 20,000 characters it printed
 */

/**
 * Runs a program to its end and hears what it prints. Never rejects: a program that can't be started
 * has no code and its error as output.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Patience} patience
 * @returns {Promise<Ended>}
 */
export function runPatiently(command, args, { noProgressMs, watch = [], env, cwd }) {
  return new Promise((resolve) => {
    // A group of its own, so that what it started ends with it.
    const detached = process.platform !== 'win32';
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached,
      ...(env === undefined ? {} : { env }),
      ...(cwd === undefined ? {} : { cwd }),
    });
    let output = '';
    let stalled = false;
    let bytes = bytesUnder(watch);
    let progressAtMs = performance.now();

    const end = () => {
      if (child.pid === undefined) return;
      try {
        process.kill(detached ? -child.pid : child.pid, 'SIGKILL');
      } catch {
        // It ended by itself in the same moment.
      }
    };
    process.once('exit', end);
    /** @param {Buffer} chunk */
    const hear = (chunk) => {
      output = (output + chunk.toString()).slice(-20_000);
      progressAtMs = performance.now();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const watcher = setInterval(
      () => {
        const now = bytesUnder(watch);
        if (now !== bytes) progressAtMs = performance.now();
        bytes = now;
        if (performance.now() - progressAtMs < noProgressMs) return;
        stalled = true;
        end();
      },
      Math.max(20, Math.min(1000, noProgressMs / 5)),
    );
    /** @param {number | null} code */
    const finish = (code) => {
      clearInterval(watcher);
      process.removeListener('exit', end);
      resolve({ code, stalled, output });
    };
    child.once('error', (error) => {
      output += error.message;
      finish(null);
    });
    child.once('close', finish);
  });
}

/**
 * The line of a program's output that says most: the first that names an error, else the first.
 *
 * @param {string} output
 */
export function tellingLine(output) {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return (
    lines.find((line) => /error|cannot|failed|missing|not found/i.test(line)) ?? lines[0] ?? ''
  );
}
