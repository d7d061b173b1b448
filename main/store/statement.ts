import type { Database, Statement } from 'better-sqlite3';

/** A database that may be read and written. Only the leader holds one. */
export type Writer = Database & { readonly access: 'write' };

/** A database that is only read. Every writer is a reader too. */
export type Reader = Database;

const prepared = new WeakMap<Database, Map<string, Statement>>();

/**
 * The same SQL with each parameter behind a plus sign, which changes no value. SQLite plans a statement by
 * what is bound to a bare `= ?` or `LIMIT ?`, and compiles it anew as soon as that changes; as better-sqlite3
 * clears what was bound after each call, that would be every time, at many times the cost of most answers.
 */
function plannedOnce(sql: string): string {
  return sql.replaceAll(/'[^']*'|"[^"]*"|\?/g, (part) => (part === '?' ? '+?' : part));
}

/** The statement for this SQL on this connection, compiled once. */
export function statement<Row = unknown>(db: Reader, sql: string): Statement<unknown[], Row> {
  let statements = prepared.get(db);
  if (statements === undefined) {
    statements = new Map();
    prepared.set(db, statements);
  }
  let found = statements.get(sql);
  if (found === undefined) {
    found = db.prepare(plannedOnce(sql));
    statements.set(sql, found);
  }
  return found as Statement<unknown[], Row>;
}

const hearers = new WeakMap<Database, (error: unknown) => void>();

/** Hears what each transaction of this connection fails with, before its caller does. One hearer a connection. */
export function onTransactionFault(db: Writer, hear: (error: unknown) => void): void {
  hearers.set(db, hear);
}

/** Runs `work` as one transaction that takes the write lock at once: all of it is committed, or nothing. */
export function inTransaction<T>(db: Writer, work: () => T): T {
  if (db.inTransaction) return work();
  try {
    return db.transaction(work).immediate();
  } catch (error) {
    hearers.get(db)?.(error);
    throw error;
  }
}

function isOpen(db: Reader): boolean {
  return db.inTransaction;
}

/** Reads as one: all of it sees the same state, and the lock is taken once, not for each statement. */
export function reading<T>(db: Reader, read: () => T): T {
  if (isOpen(db)) return read();
  statement(db, 'BEGIN').run();
  try {
    return read();
  } finally {
    // A fault of the disk has ended it already.
    if (isOpen(db)) statement(db, 'COMMIT').run();
  }
}
