import { Worker } from 'node:worker_threads';
import { memoryMark } from '../messages.ts';

const idle = 0;
const watching = 1;

/**
 * The watchdog's own thread, as text so that it starts from source and from the bundle alike. It waits
 * on a shared cell, so a busy main thread doesn't hold it up: without end until there is work, then
 * waking 10 times a second.
 */
const watch = `
const { workerData } = require('node:worker_threads');
const { writeSync } = require('node:fs');
const { cells, mark } = workerData;
const alive = (pid) => {
  try { process.kill(pid, 0); return true; } catch (error) { return error.code === 'EPERM'; }
};
const end = () => {
  try { process.kill(-process.pid, 'SIGKILL'); } catch {}
  process.kill(process.pid, 'SIGKILL');
};
for (;;) {
  if (Atomics.load(cells, 0) === ${String(idle)}) Atomics.wait(cells, 0, ${String(idle)});
  Atomics.wait(cells, 0, ${String(watching)}, 100);
  if (!alive(cells[1])) end();
  if (process.memoryUsage.rss() > cells[2] * 1024 * 1024) {
    try { writeSync(2, mark + '\\n'); } catch {}
    // Electron forgets what it hasn't read when the process ends.
    Atomics.wait(cells, 0, ${String(watching)}, 50);
    end();
  }
}
`;

/**
 * Starts the thread that will watch over this process. The function it answers begins the watch: from
 * then on the process, and its process group where it leads one, is killed when the parent is gone or
 * its resident memory is over the cap, whatever the main thread is doing.
 */
export function startWatchdog(): (parentPid: number, memoryBytes: number) => void {
  const cells = new Int32Array(new SharedArrayBuffer(12));
  const worker = new Worker(watch, { eval: true, workerData: { cells, mark: memoryMark } });
  worker.unref();
  return (parentPid, memoryBytes) => {
    cells[1] = parentPid;
    cells[2] = Math.ceil(memoryBytes / (1024 * 1024));
    Atomics.store(cells, 0, watching);
    Atomics.notify(cells, 0);
  };
}
