/** The stages of `npm test`: each a program, what it printed, and what its reporter counted. */
import { spawn } from 'node:child_process';
import { at } from './checkout.mjs';

/**
 * @typedef {object} Summary
 * @property {number} passed
 * @property {readonly string[]} failed
 * @property {readonly { readonly name: string, readonly reason: string }[]} skipped
 */

/**
 * Runs one of the installed programs in the checkout, with this Node.
 *
 * @param {string} script its path under node_modules
 * @param {readonly string[]} args
 * @param {{ shown: boolean, limitMs: number, env?: Record<string, string> }} how `shown` programs
 *   print as they go; of the others the output comes back
 * @returns {Promise<{ ok: boolean, output: string, seconds: number }>}
 */
export function runProgram(script, args, { shown, limitMs, env }) {
  const begun = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [at('node_modules', script), ...args], {
      cwd: at(),
      stdio: ['ignore', shown ? 'inherit' : 'pipe', shown ? 'inherit' : 'pipe'],
      env: { ...process.env, ...env },
    });
    let output = '';
    /** @param {Buffer} chunk */
    const hear = (chunk) => {
      output += chunk.toString();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    const limit = setTimeout(() => {
      output += `It was ended after ${String(limitMs / 1000)} s.\n`;
      child.kill('SIGKILL');
    }, limitMs);
    child.once('close', (code) => {
      clearTimeout(limit);
      resolve({ ok: code === 0, output, seconds: (performance.now() - begun) / 1000 });
    });
  });
}

/**
 * The sum of both runners, and the line that closes the run.
 *
 * @param {readonly Summary[]} summaries
 */
export function closing(summaries) {
  const passed = summaries.reduce((sum, summary) => sum + summary.passed, 0);
  const failed = summaries.flatMap((summary) => summary.failed);
  const skipped = summaries.flatMap((summary) => summary.skipped);
  const line = `${String(passed)} passed, ${String(failed.length)} failed, ${String(skipped.length)} skipped`;
  return { failed, skipped, line };
}

/**
 * The skipped tests by reason, most first.
 *
 * @param {Summary['skipped']} skipped
 * @returns {readonly string[]}
 */
export function skipLines(skipped) {
  /** @type {Map<string, string[]>} */
  const byReason = new Map();
  for (const { name, reason } of skipped) {
    byReason.set(reason, [...(byReason.get(reason) ?? []), name]);
  }
  return [...byReason]
    .sort(([, left], [, right]) => right.length - left.length)
    .flatMap(([reason, names]) => [
      `Skipped (${String(names.length)}): ${reason}`,
      ...names.slice(0, 10).map((name) => `  ${name}`),
      ...(names.length > 10 ? [`  … and ${String(names.length - 10)} more`] : []),
    ]);
}
