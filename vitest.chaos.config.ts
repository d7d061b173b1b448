import { defineConfig } from 'vitest/config';

/** The chaos suite, `npm run test:chaos`: real hosts are killed, stopped and starved; one at a time. */
export default defineConfig({
  test: {
    name: 'chaos',
    environment: 'node',
    include: ['test/chaos/**/*.chaos.test.ts'],
    env: { JACKDAW_ROUNDS: process.env['JACKDAW_ROUNDS'] ?? '50' },
    testTimeout: 4 * 60 * 60_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});
