import { statement, type Reader, type Writer } from './statement.ts';

/** A robots.txt as it was answered: `body` null where there is none. */
export interface StoredRobots {
  readonly fetchedAtMs: number;
  readonly body: string | null;
}

/** The kept robots.txt of an origin, or null. */
export function readRobots(db: Reader, origin: string): StoredRobots | null {
  const row = statement<{ fetched_at: number; body: string | null }>(
    db,
    'SELECT fetched_at, body FROM robots WHERE origin = ?',
  ).get(origin);
  return row === undefined ? null : { fetchedAtMs: row.fetched_at, body: row.body };
}

/** Keeps the robots.txt of an origin in place of the one before. */
export function writeRobots(db: Writer, origin: string, robots: StoredRobots): void {
  statement(
    db,
    `INSERT INTO robots (origin, fetched_at, body) VALUES (?, ?, ?)
     ON CONFLICT (origin) DO UPDATE SET fetched_at = excluded.fetched_at, body = excluded.body`,
  ).run(origin, robots.fetchedAtMs, robots.body);
}
