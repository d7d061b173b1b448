import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { RefusedError, type ErrorCode } from '../../contract/result.ts';
import type { CopyDatabase } from './copy-database.ts';

/** What the thread is asked. */
export interface CopyQuestion {
  readonly from: string;
  readonly to: string;
}

/** What the thread answers: null once the copy is there, else why there is none. */
export type CopyAnswer = { readonly code: ErrorCode; readonly message: string } | null;

/** Where the thread's program lies: beside this file in a checkout, flat beside the bundle when built. */
function workerProgram(): string {
  const fromSource = import.meta.filename.endsWith('.ts');
  return fromSource
    ? path.join(import.meta.dirname, 'copy-worker.ts')
    : path.join(import.meta.dirname, 'copy-worker.js');
}

/**
 * `copyDatabase` on a thread of its own: copying and checking 160 MB takes it seconds, and this thread
 * nothing (docs/decisions/database.md).
 */
export const copyOnThread: CopyDatabase = (from, to) =>
  new Promise((resolve, reject) => {
    const workerData: CopyQuestion = { from, to };
    const thread = new Worker(workerProgram(), { workerData, env: {}, execArgv: [] });
    thread.on('message', (answer: CopyAnswer) => {
      if (answer === null) resolve();
      else reject(new RefusedError(answer.code, answer.message));
    });
    thread.on('error', reject);
    thread.on('exit', () => {
      reject(new RefusedError('internal', `The copy of ${from} ended before it was whole.`));
    });
  });
