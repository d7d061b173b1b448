import { parentPort, workerData } from 'node:worker_threads';
import { RefusedError } from '../../contract/result.ts';
import { copyDatabase } from './copy-database.ts';
import type { CopyAnswer, CopyQuestion } from './thread-copy.ts';

const { from, to } = workerData as CopyQuestion;

copyDatabase(from, to).then(
  () => parentPort?.postMessage(null satisfies CopyAnswer),
  (error: unknown) => {
    // A fault of ours ends the thread, which its parent tells.
    if (!(error instanceof RefusedError)) throw error;
    const { code, message } = error;
    parentPort?.postMessage({ code, message } satisfies CopyAnswer);
  },
);
