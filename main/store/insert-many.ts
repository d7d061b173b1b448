import type { Statement } from 'better-sqlite3';
import { statement, type Writer } from './statement.ts';

/** How many rows one statement inserts: what a statement costs by itself is shared by so many. */
const rowsAtOnce = 50;

/** An insert of one row and of many alike, with what it returns of each that is entered. */
export interface ManyInsert<Returned> {
  one(db: Writer): Statement<unknown[], Returned>;
  many(db: Writer): Statement<unknown[], Returned>;
}

/**
 * The insert into a table and its columns (`runs (run, slot)`) of rows with these values (`?, 'queued'`),
 * and what follows them. The texts are made once, as statements are found by them.
 */
export function manyInsert<Returned>(
  into: string,
  values: string,
  then: string,
): ManyInsert<Returned> {
  const of = (rows: number): string =>
    `INSERT INTO ${into} VALUES ${Array.from({ length: rows }, () => `(${values})`).join(', ')} ${then}`;
  const [one, many] = [of(1), of(rowsAtOnce)];
  return {
    one: (db) => statement<Returned>(db, one),
    many: (db) => statement<Returned>(db, many),
  };
}

/**
 * Inserts rows in their order, many with one statement where there are many. Answers what `RETURNING`
 * says of those that were inserted.
 */
export function insertMany<Returned>(
  db: Writer,
  insert: ManyInsert<Returned>,
  rows: readonly (readonly (string | number | null)[])[],
): readonly Returned[] {
  const returned: Returned[] = [];
  let index = 0;
  for (; index + rowsAtOnce <= rows.length; index += rowsAtOnce)
    returned.push(...insert.many(db).all(...rows.slice(index, index + rowsAtOnce).flat()));
  for (const row of rows.slice(index)) returned.push(...insert.one(db).all(...row));
  return returned;
}
