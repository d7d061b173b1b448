import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { FullConfig } from '@playwright/test';
import { build } from 'vite';

const root = path.resolve(import.meta.dirname, '..', '..');

/**
 * Runs once before all specs: says which Electron they run on, and bundles both hosts' test entries into a
 * folder of this run, which `JACKDAW_TEST_BUNDLES` names to the workers: from source each would start twice
 * as slowly. Answers what tidies it up.
 */
export default async function prepare(config: FullConfig): Promise<() => void> {
  const folder = path.join(root, 'node_modules', '.cache', `jackdaw-test-${String(process.pid)}`);
  process.env['JACKDAW_TEST_BUNDLES'] = folder;
  console.log(`Electron under the specs: ${String(config.metadata['electron'])}.`);
  if (!existsSync(path.join(root, 'out', 'main', 'index.js')))
    throw new Error('The UI specs run on the built app: npm run build.');
  await build({
    configFile: false,
    logLevel: 'warn',
    root,
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: true,
      rolldownOptions: {
        // The threads start from files beside the bundle, as in the app.
        input: {
          'test-electron': path.join(root, 'test', 'support', 'test-electron.ts'),
          'test-host': path.join(root, 'test', 'support', 'test-host.ts'),
          'calendar-worker': path.join(root, 'main', 'calendars', 'worker', 'index.ts'),
          'ledger-worker': path.join(root, 'main', 'store', 'worker', 'index.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' },
        external: ['electron', 'better-sqlite3'],
      },
    },
    ssr: { noExternal: true },
  });
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
}
