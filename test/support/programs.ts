import path from 'node:path';
import process from 'node:process';

const root = path.resolve(import.meta.dirname, '..', '..');

/** Every program of ours that tests run as a process or a thread: its source, by the name of its bundle. */
export const programs = {
  'calendar-worker': 'main/calendars/worker/index.ts',
  'copy-worker': 'main/store/copy-worker.ts',
  'ledger-worker': 'main/store/worker/index.ts',
  'scrape-child': 'main/scrape/child/index.ts',
  cli: 'main/cli/index.ts',
  headless: 'main/headless.ts',
  'chaos-host': 'test/support/chaos/chaos-host.ts',
  'flip-judge': 'test/support/chaos/flip-judge.ts',
  migrating: 'test/support/migrating.ts',
  'scrape-host': 'test/support/scrape-host.ts',
  'test-electron': 'test/support/test-electron.ts',
  'test-host': 'test/support/test-host.ts',
  'unruly-child': 'test/support/unruly-child.ts',
  'unruly-host': 'test/support/unruly-host.ts',
} as const;

/** The name of such a program. */
export type ProgramName = keyof typeof programs;

/** What names the folder of this run's bundles to its workers and to what they start. */
export const bundlesVariable = 'JACKDAW_TEST_BUNDLES';

/** Where to start a program from: its bundle where the run has made them, in a quarter of the time; else its source. */
export function programPath(name: ProgramName): string {
  const bundles = process.env[bundlesVariable];
  return bundles === undefined ? path.join(root, programs[name]) : path.join(bundles, `${name}.js`);
}
