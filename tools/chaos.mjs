/**
 * `npm run test:chaos`: the chaos suite; with `-- --long`, at the scale of a night
 * (test/support/chaos/rounds.ts has the numbers). What else stands after `--` goes to the runner: the
 * name of a file, `-t` and a test's.
 */
import process from 'node:process';
import { requireNode } from './lib/checkout.mjs';
import { runProgram } from './lib/stages.mjs';

requireNode();
const given = process.argv.slice(2);
const { ok } = await runProgram(
  'vitest/vitest.mjs',
  [
    'run',
    '--config',
    'vitest.chaos.config.ts',
    ...given.filter((argument) => argument !== '--long'),
  ],
  {
    shown: true,
    limitMs: 24 * 60 * 60_000,
    env: { JACKDAW_CHAOS: given.includes('--long') ? 'long' : 'plain' },
  },
);
process.exitCode = ok ? 0 : 1;
