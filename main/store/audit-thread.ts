import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Audit } from './audit.ts';

/** Where the thread's program lies: in its folder in a checkout, flat beside the bundle when built. */
function workerProgram(): string {
  const fromSource = import.meta.filename.endsWith('.ts');
  return fromSource
    ? path.join(import.meta.dirname, 'worker', 'index.ts')
    : path.join(import.meta.dirname, 'ledger-worker.js');
}

/**
 * Audits the record of a data folder on a thread and a read connection of its own, so that the scheduler isn't
 * held up. Rejects with what SQLite says where it can't be read.
 */
export function auditInThread(dataFolder: string, program = workerProgram()): Promise<Audit> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(program, { workerData: dataFolder, env: {}, execArgv: [] });
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', () => {
      reject(new Error('the thread that reads the ledger ended by itself'));
    });
  });
}
