import type SqliteDatabase from 'better-sqlite3';
import { driver, type Work } from './driver.ts';

/**
 * Hears after each commit of this process, as soon as its writer is told of it: transactions, and
 * statements outside one. `hear` is given the connection. Answers what ends it.
 */
export function onEachCommit(hear: (db: SqliteDatabase.Database) => void): () => void {
  const { prepare, transaction } = driver;
  const after =
    (db: SqliteDatabase.Database, work: Work): Work =>
    (...args) => {
      const answer = work(...args);
      if (!db.inTransaction) hear(db);
      return answer;
    };
  driver.prepare = function (sql) {
    const made = prepare.call(this, sql);
    made.run = after(this, made.run.bind(made));
    return made;
  };
  driver.transaction = function (work) {
    const made = transaction.call(this, work);
    return Object.assign(after(this, made), { immediate: after(this, made.immediate.bind(made)) });
  };
  return () => {
    Object.assign(driver, { prepare, transaction });
  };
}
