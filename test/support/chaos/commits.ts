import SqliteDatabase from 'better-sqlite3';

type Work = (...args: unknown[]) => unknown;
type Transaction = Work & { readonly immediate: Work };

/** The methods of better-sqlite3's connections that are wrapped, `this` and all. */
interface Methods {
  prepare: (this: SqliteDatabase.Database, sql: string) => { readonly reader: boolean; run: Work };
  transaction: (this: SqliteDatabase.Database, work: Work) => Transaction;
}

/**
 * Hears after each commit of this process, as soon as its writer is told of it: transactions, and
 * statements outside one. `hear` is given the connection. Answers what ends it.
 */
export function onEachCommit(hear: (db: SqliteDatabase.Database) => void): () => void {
  const methods = SqliteDatabase.prototype as unknown as Methods;
  const { prepare, transaction } = methods;
  const after =
    (db: SqliteDatabase.Database, work: Work): Work =>
    (...args) => {
      const answer = work(...args);
      if (!db.inTransaction) hear(db);
      return answer;
    };
  methods.prepare = function (sql) {
    const made = prepare.call(this, sql);
    made.run = after(this, made.run.bind(made));
    return made;
  };
  methods.transaction = function (work) {
    const made = transaction.call(this, work);
    return Object.assign(after(this, made), { immediate: after(this, made.immediate.bind(made)) });
  };
  return () => {
    Object.assign(methods, { prepare, transaction });
  };
}
