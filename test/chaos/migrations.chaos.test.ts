import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databasePath, openDatabase, openForReading } from '../../main/store/database.ts';
import { databaseVersion, migrations } from '../../main/store/migrations.ts';
import { keepPlan } from '../../main/store/plans.ts';
import { aFolder, aSchedule } from '../support/builders.ts';
import { chaosWorld, type ChaosWorld } from '../support/chaos/chaos-world.ts';
import { isShort } from '../support/chaos/rounds.ts';
import { worldBegins } from '../support/chaos/schedules.ts';
import { insertOldSchedule } from '../support/old-schedule.ts';

let world: ChaosWorld;
beforeEach(async () => {
  world = await chaosWorld();
});
afterEach(({ task }) => world.tidy(task.result?.state === 'fail'));

/** The tables and columns a database of this version has. */
function schemaOf(dataFolder: string): { readonly version: number; readonly schema: unknown } {
  const db = openForReading(dataFolder);
  try {
    const schema = db.prepare('SELECT type, name, sql FROM sqlite_master ORDER BY name').all();
    return { version: databaseVersion(db), schema };
  } finally {
    db.close();
  }
}

/** The schema each version has when nothing interrupts it. */
function wholeSchemas(): readonly unknown[] {
  return migrations.map((_, index) => {
    const { path, remove } = aFolder();
    openDatabase(path, migrations.slice(0, index + 1)).close();
    const { schema } = schemaOf(path);
    remove();
    return schema;
  });
}

/** A database of an older version, with one schedule and its history of 200 slots. */
function older(dataFolder: string, version: number): void {
  const db = openDatabase(dataFolder, migrations.slice(0, version));
  keepPlan(db, { hash: 'plan', document: '{}' });
  const times = { createdAtMs: 0, handledUntilMs: worldBegins };
  insertOldSchedule(db, aSchedule({ enabled: false }), times);
  const slot = db.prepare(
    `INSERT INTO slots (schedule, slot_at, first_slot_at, coalesced, cause, state, outcome, reason,
       plan, next_slot_at, recorded_at, epoch)
     VALUES (1, ?, ?, 1, 'slot', 'ended', 'missed', 'asleep', 'plan', ?, ?, 1)`,
  );
  for (let n = 1; n <= 200; n += 1) slot.run(n * 1_000, n * 1_000, (n + 1) * 1_000, n * 1_000);
  // From version 4 on a slot says itself that it never had an attempt.
  if (version >= 4) db.exec('UPDATE slots SET ended_at_once = 1');
  db.close();
}

function slotsIn(dataFolder: string): number {
  const db = openForReading(dataFolder);
  try {
    const row = db.prepare<[], { count: number }>('SELECT count(*) AS count FROM slots').get();
    return row?.count ?? 0;
  } finally {
    db.close();
  }
}

const whole = wholeSchemas();
const versions = migrations.map((_, version) => version);

describe('chaos: kill -9 in every step of an upgrade', () => {
  it.each(isShort ? versions.slice(-1) : versions)(
    'leaves the old or the new version %i → newest, and all its rows',
    async (version) => {
      // A copy is made of what there is, then each step is written, its version noted, and committed.
      const writes = (version > 0 ? 2 : 0) + 4 * (migrations.length - version);
      for (let nth = 1; nth <= writes; nth += isShort ? 3 : 1) {
        rmSync(world.folder, { recursive: true });
        mkdirSync(world.folder);
        if (version > 0) older(world.folder, version);
        const host = world.launch({ kill: { point: 'migration', nth } });
        await host.gone;
        expect(host.process.signalCode, host.said()).toBe('SIGKILL');
        if (version === 0) {
          // A new database has no name before it is whole.
          expect([nth, existsSync(databasePath(world.folder))]).toEqual([nth, false]);
        } else {
          const left = schemaOf(world.folder);
          expect([nth, left.schema]).toEqual([nth, whole[left.version - 1]]);
          expect([nth, left.version >= version]).toEqual([nth, true]);
        }
        openDatabase(world.folder).close();
        expect(schemaOf(world.folder)).toEqual({
          version: migrations.length,
          schema: whole.at(-1),
        });
        if (version > 0) expect([nth, slotsIn(world.folder)]).toEqual([nth, 200]);
      }
      await world.check(await world.back({ kill: { point: 'migration', nth: 1 } }));
    },
  );
});
