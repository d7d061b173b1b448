import { app } from 'electron';
import type { Clock } from '../clock.ts';

/** How long runs and writers may take to end; the promise is to be gone within 10 s. */
const patienceMs = 9_000;

/**
 * Ends the app in order: windows may close from `before-quit` on, then `stop` is awaited, for 9 s at
 * most, and the process ends. Answers whether a quit is under way.
 */
export function quitGently(clock: Clock, stop: () => Promise<void>): () => boolean {
  let isQuitting = false;
  let isStopping = false;
  app.on('before-quit', () => {
    isQuitting = true;
  });
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (isStopping) return;
    isStopping = true;
    const end = (): void => {
      app.exit(0);
    };
    clock.after(patienceMs, end);
    stop().then(end, (error: unknown) => {
      process.stderr.write(`Jackdaw did not stop cleanly: ${String(error)}\n`);
      end();
    });
  });
  return () => isQuitting;
}
