import process from 'node:process';
import { defineConfig } from 'vitest/config';

// One seed and one form for every file of the run; the workers inherit them.
process.env['JACKDAW_CHAOS'] ??= 'plain';
process.env['JACKDAW_SEED'] ??= String(Math.floor(Math.random() * 2 ** 31));

/** The chaos suite, `npm run test:chaos`: real hosts are killed, stopped and starved, one test at a time. */
export default defineConfig({
  test: {
    name: 'chaos',
    environment: 'node',
    include: ['test/chaos/**/*.chaos.test.ts'],
    globalSetup: ['test/support/chaos/announce.ts', 'test/support/bundle-programs.ts'],
    // How far it is, as it is said.
    disableConsoleIntercept: true,
    testTimeout: 12 * 60 * 60_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});
