import { defineConfig } from 'vitest/config';

/** The long suite, `npm run test:fuzz`: thousands of random cases, which `npm test` draws fewer of. */
export default defineConfig({
  test: {
    name: 'fuzz',
    environment: 'node',
    include: ['test/fuzz/**/*.fuzz.test.ts'],
    testTimeout: 30 * 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // What a suite says of memory it says after garbage was collected.
    execArgv: ['--expose-gc'],
  },
});
