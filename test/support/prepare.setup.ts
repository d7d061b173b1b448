import { existsSync } from 'node:fs';
import path from 'node:path';
import type { FullConfig } from '@playwright/test';
import { build } from 'vite';

const root = path.resolve(import.meta.dirname, '..', '..');

/** Where the test entry of Electron is bundled to: inside node_modules, out of every package. */
export const testElectronFolder = path.join(root, 'node_modules', '.cache', 'jackdaw-test');

/** Runs once before all specs: says which Electron they run on, and bundles its test entry. */
export default async function prepare(config: FullConfig): Promise<void> {
  console.log(`Electron under the specs: ${String(config.metadata['electron'])}.`);
  if (!existsSync(path.join(root, 'out', 'main', 'index.js')))
    throw new Error('The UI specs run on the built app: npm run build.');
  await build({
    configFile: false,
    logLevel: 'warn',
    root,
    build: {
      ssr: path.join(root, 'test', 'support', 'test-electron.ts'),
      outDir: testElectronFolder,
      emptyOutDir: true,
      rolldownOptions: { external: ['electron', 'better-sqlite3'] },
    },
    ssr: { noExternal: true },
  });
}
