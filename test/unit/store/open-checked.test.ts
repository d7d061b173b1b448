import { cpSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RefusedError } from '../../../contract/result.ts';
import { makeBackup } from '../../../main/store/backups.ts';
import { copyDatabase } from '../../../main/store/copy-database.ts';
import { databasePath, isSound, openDatabase } from '../../../main/store/database.ts';
import { inspectDatabase } from '../../../main/store/inspect.ts';
import { closeCleanly, openChecked } from '../../../main/store/open-checked.ts';
import { nextPath } from '../../../main/store/replace.ts';
import { restoreDatabase, startEmpty } from '../../../main/store/restore.ts';
import { endRun, insertRun, noCounts } from '../../../main/store/runs.ts';
import { asideFolders, setAside } from '../../../main/store/set-aside.ts';
import { listSchedules } from '../../../main/store/schedules.ts';
import { aFolder } from '../../support/builders.ts';
import { bytesIn, damageLeaf, fill, makeFilled } from '../../support/damage.ts';

const nowMs = Date.parse('2026-11-25T21:44:11Z');
const backupAtMs = Date.parse('2026-11-24T21:00:00Z');

let folder: string;
let remove: () => void;

beforeEach(() => {
  ({ path: folder, remove } = aFolder());
});
afterEach(() => {
  remove();
});

function refusalOf(work: () => unknown): RefusedError {
  try {
    work();
  } catch (error) {
    if (error instanceof RefusedError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

function slotsIn(path: string): unknown {
  const db = new SqliteDatabase(path, { readonly: true });
  const count: unknown = db.prepare('SELECT count(*) FROM slots').pluck().get();
  db.close();
  return count;
}

/** A folder as a killed host leaves it: the last commits stand in the WAL alone. */
function killed(commits = 3): void {
  const db = openDatabase(folder);
  fill(db, 200);
  db.pragma('wal_checkpoint(TRUNCATE)');
  const add = db.prepare('INSERT INTO settings (name, value) VALUES (?, ?)');
  for (let count = 0; count < commits; count += 1) add.run(`setting-${String(count)}`, '1');
  const copy = `${folder}-killed`;
  cpSync(folder, copy, { recursive: true, preserveTimestamps: true });
  db.close();
  rmSync(folder, { recursive: true });
  cpSync(copy, folder, { recursive: true, preserveTimestamps: true });
  rmSync(copy, { recursive: true });
}

/** Changes some bytes of a file. */
function change(path: string, work: (bytes: Buffer) => void): void {
  const bytes = readFileSync(path);
  work(bytes);
  writeFileSync(path, bytes);
}

const walHeader = 32;
const frame = 24 + 4096;

const damages: readonly (readonly [what: string, damage: () => void, detail: RegExp])[] = [
  [
    'a header',
    () => {
      makeFilled(folder);
      change(databasePath(folder), (bytes) => bytes.fill(0x41, 0, 100));
    },
    /it isn't a database/,
  ],
  [
    'a page of a table',
    () => {
      makeFilled(folder);
      damageLeaf(folder, 'slots');
    },
    /parts of it can't be read/,
  ],
  [
    'a file cut short',
    () => {
      makeFilled(folder);
      truncateSync(databasePath(folder), 5 * 4096);
    },
    /parts of it can't be read/,
  ],
  [
    'a text in its place',
    () => {
      writeFileSync(databasePath(folder), 'This is a text.\n'.repeat(500));
    },
    /it isn't a database/,
  ],
  [
    'a WAL of garbage',
    () => {
      killed();
      change(`${databasePath(folder)}-wal`, (bytes) => bytes.fill(0x5a, 0, 32));
    },
    /something else in place of its write-ahead log/,
  ],
  [
    'a WAL damaged before its last commits',
    () => {
      killed();
      change(`${databasePath(folder)}-wal`, (bytes) =>
        bytes.fill(0x77, walHeader + 200, walHeader + 300),
      );
    },
    /commits are damaged in its write-ahead log/,
  ],
  [
    'a WAL with a frame of another salt',
    () => {
      killed(5);
      change(`${databasePath(folder)}-wal`, (bytes) =>
        bytes.fill(0x77, walHeader + frame + 8, walHeader + frame + 16),
      );
    },
    /commits are damaged in its write-ahead log/,
  ],
  [
    'a version that can’t be',
    () => {
      makeFilled(folder);
      const db = new SqliteDatabase(databasePath(folder));
      db.pragma('user_version = -200000000');
      db.close();
    },
    /its version is below nothing/,
  ],
  [
    'an empty file beside its WAL',
    () => {
      killed();
      truncateSync(databasePath(folder));
    },
    /its file is empty, and its write-ahead log is still there/,
  ],
  [
    'no file, and its WAL',
    () => {
      killed();
      rmSync(databasePath(folder));
    },
    /it is gone, and its write-ahead log is still there/,
  ],
];

describe('store/open-checked: a damaged database', () => {
  it.each(damages)('%s: is refused, and not a byte of it changed', (_, damage, detail) => {
    damage();
    const before = bytesIn(folder);
    const refusal = refusalOf(() => openChecked(folder, nowMs));
    expect(refusal).toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(detail) as string,
    });
    const after = bytesIn(folder);
    // What a reader lays beside a database is none of its bytes.
    for (const [name, bytes] of Object.entries(before))
      if (!name.endsWith('-shm')) expect(after[name], name).toBe(bytes);
    expect(asideFolders(folder)).toEqual([]);
  });

  it.each(damages)(
    '%s: is set aside byte for byte, and the backup takes its place',
    async (_, damage) => {
      makeFilled(folder, 300);
      await makeBackup({ dataFolder: folder, copy: copyDatabase }, 'daily', backupAtMs);
      rmSync(databasePath(folder));
      damage();
      const backup = join(folder, 'backups', 'daily-2026-11-24.db');
      const refusal = refusalOf(() => openChecked(folder, nowMs));
      expect(refusal.message).toMatch(
        /Restore the backup of Tuesday 24 November \d\d:00 \(jackdaw restore daily-2026-11-24\.db\), or start empty/,
      );
      const before = bytesIn(folder);
      const kept = await restoreDatabase(folder, backup, nowMs);
      expect(kept).toBe(join(folder, 'damaged-2026-11-25T214411Z'));
      const after = bytesIn(folder);
      for (const [name, bytes] of Object.entries(before))
        if (name.startsWith('jackdaw.db'))
          expect(after[`damaged-2026-11-25T214411Z/${name}`]).toBe(bytes);
      const { db } = openChecked(folder, nowMs);
      expect(db.prepare('SELECT count(*) FROM slots').pluck().get()).toBe(300);
      closeCleanly(db);
    },
  );

  it('takes an empty file for a lost database, and no file for one where there are backups', async () => {
    const { db } = openChecked(folder, nowMs);
    closeCleanly(db);
    truncateSync(databasePath(folder));
    expect(refusalOf(() => openChecked(folder, nowMs)).message).toMatch(
      /can't be used: its file is empty\. Nothing was changed/,
    );
    rmSync(databasePath(folder));
    closeCleanly(openChecked(folder, nowMs).db);
    await makeBackup({ dataFolder: folder, copy: copyDatabase }, 'daily', backupAtMs);
    truncateSync(databasePath(folder));
    expect(refusalOf(() => openChecked(folder, nowMs)).message).toMatch(
      /its file is empty, and there are backups/,
    );
    rmSync(databasePath(folder));
    expect(refusalOf(() => openChecked(folder, nowMs)).message).toMatch(
      /it is gone, and there are backups/,
    );
  });

  it('starts empty when told to, and keeps what was there', () => {
    damages[1]?.[1]();
    const bytes = readFileSync(databasePath(folder)).toString('base64');
    expect(startEmpty(folder, nowMs)).toBe(join(folder, 'damaged-2026-11-25T214411Z'));
    const { db } = openChecked(folder, nowMs);
    expect(listSchedules(db).schedules).toEqual([]);
    closeCleanly(db);
    expect(bytesIn(folder)['damaged-2026-11-25T214411Z/jackdaw.db']).toBe(bytes);
  });

  it('gives two set aside in one second a folder each', () => {
    makeFilled(folder, 5);
    setAside(folder, nowMs, 'damaged');
    makeFilled(folder, 6);
    setAside(folder, nowMs, 'damaged');
    expect(asideFolders(folder)).toEqual([
      'damaged-2026-11-25T214411Z',
      'damaged-2026-11-25T214411Z-2',
    ]);
    expect(setAside(folder, nowMs, 'damaged')).toBeNull();
  });
});

describe('store/open-checked: a damaged index', () => {
  it.each([
    ['torn', 'sqlite_autoindex_slots_1'],
    ['torn too', 'slots_without_run'],
  ])('%s is made anew, and the damaged database kept', (_, index) => {
    makeFilled(folder);
    damageLeaf(folder, index);
    const bytes = readFileSync(databasePath(folder)).toString('base64');
    const { db, mended } = openChecked(folder, nowMs);
    expect(mended).toBe(join(folder, 'damaged-2026-11-25T214411Z'));
    expect(bytesIn(folder)['damaged-2026-11-25T214411Z/jackdaw.db']).toBe(bytes);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(db.prepare('SELECT count(*), max(slot) FROM slots').raw().get()).toEqual([1_000, 1_000]);
    const { lastInsertRowid } = db
      .prepare(
        `INSERT INTO slots (schedule, slot_at, first_slot_at, coalesced, cause, state, outcome, plan,
           recorded_at, epoch) VALUES (1, 7, 7, 1, 'slot', 'ended', 'success', 'plan-1', 7, 1)`,
      )
      .run();
    expect(lastInsertRowid).toBe(1_001);
    closeCleanly(db);
    expect(inspectDatabase(folder)).toEqual({ found: 'sound', checked: true });
  });

  it('that misses an entry is made anew', () => {
    makeFilled(folder);
    const db = new SqliteDatabase(databasePath(folder));
    db.unsafeMode(true);
    db.pragma('writable_schema = ON');
    db.exec(
      "UPDATE sqlite_schema SET sql = sql || ' AND slot <> 77' WHERE name = 'slots_without_run'",
    );
    db.close();
    const narrowed = new SqliteDatabase(databasePath(folder));
    narrowed.exec('REINDEX slots_without_run');
    narrowed.unsafeMode(true);
    narrowed.pragma('writable_schema = ON');
    narrowed.exec(
      "UPDATE sqlite_schema SET sql = replace(sql, ' AND slot <> 77', '') WHERE name = 'slots_without_run'",
    );
    narrowed.close();
    expect(inspectDatabase(folder)).toEqual({ found: 'damaged-index' });
    const { db: mended } = openChecked(folder, nowMs);
    expect(mended.pragma('integrity_check', { simple: true })).toBe('ok');
    closeCleanly(mended);
  });
});

describe('store/open-checked: what is whole', () => {
  it('opens what a killed host left, its last commits included, and makes no file', () => {
    killed(5);
    expect(inspectDatabase(folder)).toEqual({ found: 'sound', checked: true });
    const { db, mended } = openChecked(folder, nowMs);
    expect(mended).toBeNull();
    expect(db.prepare('SELECT count(*) FROM settings').pluck().get()).toBe(5);
    expect(isSound(db)).toBe(true);
    closeCleanly(db);
    expect(asideFolders(folder)).toEqual([]);
  });

  it('lets a transaction be torn that a power cut kept from its end: only that one is gone', () => {
    killed(5);
    const wal = `${databasePath(folder)}-wal`;
    change(wal, (bytes) => bytes.fill(0x77, walHeader + 4 * frame + 100, walHeader + 5 * frame));
    const { db } = openChecked(folder, nowMs);
    expect(db.prepare('SELECT count(*) FROM settings').pluck().get()).toBe(4);
    closeCleanly(db);
  });

  it('rolls back what a restored database was cut off at before its WAL began', () => {
    makeFilled(folder, 5);
    const path = databasePath(folder);
    const cut = new SqliteDatabase(path);
    cut.pragma('journal_mode = DELETE');
    cut.pragma('cache_size = 1');
    cut.exec("BEGIN; UPDATE schedules SET id = 'changed'; DELETE FROM slots");
    cut.exec('CREATE TABLE spilled AS SELECT randomblob(50000) AS bytes');
    const [db, journal] = [readFileSync(path), readFileSync(`${path}-journal`)];
    cut.close();
    writeFileSync(path, db);
    writeFileSync(`${path}-journal`, journal);
    expect(journal.length).toBeGreaterThan(0);
    const opened = openChecked(folder, nowMs).db;
    expect(listSchedules(opened).schedules.map(({ document }) => document.id)).toEqual(['posts']);
    expect(opened.prepare('SELECT count(*) FROM slots').pluck().get()).toBe(5);
    closeCleanly(opened);
  });

  it('checks a large one whole only where its last end was unclean', () => {
    const large = openDatabase(folder);
    large
      .prepare("INSERT INTO settings (name, value) VALUES ('large', ?)")
      .run('x'.repeat(5_000_000));
    large.close();
    expect(inspectDatabase(folder)).toEqual({ found: 'sound', checked: false });
    const { db } = openChecked(folder, nowMs);
    db.close();
    expect(inspectDatabase(folder)).toEqual({ found: 'sound', checked: true });
    closeCleanly(openChecked(folder, nowMs).db);
    expect(inspectDatabase(folder)).toEqual({ found: 'sound', checked: false });
  });
});

describe('store/restore: cut off', () => {
  it('before the present one was moved: it stays, and nothing is left of the other', async () => {
    makeFilled(folder, 5);
    await copyDatabase(databasePath(folder), nextPath(folder));
    closeCleanly(openChecked(folder, nowMs).db);
    expect(existsSync(nextPath(folder))).toBe(false);
    expect(slotsIn(databasePath(folder))).toBe(5);
  });

  it('between the two: the next start puts the other in place, without the WAL of the one before', async () => {
    killed();
    const other = aFolder();
    makeFilled(other.path, 9);
    await copyDatabase(databasePath(other.path), nextPath(folder));
    other.remove();
    const wal = bytesIn(folder)['jackdaw.db-wal'];
    rmSync(databasePath(folder));
    const { db } = openChecked(folder, nowMs);
    expect(db.prepare('SELECT count(*) FROM slots').pluck().get()).toBe(9);
    expect(db.prepare('SELECT count(*) FROM settings').pluck().get()).toBe(0);
    closeCleanly(db);
    expect(bytesIn(folder)['replaced-2026-11-25T214411Z/jackdaw.db-wal']).toBe(wal);
  });
});

describe('store/restore', () => {
  it('counts slots from the restore on: what ran since the backup doesn’t run again', async () => {
    makeFilled(folder, 5);
    const before = openDatabase(folder);
    before.exec(
      "UPDATE slots SET state = 'waiting-retry', outcome = NULL, retry_at = 9000 WHERE slot = 5",
    );
    before.close();
    await makeBackup({ dataFolder: folder, copy: copyDatabase }, 'manual', backupAtMs);
    await restoreDatabase(folder, join(folder, 'backups', 'manual-2026-11-24T210000Z.db'), nowMs);
    const { db } = openChecked(folder, nowMs + 1_000);
    expect(listSchedules(db).schedules.map(({ handledUntilMs }) => handledUntilMs)).toEqual([
      nowMs + 1_000,
    ]);
    expect(db.prepare("SELECT at FROM counted_from WHERE why = 'restored'").pluck().all()).toEqual([
      nowMs + 1_000,
    ]);
    expect(db.prepare('SELECT state, outcome FROM slots WHERE slot = 5').get()).toEqual({
      state: 'ended',
      outcome: 'interrupted',
    });
    closeCleanly(db);
    const again = openChecked(folder, nowMs + 9_000).db;
    expect(listSchedules(again).schedules[0]?.handledUntilMs).toBe(nowMs + 1_000);
    closeCleanly(again);
  });

  it('ends what waited for a retry as its last attempt did', async () => {
    const before = openDatabase(folder);
    fill(before, 5);
    const attempt = { schedule: 1, slot: 5, attempt: 1, cause: 'slot', epoch: 1 } as const;
    const end = { outcome: 'failed', reason: 'http-503', message: 'It said 503.' } as const;
    const run = insertRun(before, { ...attempt, recordedAtMs: 1 });
    endRun(before, run, { ...end, endedAtMs: 2, durationMs: 1, counts: noCounts, bytes: 0 });
    before.exec(
      "UPDATE slots SET state = 'waiting-retry', outcome = NULL, retry_at = 3 WHERE slot = 5",
    );
    before.close();
    await makeBackup({ dataFolder: folder, copy: copyDatabase }, 'manual', backupAtMs);
    await restoreDatabase(folder, join(folder, 'backups', 'manual-2026-11-24T210000Z.db'), nowMs);
    const { db } = openChecked(folder, nowMs);
    const ended = db.prepare('SELECT state, outcome, reason, message FROM slots WHERE slot = 5');
    expect(ended.get()).toEqual({ state: 'ended', ...end });
    closeCleanly(db);
  });
});
