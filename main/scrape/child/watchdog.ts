import { Worker } from 'node:worker_threads';
import { endMarked } from '../end-marked.ts';
import { familyOf, psArguments } from '../family.ts';
import { ownMark } from '../marks.ts';
import { memoryMark } from '../messages.ts';
import { duties, guard, type Post } from './guard.ts';

/** Between two looks. A leak of 1 GB/s gets 25 MB over the cap meanwhile. */
const lookMs = 25;

/** How long the thread has to end this process before it ends by itself. */
const endMs = 5_000;

/**
 * The thread's program, as text so that it starts from source and from the bundle alike, and from
 * within Electron's archive. It waits on a shared cell, so a busy main thread doesn't hold it up.
 */
const program = `
const { workerData } = require('node:worker_threads');
const files = require('node:fs');
const { spawnSync } = require('node:child_process');
const endMarked = ${endMarked.toString()};
const familyOf = ${familyOf.toString()};
(${guard.toString()})(workerData, { files, spawnSync, endMarked, familyOf });
`;

/** The watch over this process. */
export interface Watchdog {
  /**
   * From now on the process is killed, with what it has started, when the parent is gone or its
   * resident memory is over the cap, whatever the main thread is doing.
   */
  watch(parentPid: number, memoryBytes: number): void;
  /** Ends this process now, with what it has started. */
  end(): never;
}

/** Starts the thread that will watch over this process; until there is work it sleeps. */
export function startWatchdog(): Watchdog {
  const cells = new Int32Array(new SharedArrayBuffer(12));
  const mark = ownMark(process.env);
  const post: Post = { cells, duties, mark, memoryMark, psArguments, lookMs };
  const worker = new Worker(program, { eval: true, workerData: post });
  worker.unref();
  const take = (duty: number): void => {
    Atomics.store(cells, 0, duty);
    Atomics.notify(cells, 0);
  };
  return {
    watch: (parentPid, memoryBytes) => {
      cells[1] = parentPid;
      cells[2] = Math.ceil(memoryBytes / (1024 * 1024));
      take(duties.watching);
    },
    end: () => {
      take(duties.ending);
      Atomics.wait(cells, 0, duties.ending, endMs);
      process.exit(0);
    },
  };
}
