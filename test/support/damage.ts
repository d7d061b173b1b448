import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { databasePath, openDatabase } from '../../main/store/database.ts';
import { keepPlan } from '../../main/store/plans.ts';
import { insertSchedule } from '../../main/store/schedules.ts';
import type { Writer } from '../../main/store/statement.ts';
import { aSchedule } from './builders.ts';
import { aSlot, insertSlot } from './test-store.ts';

/** Enters a schedule with ended slots an hour apart, enough for tables and indexes of several pages. */
export function fill(db: Writer, slots = 1_000): void {
  keepPlan(db, { hash: 'plan-1', document: '{}' });
  insertSchedule(db, aSchedule(), 1_000);
  db.transaction(() => {
    for (let hour = 1; hour <= slots; hour += 1)
      insertSlot(db, aSlot({ slotAtMs: hour * 3_600_000, outcome: 'success' }));
  })();
}

/** Makes a folder's database, filled and closed. */
export function makeFilled(folder: string, slots?: number): void {
  const db = openDatabase(folder);
  fill(db, slots);
  db.close();
}

/** Overwrites a leaf page of a table or an index of a closed database. */
export function damageLeaf(folder: string, name: string): void {
  const path = databasePath(folder);
  const db = new SqliteDatabase(path);
  const leaves = db
    .prepare("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno")
    .pluck()
    .all(name) as number[];
  db.close();
  const page = leaves[1] ?? leaves[0] ?? 0;
  const bytes = readFileSync(path);
  bytes.fill(0xff, (page - 1) * 4096, page * 4096);
  writeFileSync(path, bytes);
}

/** Every file below a folder with its bytes. */
export function bytesIn(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort()
      .map((path) => [path.slice(folder.length + 1), readFileSync(path).toString('base64')]),
  );
}
