import { existsSync } from 'node:fs';
import path from 'node:path';
import type { FullConfig } from '@playwright/test';
import { setup } from './bundle-programs.ts';

const root = path.resolve(import.meta.dirname, '..', '..');

/** Runs once before all specs: says which Electron they run on, and bundles the hosts that they start. */
export default async function prepare(config: FullConfig): Promise<() => void> {
  console.log(`Electron under the specs: ${String(config.metadata['electron'])}.`);
  if (!existsSync(path.join(root, 'out', 'main', 'index.js')))
    throw new Error('The UI specs run on the built app: npm run build.');
  return setup();
}
