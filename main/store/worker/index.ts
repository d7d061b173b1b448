import { parentPort, workerData } from 'node:worker_threads';
import { auditRecord } from '../audit.ts';
import type { Question } from '../audit-thread.ts';
import { isSound, openForReading } from '../database.ts';

const { dataFolder, about } = workerData as Question;

// A read connection of its own: the leader's goes on writing beside it.
const db = openForReading(dataFolder);
try {
  parentPort?.postMessage(about === 'file' ? isSound(db) : auditRecord(db));
} finally {
  db.close();
}
