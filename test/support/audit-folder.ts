import { existsSync } from 'node:fs';
import { auditOpen, auditRecord, together, type Audit } from '../../main/store/audit.ts';
import { databasePath, openForReading } from '../../main/store/database.ts';

/** How a folder's ledger was left: by a host that was stopped, or by one that was killed. */
export type Left = 'stopped' | 'killed';

/** Audits the ledger of a data folder on which nobody lives; one without a database has none. */
export function auditOf(dataFolder: string, left: Left = 'stopped'): Audit {
  if (!existsSync(databasePath(dataFolder))) return { findings: [], total: 0 };
  const db = openForReading(dataFolder);
  try {
    return left === 'killed' ? auditRecord(db) : together(auditRecord(db), auditOpen(db, null));
  } finally {
    db.close();
  }
}

/** Audits such a ledger and throws what it finds, so that the test fails. */
export function auditFolder(dataFolder: string, left: Left = 'stopped'): void {
  const { findings, total } = auditOf(dataFolder, left);
  if (total === 0) return;
  const lines = findings.map(({ code, message }) => `${code}: ${message}`);
  throw new Error(`${String(total)} findings in the ledger:\n${lines.join('\n')}`);
}
