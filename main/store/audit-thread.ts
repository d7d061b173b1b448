import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Audit } from './audit.ts';

/** What the thread is asked: whether SQLite finds the file sound, or what the audit finds in the record. */
export interface Question {
  readonly dataFolder: string;
  readonly about: 'file' | 'record';
}

/** Where the thread's program lies: in its folder in a checkout, flat beside the bundle when built. */
function workerProgram(): string {
  const fromSource = import.meta.filename.endsWith('.ts');
  return fromSource
    ? path.join(import.meta.dirname, 'worker', 'index.ts')
    : path.join(import.meta.dirname, 'ledger-worker.js');
}

/** Asks a thread of its own, which ends with its answer. */
function ask<Answer>(question: Question): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(workerProgram(), { workerData: question, env: {}, execArgv: [] });
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', () => {
      reject(new Error('the thread that reads the ledger ended by itself'));
    });
  });
}

/**
 * Audits the record of a data folder on a thread and a read connection of its own, so that the scheduler isn't
 * held up. Rejects with what SQLite says where it can't be read.
 */
export function auditInThread(dataFolder: string): Promise<Audit> {
  return ask({ dataFolder, about: 'record' });
}

/** `isSound` of the database of a data folder, likewise: a file of a million runs takes it seconds. */
export function isSoundInThread(dataFolder: string): Promise<boolean> {
  return ask({ dataFolder, about: 'file' });
}
