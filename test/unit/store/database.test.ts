import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RefusedError } from '../../../contract/result.ts';
import {
  backupFolder,
  databaseBytes,
  databasePath,
  isSound,
  openDatabase,
  storeRefusal,
} from '../../../main/store/database.ts';
import { migrations, type Migration } from '../../../main/store/migrations.ts';
import { runFigures } from '../../../main/store/runs.ts';
import { insertSchedule, listSchedules } from '../../../main/store/schedules.ts';
import { aFolder, aSchedule } from '../../support/builders.ts';
import { insertOldSchedule } from '../../support/old-schedule.ts';

const isRoot = process.getuid?.() === 0;

let folder: string;
let remove: () => void;

beforeEach(() => {
  ({ path: folder, remove } = aFolder());
});
afterEach(() => {
  remove();
});

/** A version to come: each schedule gets a colour. */
const addColour: Migration = (db) => {
  db.exec("ALTER TABLE schedules ADD COLUMN colour TEXT NOT NULL DEFAULT 'grey'");
};
const oneMore = [...migrations, addColour];

/** The version of this Jackdaw's databases, and of those of the next. */
const present = migrations.length;
const next = present + 1;
const copyName = `before-version-${String(next)}.db`;

function refusalOf(work: () => unknown): Pick<RefusedError, 'code' | 'message'> {
  try {
    work();
  } catch (error) {
    if (error instanceof RefusedError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('nothing was refused');
}

/** Every file of the folder with its bytes. */
function filesIn(path: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => [name, readFileSync(join(path, name)).toString('base64')]),
  );
}

function versionOf(path: string): number {
  const db = openDatabase(path, oneMore);
  const version = Number(db.pragma('user_version', { simple: true }));
  db.close();
  return version;
}

/** A folder whose database is of the present version and has one schedule. */
function atPresent(): void {
  const db = openDatabase(folder);
  insertSchedule(db, aSchedule(), 1_000);
  db.close();
}

describe('store/database: opening', () => {
  it.skipIf(process.platform === 'win32')(
    'makes a new database its user’s alone, in whatever folder it lies',
    () => {
      chmodSync(folder, 0o755);
      const db = openDatabase(folder);
      const files = readdirSync(folder).filter((name) => name.startsWith('jackdaw.db'));
      expect(files.map((name) => [name, statSync(join(folder, name)).mode & 0o777])).toEqual([
        ['jackdaw.db', 0o600],
        ['jackdaw.db-shm', 0o600],
        ['jackdaw.db-wal', 0o600],
      ]);
      db.close();
    },
  );

  it('makes a database that survives a power cut: WAL, every commit flushed, keys enforced', () => {
    const db = openDatabase(folder);
    const pragmas = ['journal_mode', 'synchronous', 'foreign_keys', 'user_version'].map((name) =>
      db.pragma(name, { simple: true }),
    );
    expect(pragmas).toEqual(['wal', 2, 1, migrations.length]);
    expect(isSound(db)).toBe(true);
    db.close();
  });

  it('makes every table strict', () => {
    const db = openDatabase(folder);
    const tables = db.pragma('table_list') as readonly { name: string; strict: number }[];
    const lax = tables.filter(({ name, strict }) => !name.startsWith('sqlite_') && strict === 0);
    expect(lax).toEqual([]);
    db.close();
  });

  it('tells its size in bytes', () => {
    const db = openDatabase(folder);
    db.pragma('wal_checkpoint(TRUNCATE)');
    expect(databaseBytes(db)).toBe(readFileSync(databasePath(folder)).length);
    db.close();
  });

  it('finds the faults of a file that was damaged', () => {
    atPresent();
    const path = databasePath(folder);
    const bytes = readFileSync(path);
    bytes.fill(0xff, 3 * 4096, 6 * 4096);
    writeFileSync(path, bytes);
    const db = openDatabase(folder);
    expect(isSound(db)).toBe(false);
    db.close();
  });
});

describe('store/database: upgrading', () => {
  it('makes no copy for a new database, nor where there is nothing to upgrade', () => {
    atPresent();
    openDatabase(folder).close();
    expect(existsSync(backupFolder(folder))).toBe(false);
  });

  it('brings a database with its rows to the next version, after a copy of it', () => {
    atPresent();
    const db = openDatabase(folder, oneMore);
    expect(db.pragma('user_version', { simple: true })).toBe(next);
    expect(db.prepare('SELECT id, colour FROM schedules').all()).toEqual([
      { id: 'posts', colour: 'grey' },
    ]);
    expect(listSchedules(db).schedules.map(({ document }) => document)).toEqual([aSchedule()]);
    db.close();

    expect(readdirSync(backupFolder(folder))).toEqual([copyName]);
    const copied = aFolder();
    const copy = readFileSync(join(backupFolder(folder), copyName));
    writeFileSync(databasePath(copied.path), copy);
    const before = openDatabase(copied.path);
    expect(before.pragma('user_version', { simple: true })).toBe(present);
    expect(listSchedules(before).schedules.map(({ document }) => document)).toEqual([aSchedule()]);
    before.close();
    copied.remove();
  });

  it('gives rows of version 1 no start of their own', () => {
    const old = openDatabase(folder, migrations.slice(0, 1));
    insertOldSchedule(old, aSchedule(), { createdAtMs: 1_000, handledUntilMs: 4_000 });
    old.exec(`INSERT INTO plans (hash, document) VALUES ('plan-1', '{}');
      INSERT INTO slots (schedule, slot_at, first_slot_at, coalesced, cause, state, plan, recorded_at,
        started_at, epoch) VALUES (1, 5000, 5000, 1, 'slot', 'running', 'plan-1', 5000, 5200, 1);
      INSERT INTO runs (slot, schedule, attempt, cause, state, recorded_at, started_at, epoch)
        VALUES (1, 1, 1, 'slot', 'running', 5000, 5200, 1);`);
    old.close();
    const db = openDatabase(folder);
    expect(db.prepare('SELECT slot_at, start_at FROM slots').all()).toEqual([
      { slot_at: 5_000, start_at: null },
    ]);
    expect(runFigures(db, { fromMs: 0, untilMs: Infinity }, 10).latenessMs).toEqual([200]);
    db.close();
  });

  it('lets the audit look for gaps only from the upgrade to version 3 on', () => {
    const old = openDatabase(folder, migrations.slice(0, 2));
    insertOldSchedule(old, aSchedule(), { createdAtMs: 1_000, handledUntilMs: 4_000 });
    old.close();
    const db = openDatabase(folder);
    expect(db.prepare('SELECT schedule, at, why FROM counted_from').all()).toEqual([
      { schedule: 1, at: 4_000, why: 'upgraded' },
    ]);
    expect(listSchedules(db).schedules[0]).toMatchObject({
      succeededAtMs: null,
      changedAtMs: null,
    });
    db.close();
  });

  it('copies what is still in the WAL too', () => {
    const still = openDatabase(folder);
    insertSchedule(still, aSchedule(), 1_000);
    openDatabase(folder, oneMore).close();
    still.close();
    const copied = aFolder();
    const copy = readFileSync(join(backupFolder(folder), copyName));
    writeFileSync(databasePath(copied.path), copy);
    const before = openDatabase(copied.path);
    expect(listSchedules(before).schedules).toHaveLength(1);
    before.close();
    copied.remove();
  });

  it('leaves a database as it was where a step fails, and keeps the copy', () => {
    atPresent();
    const broken: Migration = (db) => {
      db.exec('DELETE FROM schedules');
      throw new Error('the step is broken');
    };
    expect(() => openDatabase(folder, [...migrations, broken])).toThrow('the step is broken');
    const db = openDatabase(folder);
    expect(db.pragma('user_version', { simple: true })).toBe(present);
    expect(listSchedules(db).schedules).toHaveLength(1);
    db.close();
    expect(versionOf(folder)).toBe(next);
    expect(readdirSync(backupFolder(folder))).toEqual([copyName]);
  });

  it('makes the copy anew where an upgrade before this one was undone, or cut off', () => {
    atPresent();
    mkdirSync(backupFolder(folder));
    const copy = join(backupFolder(folder), copyName);
    writeFileSync(copy, 'cut off');
    writeFileSync(`${copy}.part`, 'cut off too');
    openDatabase(folder, oneMore).close();
    expect(readdirSync(backupFolder(folder))).toEqual([copyName]);
    const copied = aFolder();
    writeFileSync(databasePath(copied.path), readFileSync(copy));
    const before = openDatabase(copied.path);
    expect(listSchedules(before).schedules).toHaveLength(1);
    insertSchedule(before, aSchedule({ id: 'later' }), 2_000);
    before.close();
    mkdirSync(backupFolder(copied.path));
    writeFileSync(join(backupFolder(copied.path), copyName), readFileSync(copy));
    openDatabase(copied.path, oneMore).close();
    const anew = aFolder();
    writeFileSync(databasePath(anew.path), readFileSync(join(backupFolder(copied.path), copyName)));
    const copyAnew = openDatabase(anew.path);
    expect(listSchedules(copyAnew).schedules.map(({ document }) => document.id)).toEqual([
      'posts',
      'later',
    ]);
    copyAnew.close();
    copied.remove();
    anew.remove();
  });

  it('keeps the copy of the oldest version where an upgrade got part of the way', () => {
    atPresent();
    const broken: Migration = () => {
      throw new Error('the step is broken');
    };
    const addSize: Migration = (db) => {
      db.exec('ALTER TABLE schedules ADD COLUMN size INTEGER');
    };
    expect(() => openDatabase(folder, [...oneMore, broken])).toThrow('the step is broken');
    openDatabase(folder, [...oneMore, addSize]).close();
    const copied = aFolder();
    writeFileSync(
      databasePath(copied.path),
      readFileSync(join(backupFolder(folder), `before-version-${String(next + 1)}.db`)),
    );
    const before = openDatabase(copied.path);
    expect(before.pragma('user_version', { simple: true })).toBe(present);
    before.close();
    copied.remove();
  });

  it('keeps the steps that were committed before the one that fails', () => {
    atPresent();
    const broken: Migration = () => {
      throw new Error('the step is broken');
    };
    expect(() => openDatabase(folder, [...oneMore, broken])).toThrow('the step is broken');
    const db = openDatabase(folder, oneMore);
    expect(db.prepare('SELECT colour FROM schedules').all()).toEqual([{ colour: 'grey' }]);
    db.close();
  });
});

describe('store/database: what can’t be opened', () => {
  it('refuses a database from the future, names the copy made before, and changes no byte', () => {
    atPresent();
    openDatabase(folder, oneMore).close();
    const before = filesIn(folder);
    const path = databasePath(folder);
    const copy = join(backupFolder(folder), copyName);
    expect(refusalOf(() => openDatabase(folder))).toEqual({
      code: 'unsupported',
      message:
        `The database ${path} is of version ${String(next)}, made by a newer Jackdaw; this one knows versions up ` +
        `to ${String(present)}. Nothing was changed. Install the newer Jackdaw again, or put the copy made before ` +
        `the upgrade, ${copy}, in its place.`,
    });
    expect(filesIn(folder)).toEqual(before);
  });

  it('names the newest of several copies, and none where there is none', () => {
    const db = openDatabase(folder);
    db.pragma('user_version = 12');
    db.close();
    expect(refusalOf(() => openDatabase(folder)).message).toMatch(
      /Nothing was changed\. Install the newer Jackdaw again\.$/,
    );
    mkdirSync(backupFolder(folder));
    for (const name of ['before-version-9.db', 'before-version-12.db', 'mine.db'])
      writeFileSync(join(backupFolder(folder), name), '');
    expect(refusalOf(() => openDatabase(folder)).message).toContain('before-version-12.db, in its');
  });

  it.each([
    ['a text', Buffer.from('This is not a database, whatever its name says.\n'.repeat(100))],
    ['random bytes', Buffer.from(Array.from({ length: 9000 }, (_, n) => (n * 7919) % 256))],
  ])('refuses %s in its place, and leaves it as it is', (_, bytes) => {
    writeFileSync(databasePath(folder), bytes);
    expect(refusalOf(() => openDatabase(folder))).toEqual({
      code: 'invalid',
      message:
        `${databasePath(folder)} isn't a database Jackdaw can read. It was left as it is; move it ` +
        `elsewhere, or put a backup in its place.`,
    });
    expect(filesIn(folder)).toEqual({ 'jackdaw.db': bytes.toString('base64') });
  });

  it('refuses a folder that isn’t there as one it may not write to', () => {
    const missing = join(folder, 'missing');
    mkdirSync(join(missing, 'jackdaw.db'), { recursive: true });
    expect(refusalOf(() => openDatabase(missing)).code).toBe('read-only');
  });

  it('refuses a folder without write permission', ({ skip }) => {
    skip(isRoot, 'root may write everywhere');
    const locked = join(folder, 'locked');
    mkdirSync(locked);
    chmodSync(locked, 0o500);
    expect(refusalOf(() => openDatabase(locked))).toEqual({
      code: 'read-only',
      message:
        `Jackdaw may not write to ${databasePath(locked)}. Give yourself write permission to the ` +
        `folder, or name another with --data-dir.`,
    });
    chmodSync(locked, 0o700);
    expect(readdirSync(locked)).toEqual([]);
  });

  it('refuses a database that may only be read', ({ skip }) => {
    skip(isRoot, 'root may write everywhere');
    atPresent();
    chmodSync(databasePath(folder), 0o400);
    expect(refusalOf(() => openDatabase(folder, oneMore)).code).toBe('read-only');
  });
});

describe('store/database: the refusals of faults below', () => {
  const fault = (code: string): Error => Object.assign(new Error(code), { code });

  it.each([
    ['EACCES', 'read-only'],
    ['EROFS', 'read-only'],
    ['EPERM', 'read-only'],
    ['ENOSPC', 'disk-full'],
  ])('says %s as %s', (code, expected) => {
    expect(storeRefusal(fault(code), '/data/jackdaw.db')).toMatchObject({
      name: 'RefusedError',
      code: expected,
      message: expect.stringContaining('/data/jackdaw.db') as string,
    });
  });

  it('says it where the database is full, and keeps what was there', () => {
    const db = openDatabase(folder);
    insertSchedule(db, aSchedule(), 1_000);
    db.pragma(`max_page_count = ${String(Number(db.pragma('page_count', { simple: true })))}`);
    const large = aSchedule({ id: 'large', description: 'x'.repeat(9_000) });
    const fill = (): void => {
      for (let count = 0; count < 100; count += 1)
        insertSchedule(db, { ...large, id: `large-${String(count)}` }, 1_000);
    };
    const raised = ((): unknown => {
      try {
        db.transaction(fill)();
        return null;
      } catch (error) {
        return storeRefusal(error, databasePath(folder));
      }
    })();
    expect(raised).toMatchObject({
      code: 'disk-full',
      message: `The disk that holds ${databasePath(folder)} is full. Free some space and try again.`,
    });
    expect(listSchedules(db).schedules).toHaveLength(1);
    db.close();
  });

  it('says it where another program holds the database', () => {
    const [one, other] = [openDatabase(folder), openDatabase(folder)];
    other.pragma('busy_timeout = 0');
    one.exec('BEGIN IMMEDIATE');
    try {
      other.exec('BEGIN IMMEDIATE');
      expect.unreachable();
    } catch (error) {
      expect(storeRefusal(error, databasePath(folder))).toMatchObject({
        code: 'busy',
        message: `${databasePath(folder)} is in use by another program. Try again in a moment.`,
      });
    }
    one.close();
    other.close();
  });

  it('passes on whatever else is raised as it is', () => {
    const other = new TypeError('a mistake of ours');
    expect(storeRefusal(other, '/data')).toBe(other);
    expect(storeRefusal('thrown text', '/data')).toBe('thrown text');
  });
});
