import { parentPort, workerData } from 'node:worker_threads';
import { auditRecord } from '../audit.ts';
import { openForReading } from '../database.ts';

// A read connection of its own: the leader's goes on writing beside it.
const db = openForReading(workerData as string);
try {
  parentPort?.postMessage(auditRecord(db));
} finally {
  db.close();
}
