import type { ScrapedRecord } from '../../contract/scrape.ts';
import { readDocument } from './documents.ts';
import { statement, type Reader, type Writer } from './statement.ts';

/** A record as it was in a schedule's last good run, or as it was last seen before it went. */
export interface KnownRecord {
  readonly key: string;
  /** The hash of its document. */
  readonly hash: string;
  readonly version: number;
  readonly document: ScrapedRecord;
  readonly firstSeenAtMs: number;
  readonly lastSeenAtMs: number;
  readonly lastRun: number;
  /** The run that no longer found it; null while it is there. */
  readonly goneRun: number | null;
}

interface KnownRow {
  readonly key: string;
  readonly hash: string;
  readonly version: number;
  readonly document: string;
  readonly first_seen_at: number;
  readonly last_seen_at: number;
  readonly last_run: number;
  readonly gone_run: number | null;
}

/** A record's document; one that can't be read has no fields, and the others are shown all the same. */
function recordOf(text: string): ScrapedRecord {
  const read = readDocument(text);
  return typeof read === 'object' && read !== null ? (read as ScrapedRecord) : {};
}

/** Every record a schedule's good runs have seen, gone ones included. */
export function knownRecords(db: Reader, schedule: number): readonly KnownRecord[] {
  return statement<KnownRow>(
    db,
    `SELECT records.key, row_versions.hash, records.version, row_versions.document,
       records.first_seen_at, records.last_seen_at, records.last_run, records.gone_run
     FROM records JOIN row_versions USING (version) WHERE records.schedule = ?`,
  )
    .all(schedule)
    .map((row) => ({
      key: row.key,
      hash: row.hash,
      version: row.version,
      document: recordOf(row.document),
      firstSeenAtMs: row.first_seen_at,
      lastSeenAtMs: row.last_seen_at,
      lastRun: row.last_run,
      goneRun: row.gone_run,
    }));
}

/** Keeps a record's document; the same document twice is one version. Answers its number. */
export function keepVersion(
  db: Writer,
  schedule: number,
  hash: string,
  document: ScrapedRecord,
): number {
  const found = statement<{ version: number }>(
    db,
    'SELECT version FROM row_versions WHERE schedule = ? AND hash = ?',
  ).get(schedule, hash);
  if (found !== undefined) return found.version;
  const { lastInsertRowid } = statement(
    db,
    'INSERT INTO row_versions (schedule, hash, document) VALUES (?, ?, ?)',
  ).run(schedule, hash, JSON.stringify(document));
  return Number(lastInsertRowid);
}

/** Notes that a good run saw a record, with this version. */
export function seeRecord(
  db: Writer,
  record: {
    readonly schedule: number;
    readonly key: string;
    readonly version: number;
    readonly run: number;
    readonly seenAtMs: number;
  },
): void {
  statement(
    db,
    `INSERT INTO records (schedule, key, version, first_seen_at, last_seen_at, last_run, gone_run)
     VALUES (?, ?, ?, ?, ?, ?, NULL)
     ON CONFLICT (schedule, key) DO UPDATE SET version = excluded.version,
       last_seen_at = excluded.last_seen_at, last_run = excluded.last_run, gone_run = NULL`,
  ).run(record.schedule, record.key, record.version, record.seenAtMs, record.seenAtMs, record.run);
}

/** Notes that a good run no longer found a record. */
export function loseRecord(db: Writer, schedule: number, key: string, run: number): void {
  statement(db, 'UPDATE records SET gone_run = ? WHERE schedule = ? AND key = ?').run(
    run,
    schedule,
    key,
  );
}

/** A row of one run, in its place. */
export interface RunRow {
  readonly key: string;
  readonly state: 'new' | 'changed' | 'same';
  readonly version: number;
}

/** Keeps the rows of a run. */
export function writeRunRows(db: Writer, run: number, rows: readonly RunRow[]): void {
  const insert = statement(
    db,
    'INSERT INTO run_rows (run, position, key, state, version) VALUES (?, ?, ?, ?, ?)',
  );
  rows.forEach((row, position) => insert.run(run, position, row.key, row.state, row.version));
  setRowsOf(db, run, run);
}

/** Notes that a run read exactly the rows another run had read; they aren't stored twice. */
export function setRowsOf(db: Writer, run: number, rowsOf: number): void {
  statement(db, 'UPDATE runs SET rows_of = ? WHERE run = ?').run(rowsOf, run);
}

/** Which run's stored rows stand for a run's own; null where it has none. */
export function rowsOf(db: Reader, run: number): number | null {
  const row = statement<{ rows_of: number | null }>(
    db,
    'SELECT rows_of FROM runs WHERE run = ?',
  ).get(run);
  return row?.rows_of ?? null;
}

/** The stored rows of a run as keys and versions, in order. */
export function readRunRows(db: Reader, run: number): readonly RunRow[] {
  return statement<RunRow>(
    db,
    'SELECT key, state, version FROM run_rows WHERE run = ? ORDER BY position',
  ).all(run);
}

/** A row with its document and when its key was first and last seen. */
export interface FullRow {
  readonly key: string;
  readonly state: 'new' | 'changed' | 'same';
  readonly document: ScrapedRecord;
  /** Null where no good run has seen the key. */
  readonly firstSeenAtMs: number | null;
  readonly lastSeenAtMs: number | null;
}

/** The stored rows of a run with their documents, in order. */
export function readFullRows(db: Reader, schedule: number, run: number): readonly FullRow[] {
  return statement<{
    key: string;
    state: 'new' | 'changed' | 'same';
    document: string;
    first: number | null;
    last: number | null;
  }>(
    db,
    `SELECT run_rows.key, run_rows.state, row_versions.document,
       records.first_seen_at AS first, records.last_seen_at AS last
     FROM run_rows JOIN row_versions USING (version)
       LEFT JOIN records ON records.schedule = ? AND records.key = run_rows.key
     WHERE run_rows.run = ? ORDER BY run_rows.position`,
  )
    .all(schedule, run)
    .map((row) => ({
      key: row.key,
      state: row.state,
      document: recordOf(row.document),
      firstSeenAtMs: row.first,
      lastSeenAtMs: row.last,
    }));
}

/** A schedule's last good run. */
export interface LastGoodRun {
  readonly run: number;
  readonly rows: number;
  /** The hash of the fields it read; null in rows from before these were kept. */
  readonly fieldHash: string | null;
}

/** A schedule's last good run, or null before the first. */
export function lastGoodRun(db: Reader, schedule: number): LastGoodRun | null {
  return (
    statement<LastGoodRun>(
      db,
      `SELECT run, row_count AS rows, field_hash AS fieldHash FROM runs
       WHERE schedule = ? AND outcome = 'success' ORDER BY recorded_at DESC, run DESC LIMIT 1`,
    ).get(schedule) ?? null
  );
}
