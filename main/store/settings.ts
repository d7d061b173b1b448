import { readDocument } from './documents.ts';
import { statement, type Reader, type Writer } from './statement.ts';

/** The stored settings as they were written, by name; those never changed are absent, those that can't be read undefined. */
export function readSettings(db: Reader): Readonly<Record<string, unknown>> {
  const rows = statement<{ name: string; value: string }>(
    db,
    'SELECT name, value FROM settings',
  ).all();
  return Object.fromEntries(rows.map((row) => [row.name, readDocument(row.value)]));
}

/** Writes settings by name. */
export function writeSettings(db: Writer, values: Readonly<Record<string, unknown>>): void {
  const write = statement(
    db,
    'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  for (const [name, value] of Object.entries(values)) write.run(name, JSON.stringify(value));
}
