/**
 * A scrape child that misbehaves from its task on, as the path of its scrape's address says. Until then,
 * and beside that, it is the real one. Started by `forkLauncher(unrulyChild)`.
 */
import { spawnSync } from 'node:child_process';
import { writeSync } from 'node:fs';
import '../../main/scrape/child/index.ts';
import type { ParentMessage } from '../../main/scrape/messages.ts';

const megabyte = 1024 * 1024;
const kept: unknown[] = [];

/** Allocates 100 MB a second, in steps of 10 ms. */
function leak(one: () => unknown): void {
  setInterval(() => {
    kept.push(one());
  }, 10);
}

/** Fifty sleepers, each in a session of its own. The shell ends at once, so they are nobody's children. */
function startSleepers(argument: string): void {
  const script = `for i in $(seq 50); do setsid sleep ${argument} > /dev/null & done`;
  spawnSync('sh', ['-c', script], { stdio: 'ignore' });
}

function hang(): never {
  for (;;);
}

const ways: Readonly<Record<string, (argument: string) => void>> = {
  '/loop': hang,
  '/deaf': () => {
    process.removeAllListeners('message');
    process.on('SIGTERM', () => undefined);
  },
  '/heap': () => {
    leak(() => Array.from({ length: megabyte / 8 }, Math.random));
  },
  '/buffers': () => {
    leak(() => Buffer.alloc(megabyte, 1));
  },
  '/messages': () => {
    const more = (): void => {
      const message = { type: 'log', level: 'info', message: 'x'.repeat(1_000) };
      process.send?.(message, undefined, undefined, more);
    };
    more();
  },
  '/stderr': () => {
    for (;;)
      try {
        writeSync(2, 'x'.repeat(60_000));
      } catch {
        // The pipe is full at the moment.
      }
  },
  '/sleepers': startSleepers,
  '/sleepers-and-loop': (argument) => {
    startSleepers(argument);
    hang();
  },
};

process.on('message', (message: ParentMessage) => {
  if (message.type !== 'start' || message.task.kind !== 'run') return;
  const { pathname, search } = new URL(message.task.scrape.url);
  ways[pathname]?.(search.slice(1));
});
