import SqliteDatabase from 'better-sqlite3';

/** A function of the driver, whatever it takes. */
export type Work = (...args: unknown[]) => unknown;

/** A transaction as better-sqlite3 makes it. */
export type Transaction = Work & { readonly immediate: Work };

/** What of a prepared statement is wrapped. */
export interface Statement {
  run: Work;
  all: Work;
}

/** The methods of better-sqlite3's connections that are wrapped, `this` and all. */
export interface Methods {
  prepare: (this: SqliteDatabase.Database, sql: string) => Statement;
  exec: (this: SqliteDatabase.Database, sql: string) => unknown;
  pragma: (this: SqliteDatabase.Database, text: string, options?: unknown) => unknown;
  transaction: (this: SqliteDatabase.Database, work: Work) => Transaction;
}

/** The methods of every connection of this process, to be replaced in it alone: the product knows nothing of it. */
export const driver = SqliteDatabase.prototype as unknown as Methods;
