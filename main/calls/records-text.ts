import { stringify } from 'csv-stringify/sync';
import type { RecordRow } from '../../contract/ledger.ts';

/** The formats rows are exported in. */
export type ExportFormat = 'jsonl' | 'csv' | 'json';

/** A file to be saved or printed. */
export interface ExportedText {
  readonly fileName: string;
  readonly mediaType: string;
  readonly text: string;
}

const ownColumns = ['_key', '_state', '_firstSeenAt', '_lastSeenAt', '_run'];

const mediaTypes: Readonly<Record<ExportFormat, string>> = {
  jsonl: 'application/jsonl',
  csv: 'text/csv',
  json: 'application/json',
};

/**
 * A cell as text. What a spreadsheet would take for a formula gets a leading apostrophe; numbers and
 * booleans are ours and stay as they are.
 */
function cell(value: RecordRow[string] | undefined): string {
  if (value === undefined || value === null) return '';
  const text = Array.isArray(value) ? value.join('; ') : String(value);
  const harmless = typeof value === 'number' || typeof value === 'boolean';
  return !harmless && /^[\s\u3000]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n\0]/.test(text)
    ? `'${text}`
    : text;
}

/** The columns: the schedule's fields, those only old rows have, then Jackdaw's own. */
function columnsOf(rows: readonly RecordRow[], fields: readonly string[]): readonly string[] {
  const seen = new Set([...fields, ...rows.flatMap((row) => Object.keys(row))]);
  return [...[...seen].filter((name) => !ownColumns.includes(name)), ...ownColumns];
}

function csv(rows: readonly RecordRow[], fields: readonly string[]): string {
  const columns = columnsOf(rows, fields);
  const cells = rows.map((row) => columns.map((name) => cell(row[name])));
  return stringify([columns.map(cell), ...cells], {
    record_delimiter: 'windows',
    // The library quotes CRLF alone; a bare line break would end the record for most readers.
    quoted_match: /[\r\n]/,
  });
}

/** Rows as a file: JSON Lines, one JSON list, or CSV (RFC 4180, formulas disarmed). */
export function exportText(
  id: string,
  format: ExportFormat,
  rows: readonly RecordRow[],
  fields: readonly string[],
): ExportedText {
  const fileName = `${id}.${format}`;
  const mediaType = mediaTypes[format];
  switch (format) {
    case 'csv':
      return { fileName, mediaType, text: csv(rows, fields) };
    case 'json':
      return { fileName, mediaType, text: `${JSON.stringify(rows, null, 2)}\n` };
    case 'jsonl':
      return { fileName, mediaType, text: rows.map((row) => `${JSON.stringify(row)}\n`).join('') };
  }
}
