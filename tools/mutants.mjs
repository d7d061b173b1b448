/**
 * `npm run test:mutants`: breaks the product in one place at a time and sees whether a test fails each
 * time. It works in a copy of what Git knows and the disk holds; the checkout isn't touched. The tests
 * named must pass unbroken first. Ends with 1 where a mutant survives. What stands after `--` picks
 * mutants by a word of what they break.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { spawnSync } from 'node:child_process';
import { at, readJson, requireNode } from './lib/checkout.mjs';
import { mutants } from './lib/mutants.ts';

/** @typedef {import('./lib/mutants.ts').Mutant} Mutant */

/** A run that hangs on a mutant has noticed it too, but nobody waits for ever. */
const limitMs = 10 * 60_000;

/** The checkout as it is, without what is installed or built, its modules linked. */
function copyCheckout() {
  const folder = mkdtempSync(join(tmpdir(), 'jackdaw-mutants-'));
  const listed = spawnSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    {
      cwd: at(),
      encoding: 'utf8',
    },
  );
  for (const file of listed.stdout.split('\0'))
    if (file !== '') cpSync(at(file), join(folder, file), { recursive: true });
  symlinkSync(at('node_modules'), join(folder, 'node_modules'));
  return folder;
}

/**
 * Runs tests in the copy. Answers the names of those that failed; a run that failed without one is told
 * as such.
 *
 * @param {string} folder
 * @param {readonly string[]} tests
 * @returns {readonly string[]}
 */
function failuresOf(folder, tests) {
  const summary = join(folder, 'summary.json');
  rmSync(summary, { force: true });
  const reporter = join(folder, 'tools', 'reporters', 'vitest-summary.mjs');
  const run = spawnSync(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--project',
      'node',
      `--reporter=${reporter}`,
      ...tests,
    ],
    { cwd: folder, timeout: limitMs, env: { ...process.env, SUMMARY_FILE: summary } },
  );
  const failed = readJson(summary)?.['failed'];
  if (Array.isArray(failed) && failed.length > 0) return failed.map(String);
  return run.status === 0 ? [] : ['the run itself'];
}

/**
 * Does something while the product is broken.
 *
 * @template T
 * @param {string} folder
 * @param {Mutant} mutant
 * @param {() => T} work
 * @returns {T}
 */
function broken(folder, { breaks, edits }, work) {
  const before = edits.map(({ file }) => readFileSync(join(folder, file), 'utf8'));
  edits.forEach(({ file, find, replace }, index) => {
    const parts = before[index]?.split(find) ?? [];
    if (parts.length !== 2)
      throw new Error(`${file} has ${String(parts.length - 1)} places for “${breaks}”, not one.`);
    writeFileSync(join(folder, file), parts.join(replace));
  });
  try {
    return work();
  } finally {
    edits.forEach(({ file }, index) => {
      writeFileSync(join(folder, file), before[index] ?? '');
    });
  }
}

requireNode();
const words = process.argv.slice(2);
const picked = mutants.filter(({ breaks }) => words.every((word) => breaks.includes(word)));
const folder = copyCheckout();
try {
  const tests = [...new Set(picked.flatMap((mutant) => mutant.tests))];
  const faults = failuresOf(folder, tests);
  if (faults.length > 0) {
    console.error(`Unbroken, these fail already: ${faults.join('; ')}`);
    process.exitCode = 1;
  } else {
    console.log('| what is broken | tests that fail | the first of them |');
    console.log('| --- | --: | --- |');
    for (const mutant of picked) {
      const failed = broken(folder, mutant, () => failuresOf(folder, mutant.tests));
      const first = failed[0] ?? '**none: it survives**';
      console.log(`| ${mutant.breaks} | ${String(failed.length)} | ${first} |`);
      if (failed.length === 0) process.exitCode = 1;
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
