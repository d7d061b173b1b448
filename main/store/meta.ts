import { statement, type Reader, type Writer } from './statement.ts';

/** One of the few single values the database keeps about itself: `epoch`, `pause`, `zoneMove` and such. */
export function readMeta(db: Reader, name: string): string | null {
  const row = statement<{ value: string }>(db, 'SELECT value FROM meta WHERE name = ?').get(name);
  return row?.value ?? null;
}

/** Writes one of these values, or removes it with null. */
export function writeMeta(db: Writer, name: string, value: string | null): void {
  if (value === null) statement(db, 'DELETE FROM meta WHERE name = ?').run(name);
  else
    statement(
      db,
      'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    ).run(name, value);
}

/** The epoch of the newest leader: how often the lead was taken. */
export function readEpoch(db: Reader): number {
  return Number(readMeta(db, 'epoch') ?? 0);
}

/** Begins a new epoch: the leader that calls it outranks all before. Answers the new epoch. */
export function raiseEpoch(db: Writer): number {
  const epoch = readEpoch(db) + 1;
  writeMeta(db, 'epoch', String(epoch));
  return epoch;
}
