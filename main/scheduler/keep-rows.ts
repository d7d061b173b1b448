import type { RunCounts } from '../../contract/ledger.ts';
import type { ScrapedRecord } from '../../contract/scrape.ts';
import { recordHash, recordKey } from '../scrape/keys.ts';
import type { RunReport } from '../scrape/runner.ts';
import {
  keepVersion,
  knownRecords,
  lastGoodRun,
  loseRecord,
  readRunRows,
  rowsOf,
  seeRecord,
  setRowsOf,
  writeRunRows,
  type RunRow,
} from '../store/records.ts';
import type { Writer } from '../store/statement.ts';
import { compareRecords, type ReadRow } from './compare-records.ts';

/** The run whose rows are kept. */
export interface RowsOfRun {
  readonly run: number;
  readonly schedule: number;
  /** What it read, each row once. */
  readonly rows: readonly ReadRow[];
  readonly report: RunReport;
  readonly atMs: number;
}

/** The rows with their keys; of rows with one key the first stands. */
export function keyedRows(
  records: readonly ScrapedRecord[],
  keyField: string | undefined,
): readonly ReadRow[] {
  const rows = new Map<string, ReadRow>();
  for (const document of records) {
    const key = recordKey(document, keyField);
    if (!rows.has(key)) rows.set(key, { key, hash: recordHash(document), document });
  }
  return [...rows.values()];
}

function sameRows(a: readonly RunRow[], b: readonly RunRow[]): boolean {
  return (
    a.length === b.length &&
    a.every((row, index) => row.key === b[index]?.key && row.version === b[index].version)
  );
}

/** Stores the rows, or points at the last good run where they are exactly its own. */
function storeRows(db: Writer, run: RowsOfRun, rows: readonly RunRow[]): void {
  const good = lastGoodRun(db, run.schedule);
  const stored = good === null ? null : rowsOf(db, good.run);
  if (
    stored !== null &&
    rows.every((row) => row.state === 'same') &&
    sameRows(rows, readRunRows(db, stored))
  )
    setRowsOf(db, run.run, stored);
  else writeRunRows(db, run.run, rows);
}

/** Takes a good run's rows as the schedule's records from now on. */
function adopt(db: Writer, run: RowsOfRun, rows: readonly RunRow[], gone: readonly string[]): void {
  for (const row of rows)
    seeRecord(db, {
      schedule: run.schedule,
      key: row.key,
      version: row.version,
      run: run.run,
      seenAtMs: run.atMs,
    });
  for (const key of gone) loseRecord(db, run.schedule, key, run.run);
}

/**
 * Keeps the rows of a run and compares them with the last good run, in the caller's transaction and
 * before the run's end is written. Only a success becomes the last good run; only then are records
 * gone. Answers the run's counts.
 */
export function keepRows(db: Writer, run: RowsOfRun): RunCounts {
  const { report, rows: read } = run;
  const good = report.outcome === 'success';
  const known = knownRecords(db, run.schedule).map((row) => ({
    ...row,
    gone: row.goneRun !== null,
  }));
  const comparison = compareRecords(read, known);
  const rows = read.map((row, index) => ({
    key: row.key,
    state: comparison.states[index] ?? 'same',
    version: keepVersion(db, run.schedule, row.hash, row.document),
  }));
  if (good || rows.length > 0) storeRows(db, run, rows);
  const gone = good ? comparison.gone : [];
  if (good) adopt(db, run, rows, gone);
  const count = (state: RunRow['state']): number =>
    rows.filter((row) => row.state === state).length;
  return {
    pages: report.pages,
    notModified: report.notModified,
    rows: rows.length,
    new: count('new'),
    changed: count('changed'),
    gone: gone.length,
    same: count('same'),
  };
}
