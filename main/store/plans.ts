import { statement, type Reader, type Writer } from './statement.ts';

/**
 * Keeps what slots are judged by under its hash: a plan, or hours and the text of a calendar
 * that plans name by their hash. The same twice is one row.
 */
export function keepPlan(
  db: Writer,
  plan: { readonly hash: string; readonly document: string },
): void {
  statement(db, 'INSERT OR IGNORE INTO plans (hash, document) VALUES (?, ?)').run(
    plan.hash,
    plan.document,
  );
}

/** The text kept under a hash; null where there is none. */
export function readPlan(db: Reader, hash: string): string | null {
  const row = statement<{ document: string }>(db, 'SELECT document FROM plans WHERE hash = ?').get(
    hash,
  );
  return row?.document ?? null;
}
