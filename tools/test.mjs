/**
 * `npm test`: format, lint, types and layers, with the renderer's tests beside them; the build; then the
 * other unit tests with coverage, then the UI tests in both hosts. Every stage runs whatever the others found, but for UI tests without a build. The
 * last line sums all runners; a stage that is no runner counts as one failure.
 */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { provideBrowser } from './lib/browser.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { at, memory, readJson, requireNode, writeJson } from './lib/checkout.mjs';
import { contentHash } from './lib/content-hash.mjs';
import { closing, runProgram, skipLines } from './lib/stages.mjs';

const limitMs = 8 * 60_000;

/** @typedef {import('./lib/stages.mjs').Summary} Summary */

/** @type {Summary[]} */
const summaries = [];

/** @param {string} name @param {number} seconds @param {boolean} ok */
function report(name, seconds, ok) {
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)`);
}

/** @param {string} failure */
function fail(failure) {
  summaries.push({ passed: 0, failed: [failure], skipped: [] });
}

/** Everything the checks look at; of the root folder, whatever is a file. */
const checked = contentHash([
  ...['contract', 'main', 'preload', 'renderer', 'test', 'tools', 'docs/decisions'],
  'docs/architecture.md',
  ...readdirSync(at(), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort(),
]);

/**
 * One of the checks: silent where it finds nothing. Where not a byte has changed since it last found
 * nothing, it isn't run again.
 *
 * @param {string} name
 * @param {string} script
 * @param {readonly string[]} args
 */
async function check(name, script, args) {
  const stamp = memory(`passed-${name}.json`);
  if (readJson(stamp)?.['content'] === checked) {
    console.log(`ok     ${name} (nothing has changed since it passed)`);
    return;
  }
  const { ok, output, seconds } = await runProgram(script, args, { shown: false, limitMs });
  report(name, seconds, ok);
  if (ok) {
    writeJson(stamp, { content: checked });
    return;
  }
  console.log(output.trim());
  fail(`${name} (npm run check)`);
}

/** The checks; the renderer's tests, which measure no time, fill the core that the others leave. */
async function checkAll() {
  const prettier = ['--check', '--log-level', 'warn', '.'];
  const layers = ['--output-type', 'err-long', 'contract', 'main', 'preload', 'renderer', 'test'];
  await Promise.all([
    (async () => {
      await check('lint', 'oxlint/bin/oxlint', ['.']);
      await check('types', 'typescript/bin/tsc', ['-b']);
      await check('layers', 'dependency-cruiser/bin/dependency-cruise.mjs', layers);
      await check('format', 'prettier/bin/prettier.cjs', prettier);
    })(),
    runVitest('renderer', ['--project', 'renderer', '--maxWorkers', '1'], { shown: false }),
  ]);
}

async function build() {
  const begun = performance.now();
  const ok = await ensureBuilt();
  report('build', (performance.now() - begun) / 1000, ok);
  if (!ok) fail('the build (npm run build)');
  return ok;
}

/**
 * A runner, whose own reporter leaves a summary. Where it isn't shown as it goes, what it printed comes
 * at its end.
 *
 * @param {string} name
 * @param {string} script
 * @param {readonly string[]} args
 * @param {{ shown: boolean, env?: Record<string, string> }} how
 */
async function runTests(name, script, args, { shown, env = {} }) {
  const file = memory(`${name}-summary.json`);
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  const run = await runProgram(script, args, {
    shown,
    limitMs,
    env: { ...env, SUMMARY_FILE: file },
  });
  const summary = /** @type {Summary | null} */ (/** @type {unknown} */ (readJson(file)));
  if (!shown) console.log(run.output.trimEnd());
  report(name, run.seconds, run.ok);
  if (summary !== null) summaries.push(summary);
  if (!run.ok && (summary?.failed.length ?? 0) === 0) {
    fail(`${name}: see above (a coverage threshold, a crash or the limit of its time)`);
  }
}

/**
 * @param {string} name
 * @param {readonly string[]} args
 * @param {{ shown: boolean, env?: Record<string, string> }} how
 */
async function runVitest(name, args, how) {
  const reporter = `--reporter=${at('tools', 'reporters', 'vitest-summary.mjs')}`;
  await runTests(name, 'vitest/vitest.mjs', ['run', ...args, '--reporter=default', reporter], how);
}

async function unitTests() {
  await runVitest('unit', ['--project', 'node', '--coverage'], {
    shown: true,
    env: { JACKDAW_COVERAGE: '1', JACKDAW_BUNDLE: '1' },
  });
}

async function uiTests() {
  const browser = await provideBrowser({ noProgressMs: 60_000 });
  const reporter = `--reporter=list,${at('tools', 'reporters', 'playwright-summary.mjs')}`;
  const playwright = '@playwright/test/cli.js';
  if ('executable' in browser) {
    await runTests('ui', playwright, ['test', reporter], {
      shown: false,
      env: { CHROMIUM_PATH: browser.executable },
    });
    return;
  }
  const listed = await runProgram(playwright, ['test', '--list', '--reporter=json'], {
    shown: false,
    limitMs,
  });
  const count = (listed.output.match(/"projectName"/g) ?? []).length;
  const skip = { name: 'a UI test', reason: browser.reason };
  summaries.push({ passed: 0, failed: [], skipped: Array.from({ length: count }, () => skip) });
}

requireNode();
const begun = performance.now();
await checkAll();
const built = await build();
// One after the other: each keeps two cores busy, and both measure how quickly something answers.
await unitTests();
if (built) await uiTests();

const { failed, skipped, line } = closing(summaries);
for (const text of skipLines(skipped)) console.log(text);
for (const name of failed) console.log(`Failed: ${name}`);
console.log(`${((performance.now() - begun) / 1000).toFixed(0)} s in all`);
console.log(line);
process.exitCode = failed.length === 0 ? 0 : 1;
