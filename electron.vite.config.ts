import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const root = import.meta.dirname;
const at = (...parts: readonly string[]): string => join(root, ...parts);

/**
 * One build for both hosts. Everything but Electron and the database driver is bundled; all files of
 * main lie flat in out/main, so that `import.meta.dirname` is that folder in chunks too.
 */
export default defineConfig({
  main: {
    build: {
      outDir: at('out/main'),
      emptyOutDir: true,
      minify: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: {
          index: at('main/index.ts'),
          headless: at('main/headless.ts'),
          cli: at('main/cli/index.ts'),
          'scrape-child': at('main/scrape/child/index.ts'),
          'calendar-worker': at('main/calendars/worker/index.ts'),
          'copy-worker': at('main/store/copy-worker.ts'),
          'ledger-worker': at('main/store/worker/index.ts'),
        },
        external: ['electron', 'better-sqlite3'],
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunk-[name]-[hash].js',
        },
      },
    },
  },
  preload: {
    build: {
      outDir: at('out/preload'),
      emptyOutDir: true,
      reportCompressedSize: false,
      rolldownOptions: {
        input: { index: at('preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    plugins: [react()],
    build: {
      outDir: at('out/renderer'),
      emptyOutDir: true,
      reportCompressedSize: false,
      minify: true,
      // Read from this computer's disk, never over a network.
      chunkSizeWarningLimit: 2000,
      // The Content-Security-Policy allows scripts from files only; nothing is inlined.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: at('renderer/index.html') },
    },
  },
});
