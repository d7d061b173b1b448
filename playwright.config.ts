import path from 'node:path';
import { defineConfig } from '@playwright/test';
import { chooseElectron } from './test/support/choose-electron.ts';

const electron = chooseElectron();
// The hosts that specs start: compiled once, not each time.
process.env['NODE_COMPILE_CACHE'] ??= path.join(
  import.meta.dirname,
  'node_modules/.cache/jackdaw/compile-cache',
);

/**
 * The specs of test/ui, each in both hosts: `headless` shows the page in Chromium, `electron` in
 * Jackdaw's own window. `*.electron.spec.ts` need the desktop, `*.headless.spec.ts` the loopback.
 */
export default defineConfig({
  testDir: path.join(import.meta.dirname, 'test', 'ui'),
  outputDir: 'test-results',
  globalSetup: './test/support/prepare.setup.ts',
  forbidOnly: process.env['CI'] !== undefined,
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 30_000,
  expect: { timeout: 7_500 },
  reporter: [['list']],
  metadata: { electron },
  // A trace of every test costs as much as the tests; `--trace on` keeps one where it is needed.
  use: { screenshot: 'only-on-failure' },
  projects: [
    { name: 'headless', testIgnore: '**/*.electron.spec.ts' },
    { name: 'electron', testIgnore: '**/*.headless.spec.ts' },
  ],
});
