import { statement, type Writer } from './statement.ts';

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
