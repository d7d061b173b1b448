import type { ScrapedRecord } from '../../contract/scrape.ts';

/** A row as it was just read, with its key and the hash of its document. */
export interface ReadRow {
  readonly key: string;
  readonly hash: string;
  readonly document: ScrapedRecord;
}

/** A row as the last good run had it. */
export interface KnownRow {
  readonly key: string;
  readonly hash: string;
  readonly document: ScrapedRecord;
  /** Whether the last good run no longer had it. */
  readonly gone: boolean;
}

/** How a read row compares with the last good run. */
export type RowState = 'new' | 'changed' | 'same';

/** The comparison of a run with the last good one. */
export interface Comparison {
  /** One state a row, in the order read. */
  readonly states: readonly RowState[];
  /** The keys the last good run had and this one has not. */
  readonly gone: readonly string[];
}

function equal(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** Whether a field that both rows have differs: a field only one of them has is no change. */
function differs(before: ScrapedRecord, after: ScrapedRecord): boolean {
  return Object.entries(after).some(
    ([name, value]) => Object.hasOwn(before, name) && !equal(before[name], value),
  );
}

function stateOf(row: ReadRow, known: KnownRow | undefined): RowState {
  if (known === undefined || known.gone) return 'new';
  if (known.hash === row.hash) return 'same';
  return differs(known.document, row.document) ? 'changed' : 'same';
}

/**
 * Compares rows with what a schedule's last good run had (design.md section 4): a row that had gone
 * and is back is new. Keys must be unique among the rows read.
 */
export function compareRecords(rows: readonly ReadRow[], known: readonly KnownRow[]): Comparison {
  const before = new Map(known.map((row) => [row.key, row]));
  const present = new Set(rows.map((row) => row.key));
  return {
    states: rows.map((row) => stateOf(row, before.get(row.key))),
    gone: known.filter((row) => !row.gone && !present.has(row.key)).map((row) => row.key),
  };
}
