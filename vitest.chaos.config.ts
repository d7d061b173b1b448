import { defineConfig } from 'vitest/config';

/** The chaos suite, `npm run test:chaos`: real hosts are killed, stopped and starved, one test at a time. */
export default defineConfig({
  test: {
    name: 'chaos',
    environment: 'node',
    include: ['test/chaos/**/*.chaos.test.ts'],
    testTimeout: 4 * 60 * 60_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});
