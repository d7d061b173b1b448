import type { FullConfig } from '@playwright/test';

/** Runs once before all specs: says which Electron they run on. */
export default function prepare(config: FullConfig): void {
  console.log(`Electron under the specs: ${String(config.metadata['electron'])}.`);
}
