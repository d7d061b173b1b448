import { createHash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databasePath, openForReading } from '../../main/store/database.ts';
import { chaosWorld, type ChaosWorld } from '../support/chaos/chaos-world.ts';
import { runCommand, startCommand } from '../support/chaos/commands.ts';
import { sizeOf } from '../support/chaos/invariants.ts';
import { passing, until } from '../support/chaos/until.ts';

let world: ChaosWorld;
beforeEach(async () => {
  world = await chaosWorld();
});
afterEach(({ task }) => world.tidy(task.result?.state === 'fail'));

function overwrite(file: string, atByte: number, bytes: Buffer): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, bytes, 0, bytes.length, atByte);
  closeSync(handle);
}

/** The page a table or an index begins on, and the size of a page. */
function placeOf(
  dataFolder: string,
  name: string,
): { readonly page: number; readonly bytes: number } {
  const db = openForReading(dataFolder);
  try {
    const row = db
      .prepare<[string], { page: number }>(
        'SELECT rootpage AS page FROM sqlite_master WHERE name = ?',
      )
      .get(name);
    return { page: row?.page ?? 1, bytes: Number(db.pragma('page_size', { simple: true })) };
  } finally {
    db.close();
  }
}

function damagePage(dataFolder: string, name: string): void {
  const { page, bytes } = placeOf(dataFolder, name);
  overwrite(databasePath(dataFolder), (page - 1) * bytes, Buffer.alloc(bytes, 0x5a));
}

/** Ways a database can be broken, each done to the files of a host that has been killed. */
const damages: Readonly<Record<string, (dataFolder: string) => void>> = {
  'a broken header': (folder) => {
    overwrite(databasePath(folder), 0, Buffer.alloc(100, 0x5a));
  },
  'a broken page of a table': (folder) => {
    damagePage(folder, 'schedules');
  },
  'a broken index': (folder) => {
    damagePage(folder, 'runs_by_time');
  },
  'garbage in the WAL': (folder) => {
    writeFileSync(`${databasePath(folder)}-wal`, Buffer.alloc(100_000, 0x5a));
  },
  'an empty file': (folder) => {
    writeFileSync(databasePath(folder), '');
  },
  'a file that is no database': (folder) => {
    writeFileSync(databasePath(folder), 'Dear diary, '.repeat(1_000));
  },
};

function digest(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** The digests of all files in a folder and below. */
function digestsIn(folder: string): ReadonlySet<string> {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  return new Set(files.map(({ parentPath, name }) => digest(path.join(parentPath, name))));
}

/** Lets a host gather a history, and a daily backup where it makes one, and ends it uncleanly. */
async function history(): Promise<void> {
  const host = await world.back();
  await world.fill(host);
  await until(() => sizeOf(world.folder).runs > 5, 60_000, 'nothing runs');
  await host.end('SIGTERM');
  const again = await world.back();
  await passing(500);
  await again.end('SIGKILL');
  // What the WAL holds goes into the file, so that the damage is done to all there is.
  const db = new SqliteDatabase(databasePath(world.folder));
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}

describe('chaos: a corrupt database', () => {
  it.each(Object.keys(damages))(
    'is kept as it is, and nothing is silently lost: %s',
    async (kind) => {
      await history();
      damages[kind]?.(world.folder);
      const broken = digest(databasePath(world.folder));

      const list = await runCommand(['list', '--json'], world.folder);
      if (list.code === 0)
        expect(list.out, 'the schedules are there, or it says why').toContain('latest');
      else expect(list.err.trimEnd().split('\n').length).toBe(1);

      const host = startCommand('headless', ['--no-browser'], world.folder);
      await Promise.race([host.ended, passing(8_000)]);
      const doctor = await runCommand(['doctor'], world.folder);
      if (doctor.code === 0) {
        const after = await runCommand(['list', '--json'], world.folder);
        expect(after.out).toContain('latest');
      } else expect(doctor.out).toContain(databasePath(world.folder));
      host.process.kill('SIGTERM');
      await host.ended;
      // A WAL that is no WAL belongs to a database that is sound.
      if (kind !== 'garbage in the WAL') expect(digestsIn(world.folder)).toContain(broken);
    },
  );
});
