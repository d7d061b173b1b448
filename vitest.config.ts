import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const cache = path.join(import.meta.dirname, 'node_modules', '.cache', 'jackdaw');

/**
 * Two projects: everything on Node, and the renderer's forms in jsdom. The parts that decide when
 * something runs and what is remembered are covered by at least 95 % of their lines.
 */
export default defineConfig({
  test: {
    // Beside the UI tests one worker would be the last to finish; the default leaves a core free.
    maxWorkers: 2,
    // A worker of its own for each file took longer than its tests: in the renderer's twice as long.
    isolate: false,
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          include: ['test/unit/**/*.test.ts', 'test/chaos/**/*.chaos.test.ts'],
          // Of chaos the short form; what takes minutes is only in `npm run test:chaos`.
          exclude: ['test/unit/renderer/**', 'test/chaos/{corrupt,disk-full}.chaos.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // In `npm test`; a single file by hand is quicker without.
          globalSetup:
            process.env['JACKDAW_BUNDLE'] === undefined ? [] : 'test/support/bundle-programs.ts',
          // Processes that tests start from source: stripped and compiled once, not each time.
          env: { NODE_COMPILE_CACHE: path.join(cache, 'compile-cache') },
        },
      },
      {
        plugins: [react()],
        test: {
          name: 'renderer',
          environment: 'jsdom',
          include: ['test/unit/renderer/**/*.test.{ts,tsx}'],
          css: { modules: { classNameStrategy: 'non-scoped' } },
          testTimeout: 60_000,
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: [
        'main/schedule/**/*.ts',
        'main/scheduler/**/*.ts',
        'main/store/**/*.ts',
        'main/calls/**/*.ts',
      ],
      reporter: ['text-summary', 'html', 'json-summary'],
      reportsDirectory: 'coverage',
      thresholds: { lines: 95 },
    },
  },
});
