import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyDatabase } from '../../../main/store/copy-database.ts';
import { backupFolder, databasePath, openDatabase } from '../../../main/store/database.ts';
import { migrations } from '../../../main/store/migrations.ts';
import { closeCleanly, openChecked } from '../../../main/store/open-checked.ts';
import { aFolder } from '../../support/builders.ts';
import { programPath } from '../../support/programs.ts';

let folder: string;
let remove: () => void;
beforeEach(() => {
  ({ path: folder, remove } = aFolder());
});
afterEach(() => {
  remove();
});

/** A database of version 1 with a schedule and a slot. */
function atVersion1(): void {
  const db = openDatabase(folder, migrations.slice(0, 1));
  db.exec(`INSERT INTO plans VALUES ('p', '{}');
    INSERT INTO schedules (id, document, document_version, created_at, handled_until) VALUES ('a', '{}', 1, 5, 6);
    INSERT INTO slots (schedule, slot_at, first_slot_at, coalesced, cause, state, outcome, plan, recorded_at, epoch)
      VALUES (1, 5, 5, 1, 'slot', 'ended', 'success', 'p', 5, 1)`);
  db.close();
}

function upgradeKilled(place: 'inside' | 'before', step: number): string | null {
  return spawnSync(process.execPath, [programPath('migrating'), folder, place, String(step)])
    .signal;
}

/** The version of a file, its columns of slots, and its rows. */
function look(path: string): { version: unknown; columns: number; slots: unknown } {
  const db = new SqliteDatabase(path);
  const found = {
    version: db.pragma('user_version', { simple: true }),
    columns: (db.pragma('table_info(slots)') as unknown[]).length,
    slots: db.prepare('SELECT count(*) FROM slots').pluck().get(),
  };
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  db.close();
  return found;
}

/** What each version looks like, made without being killed. */
function untouched(version: number): unknown {
  const db = openDatabase(folder, migrations.slice(0, version));
  db.close();
  return look(databasePath(folder));
}

const places = migrations.flatMap((_, step) =>
  step === 0
    ? []
    : ([
        ['before', step],
        ['inside', step],
      ] as const),
);

describe('store/migrations: killed', () => {
  it.each(places)('%s step %i: old, and the next start upgrades it', (place, step) => {
    atVersion1();
    expect(upgradeKilled(place, step)).toBe('SIGKILL');
    const copy = `before-version-${String(migrations.length)}.db`;
    expect(readdirSync(backupFolder(folder))).toEqual([copy]);
    expect(look(join(backupFolder(folder), copy))).toMatchObject({ version: 1, slots: 1 });

    // Every step before is there as a whole, this one not at all.
    const found = look(databasePath(folder));
    expect(found).toMatchObject({ version: step, slots: 1 });
    expect(untouched(step)).toEqual(found);

    const { db } = openChecked(folder, 9_000);
    expect(db.prepare('SELECT slot_at, start_at FROM slots').raw().all()).toEqual([[5, null]]);
    expect(db.pragma('user_version', { simple: true })).toBe(migrations.length);
    closeCleanly(db);
    expect(readdirSync(backupFolder(folder))).toEqual([copy]);
  });

  it('while a new one is made: the next start makes it', () => {
    expect(upgradeKilled('inside', 0)).toBe('SIGKILL');
    const { db } = openChecked(folder, 9_000);
    expect(db.pragma('user_version', { simple: true })).toBe(migrations.length);
    closeCleanly(db);
    expect(readdirSync(folder)).toEqual(['jackdaw.db']);
  });

  it('after a copy of it was restored: the copy of the old version is upgraded too', async () => {
    atVersion1();
    upgradeKilled('inside', 2);
    const copy = join(backupFolder(folder), `before-version-${String(migrations.length)}.db`);
    const other = aFolder();
    await copyDatabase(copy, databasePath(other.path));
    const { db } = openChecked(other.path, 9_000);
    expect(db.pragma('user_version', { simple: true })).toBe(migrations.length);
    closeCleanly(db);
    other.remove();
  });
});
