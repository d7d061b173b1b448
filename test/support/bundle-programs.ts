import { rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { build } from 'vite';
import { bundlesVariable, programs } from './programs.ts';

const root = path.resolve(import.meta.dirname, '..', '..');

/**
 * Runs once before a run's workers: bundles the programs that tests start into a folder of this run, which
 * it names to all that it starts. They lie flat in it, as in the app. Answers what tidies it up.
 */
export async function setup(): Promise<() => void> {
  const folder = path.join(root, 'node_modules', '.cache', `jackdaw-test-${String(process.pid)}`);
  await build({
    configFile: false,
    logLevel: 'warn',
    root,
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: true,
      rolldownOptions: {
        input: Object.fromEntries(
          Object.entries(programs).map(([name, source]) => [name, path.join(root, source)]),
        ),
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' },
        external: ['electron', 'better-sqlite3'],
      },
    },
    ssr: { noExternal: true },
  });
  process.env[bundlesVariable] = folder;
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
}
