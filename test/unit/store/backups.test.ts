import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  backupPath,
  listBackups,
  makeBackup,
  nextDailyAt,
  pruneBackups,
} from '../../../main/store/backups.ts';
import { copyDatabase } from '../../../main/store/copy-database.ts';
import { backupFolder, databasePath, openDatabase } from '../../../main/store/database.ts';
import { copyOnThread } from '../../../main/store/thread-copy.ts';
import { aFolder } from '../../support/builders.ts';
import { damageLeaf, fill, makeFilled } from '../../support/damage.ts';
import { settle } from '../../support/virtual-clock.ts';

const dayMs = 86_400_000;
const nowMs = Date.parse('2026-11-25T21:44:11Z');

let folder: string;
let remove: () => void;
beforeEach(() => {
  ({ path: folder, remove } = aFolder());
});
afterEach(() => {
  remove();
});

function namesIn(path: string): readonly string[] {
  return readdirSync(path).sort();
}

describe.each([
  ['on this thread', copyDatabase],
  ['on a thread of its own', copyOnThread],
])('store/copy-database: %s', (_, copy) => {
  it('copies a database that is written to, what is in its WAL included, as one private file', async () => {
    const db = openDatabase(folder);
    fill(db, 100);
    const to = join(folder, 'copy.db');
    const copying = copy(databasePath(folder), to);
    db.prepare("INSERT INTO settings (name, value) VALUES ('late', '1')").run();
    await copying;
    const read = new SqliteDatabase(to, { readonly: true });
    expect(read.prepare('SELECT count(*) FROM slots').pluck().get()).toBe(100);
    expect(read.pragma('journal_mode', { simple: true })).toBe('delete');
    read.close();
    db.close();
    expect(namesIn(folder)).toEqual(['copy.db', 'jackdaw.db']);
    if (process.platform !== 'win32') expect(statSync(to).mode & 0o777).toBe(0o600);
  });

  it('keeps nothing of a damaged database, and what was there under the name', async () => {
    makeFilled(folder);
    damageLeaf(folder, 'slots');
    const to = join(folder, 'copy.db');
    writeFileSync(to, 'an older copy');
    await expect(copy(databasePath(folder), to)).rejects.toMatchObject({
      code: 'invalid',
      message: `${databasePath(folder)} is damaged; no copy of it was kept.`,
    });
    expect(readFileSync(to, 'utf8')).toBe('an older copy');
    expect(namesIn(folder)).toEqual(['copy.db', 'jackdaw.db']);
  });

  it.each([
    [
      'a text',
      (path: string): void => {
        writeFileSync(path, 'no database\n'.repeat(400));
      },
      'invalid',
    ],
    [
      'another program’s database',
      (path: string) => {
        const db = new SqliteDatabase(path);
        db.exec('CREATE TABLE meta (x); PRAGMA user_version = 1');
        db.close();
      },
      'invalid',
    ],
    [
      'one from the future',
      (path: string) => {
        makeFilled(folder, 1);
        const db = new SqliteDatabase(databasePath(folder));
        db.pragma('user_version = 99');
        db.exec(`VACUUM INTO '${path}'`);
        db.close();
      },
      'unsupported',
    ],
    ['a file that isn’t there', () => undefined, 'not-found'],
  ])('refuses %s', async (_what, make, code) => {
    const from = join(folder, 'from.db');
    make(from);
    const before = namesIn(folder);
    await expect(copy(from, join(folder, 'to.db'))).rejects.toMatchObject({
      name: 'RefusedError',
      code,
    });
    expect(namesIn(folder)).toEqual(before);
  });
});

describe('store/copy-database', () => {
  it('comes to an end while the database is written to at every turn, with what it began with', async () => {
    const db = openDatabase(folder);
    fill(db, 10);
    const write = db.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)');
    write.run('large', 'x'.repeat(8_000_000));
    let commits = 0;
    const state = { copied: false };
    const copying = copyDatabase(databasePath(folder), join(folder, 'copy.db')).then(() => {
      state.copied = true;
    });
    while (!state.copied && commits < 500) {
      commits += 1;
      write.run(`turn-${String(commits)}`, '1');
      await settle(1);
    }
    expect(commits).toBeLessThan(500);
    await copying;
    db.close();
  });
});

describe('store/backups', () => {
  it('lists them newest first, and nothing else of the folder', async () => {
    makeFilled(folder, 5);
    const parts = { dataFolder: folder, copy: copyDatabase };
    await makeBackup(parts, 'daily', nowMs - dayMs);
    const made = await makeBackup(parts, 'manual', nowMs);
    mkdirSync(join(backupFolder(folder), 'daily-2026-11-01.db'));
    for (const name of ['daily-2026-11-25.db.part', 'mine.db', 'daily-1.db'])
      writeFileSync(join(backupFolder(folder), name), '');
    const upgrade = join(backupFolder(folder), 'before-version-3.db');
    writeFileSync(upgrade, 'x');
    utimesSync(upgrade, (nowMs - 9 * dayMs) / 1000, (nowMs - 9 * dayMs) / 1000);
    const bytes = statSync(join(backupFolder(folder), made.name)).size;
    expect(listBackups(folder)).toEqual([
      { name: 'manual-2026-11-25T214411Z.db', kind: 'manual', at: '2026-11-25T21:44:11Z', bytes },
      { name: 'daily-2026-11-24.db', kind: 'daily', at: '2026-11-24T21:44:11Z', bytes },
      { name: 'before-version-3.db', kind: 'before-upgrade', at: '2026-11-16T21:44:11Z', bytes: 1 },
    ]);
    expect(backupPath(folder, made.name)).toBe(join(backupFolder(folder), made.name));
    for (const name of ['../jackdaw.db', 'mine.db', `./${made.name}`, '', 'daily-2026-11-01.db'])
      expect(backupPath(folder, name)).toBeNull();
  });

  it('keeps seven of each day and seven by hand, and every one from before an upgrade', async () => {
    makeFilled(folder, 5);
    const parts = { dataFolder: folder, copy: copyDatabase };
    mkdirSync(backupFolder(folder));
    for (let version = 2; version < 12; version += 1)
      writeFileSync(join(backupFolder(folder), `before-version-${String(version)}.db`), '');
    for (let day = 9; day >= 0; day -= 1) {
      await makeBackup(parts, 'daily', nowMs - day * dayMs);
      await makeBackup(parts, 'manual', nowMs - day * dayMs);
    }
    const kept = listBackups(folder);
    const dates = (kind: string): readonly string[] =>
      kept.filter((backup) => backup.kind === kind).map(({ at }) => at.slice(8, 10));
    expect(dates('daily')).toEqual(['25', '24', '23', '22', '21', '20', '19']);
    expect(dates('manual')).toEqual(['25', '24', '23', '22', '21', '20', '19']);
    expect(dates('before-upgrade')).toHaveLength(10);
  });

  it('never lets a broken copy push a good one out', async () => {
    makeFilled(folder);
    const parts = { dataFolder: folder, copy: copyDatabase };
    for (let day = 8; day >= 2; day -= 1) await makeBackup(parts, 'daily', nowMs - day * dayMs);
    const before = listBackups(folder);
    damageLeaf(folder, 'slots');
    await expect(makeBackup(parts, 'daily', nowMs)).rejects.toMatchObject({ code: 'invalid' });
    expect(listBackups(folder)).toEqual(before);
    pruneBackups(folder);
    expect(listBackups(folder)).toEqual(before);
  });

  it('is due a day after the newest daily one; at once without one, or when the clock was set back', async () => {
    makeFilled(folder, 5);
    const parts = { dataFolder: folder, copy: copyDatabase };
    expect(nextDailyAt(folder, nowMs)).toBe(nowMs);
    await makeBackup(parts, 'manual', nowMs);
    expect(nextDailyAt(folder, nowMs)).toBe(nowMs);
    const { name } = await makeBackup(parts, 'daily', nowMs);
    expect(nextDailyAt(folder, nowMs + 1_000)).toBe(nowMs + dayMs);
    expect(nextDailyAt(folder, nowMs - dayMs)).toBe(nowMs - dayMs);
    rmSync(join(backupFolder(folder), name));
    expect(nextDailyAt(folder, nowMs)).toBe(nowMs);
  });
});
