import { createHash } from 'node:crypto';
import type { FieldValue, ScrapedRecord } from '../../contract/scrape.ts';

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/**
 * A record's fingerprint: 32 hex digits over every field and its value. The order of the fields
 * doesn't matter, the order inside a list does; `1` and `"1"` differ.
 */
export function recordHash(record: ScrapedRecord): string {
  const names = Object.keys(record).sort();
  return hashOf(JSON.stringify(names.map((name) => [name, record[name]])));
}

function keyText(value: FieldValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * What makes a record itself from run to run: the value of its key field, else its fingerprint. A
 * record whose key field is empty or null falls back to the fingerprint, so two such rows never
 * pass for one.
 */
export function recordKey(record: ScrapedRecord, keyField: string | undefined): string {
  const value = keyField === undefined ? null : (record[keyField] ?? null);
  return value === null || value === '' ? recordHash(record) : keyText(value);
}
