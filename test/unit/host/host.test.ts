import { cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventEnvelope } from '../../../contract/calls.ts';
import { RefusedError } from '../../../contract/result.ts';
import { takeLead } from '../../../main/store/leader-lock.ts';
import { serveWeb, type WebServer } from '../../../main/web/serve-web.ts';
import { noSystemZones } from '../../../main/zones/system-zones.ts';
import { aFolder, aSchedule } from '../../support/builders.ts';
import { damageLeaf } from '../../support/damage.ts';
import { makeReadOnly, smallDisk } from '../../support/hostile-folder.ts';
import { openTestApp, type TestApp, type TestAppOptions } from '../../support/test-app.ts';
import { fakeRunner } from '../../support/fake-runner.ts';
import { settle, virtualClock } from '../../support/virtual-clock.ts';

let folder: string;
let remove: () => void;
let jackdaw: TestApp | null = null;
let server: WebServer | null = null;
let disk: ReturnType<typeof smallDisk> = null;

beforeEach(() => {
  ({ path: folder, remove } = aFolder());
});
afterEach(async () => {
  await server?.stop();
  await jackdaw?.stop();
  [server, jackdaw] = [null, null];
  disk?.mend();
  disk = null;
  remove();
});

async function open(options: TestAppOptions = {}): Promise<TestApp> {
  jackdaw = await openTestApp({ dataFolder: folder, ...options });
  return jackdaw;
}

/** A host that is started, with one schedule. */
async function started(options: TestAppOptions = {}): Promise<TestApp> {
  const opened = await open(options);
  await opened.call('saveSchedule', { schedule: aSchedule(), create: true });
  opened.app.start();
  return opened;
}

const codes = async (opened: TestApp): Promise<readonly string[]> =>
  (await opened.call('getSnapshot', {})).host.troubles.map(({ code }) => code);

/** The answer to a call as each transport gives it: inside main, as over IPC, and over HTTP. */
async function bothWays(opened: TestApp, name: string, input: unknown): Promise<unknown> {
  const { calls, changes } = opened.app;
  server ??= await serveWeb({ calls, changes, clock: opened.clock, rendererFolder: null });
  const response = await fetch(`${server.url}api/${name}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  const overHttp = (await response.json()) as unknown;
  expect(overHttp).toEqual(await calls.invoke(name, input));
  return overHttp;
}

const database = (): string => join(folder, 'jackdaw.db');

/** Makes a sound database with one schedule, and leaves. */
async function prepared(): Promise<void> {
  const opened = await open();
  await opened.call('saveSchedule', { schedule: aSchedule(), create: true });
  await opened.stop();
  jackdaw = null;
}

describe('host: opened afresh', () => {
  it('closes the database for the work, keeps the lead, and goes on under another start', async () => {
    const opened = await started();
    const before = opened.app.changes.revision();
    const heard: EventEnvelope[] = [];
    opened.app.changes.subscribe((event) => heard.push(event));
    const seen: unknown[] = [];
    await opened.app.restart(() => {
      // Nobody has it open: the WAL went with the last connection.
      seen.push(existsSync(`${database()}-wal`), takeLead(folder));
    });
    expect(seen).toEqual([false, null]);
    const snapshot = await opened.call('getSnapshot', {});
    expect(snapshot.schedules).toMatchObject([{ id: 'posts', state: 'waiting' }]);
    expect(snapshot.host).toMatchObject({ running: true, troubles: [] });
    expect(snapshot.revision.start).not.toBe(before.start);
    expect(heard.at(-1)?.revision).toEqual(snapshot.revision);
    // A window knows the new start by the first event, without being asked.
    expect(heard.filter(({ name }) => name === 'host').at(-1)?.revision.start).toBe(
      snapshot.revision.start,
    );
  });

  it('puts another database in the place of the first', async () => {
    const opened = await started();
    await opened.app.restart(() => {
      renameSync(database(), `${database()}.aside`);
    });
    expect((await opened.call('getSnapshot', {})).schedules).toEqual([]);
  });

  it('ends what runs as a quit does, and lets calls wait until it is open again', async () => {
    const opened = await started();
    opened.runner.answer = null;
    await opened.call('startRun', { id: 'posts' });
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const restarted = opened.app.restart(() => promise);
    await settle();
    const asked = opened.call('listRuns', {});
    resolve(undefined);
    await restarted;
    expect((await asked).entries).toMatchObject([{ outcome: 'cancelled', reason: 'quit' }]);
  });

  it('refuses a call that it was closed under, in a sentence', async () => {
    const { promise, resolve } = Promise.withResolvers<null>();
    const opened = await started({ systemZones: { ...noSystemZones, version: () => promise } });
    // It compares zones first, and reads the database after that.
    const asked = opened.app.calls.call('runDoctor', {});
    await opened.app.restart(() => undefined);
    resolve(null);
    expect(await asked).toMatchObject({
      ok: false,
      code: 'busy',
      message: 'Jackdaw opened its database afresh in the middle of this call; try again.',
    });
  });

  it('is open again where the work failed, and says what failed', async () => {
    const opened = await started();
    const fault = new RefusedError('invalid', 'This is no backup.');
    await expect(opened.app.restart(() => Promise.reject(fault))).rejects.toBe(fault);
    expect((await opened.call('getStatus', {})).running).toBe(true);
  });

  it('takes one after the other', async () => {
    const opened = await started();
    const order: number[] = [];
    await Promise.all([1, 2].map((n) => opened.app.restart(() => void order.push(n))));
    expect(order).toEqual([1, 2]);
    expect((await opened.call('getStatus', {})).running).toBe(true);
  });
});

describe('host: a database that can’t be read', () => {
  const letter = 'This is a letter to my aunt, and no database at all.'.repeat(20);

  it('opens all the same, says why on both transports, and refuses the rest', async () => {
    writeFileSync(database(), letter);
    const opened = await open({ unaudited: 'there is no database to be read' });
    opened.app.start();
    expect(await bothWays(opened, 'getSnapshot', {})).toMatchObject({
      ok: true,
      value: {
        schedules: [],
        host: {
          running: false,
          leader: { host: 'headless' },
          troubles: [
            {
              code: 'database',
              message: expect.stringContaining(
                `${database()} can't be used: it isn't a database`,
              ) as string,
              since: '2026-11-20T08:00:00Z',
            },
          ],
        },
      },
    });
    expect(await bothWays(opened, 'getStatus', {})).toMatchObject({
      ok: true,
      value: { running: false, schedules: [], lastTickAt: null },
    });
    for (const [name, input] of [
      ['listSchedules', {}],
      ['saveSchedule', { schedule: aSchedule(), create: true }],
      ['startRun', { id: 'posts' }],
    ] as const)
      expect(await bothWays(opened, name, input)).toMatchObject({
        ok: false,
        code: 'invalid',
        message: expect.stringContaining("isn't a database") as string,
      });
    expect(readFileSync(database(), 'utf8')).toBe(letter);
  });

  it('leads as soon as it is put right and somebody says so', async () => {
    await prepared();
    cpSync(database(), join(folder, 'good.db'));
    writeFileSync(database(), letter);
    const opened = await open();
    opened.app.start();
    expect(await opened.call('tryAgain', {})).toMatchObject({ troubles: [{ code: 'database' }] });
    cpSync(join(folder, 'good.db'), database());
    expect(await opened.call('tryAgain', {})).toEqual({ troubles: [] });
    expect((await opened.call('getStatus', {})).running).toBe(true);
    await opened.clock.advance(31 * 60_000);
    expect(await opened.history()).toMatchObject([{ outcome: 'success' }]);
  });

  it('is replaced by a backup that a person chooses, and kept beside it', async () => {
    await prepared();
    const sound = await open();
    const backup = await sound.call('backUp', {});
    await sound.stop();
    writeFileSync(database(), letter);
    const opened = await open();
    opened.app.start();
    expect(await codes(opened)).toEqual(['database']);
    expect(await opened.call('listBackups', {})).toEqual([backup]);
    const restored = await opened.call('restoreBackup', { name: backup.name });
    expect(readFileSync(join(restored.kept ?? '', 'jackdaw.db'), 'utf8')).toBe(letter);
    expect(await codes(opened)).toEqual([]);
    expect((await opened.call('listSchedules', {})).map(({ id }) => id)).toEqual(['posts']);
    expect((await opened.call('getStatus', {})).running).toBe(true);
  });

  it('is mended by work that puts another in its place', async () => {
    writeFileSync(database(), letter);
    const opened = await open();
    opened.app.start();
    await opened.app.restart(() => {
      rmSync(database());
    });
    expect(await codes(opened)).toEqual([]);
    expect((await opened.call('getStatus', {})).running).toBe(true);
  });

  it('says that one from the future needs the newer Jackdaw', async () => {
    await prepared();
    const db = new SqliteDatabase(database());
    db.pragma('user_version = 99');
    db.close();
    const opened = await open();
    const { host } = await opened.call('getSnapshot', {});
    expect(host.troubles).toMatchObject([
      { code: 'database', message: expect.stringContaining('made by a newer Jackdaw') as string },
    ]);
  });

  it('says that one could not be brought to this version, and leaves it as it was', async () => {
    await prepared();
    const db = new SqliteDatabase(database());
    // The step that follows adds columns that are there already.
    db.pragma('user_version = 2');
    db.close();
    const opened = await open();
    const { host } = await opened.call('getSnapshot', {});
    expect(host.troubles).toMatchObject([
      {
        code: 'database',
        message: expect.stringMatching(
          /jackdaw\.db could not be opened: duplicate column/,
        ) as string,
      },
    ]);
    const after = new SqliteDatabase(database(), { readonly: true });
    expect(after.pragma('user_version', { simple: true })).toBe(2);
    after.close();
  });

  it('is noticed while it is in use, too', async () => {
    const opened = await started({ unaudited: 'the database is damaged' });
    await opened.app.restart(() => {
      const bytes = readFileSync(database());
      // The first pages stay: it can be opened, and is found out by what reads the rest.
      bytes.fill(0xa5, 2 * 4096);
      writeFileSync(database(), bytes);
    });
    await opened.call('getSnapshot', {});
    await opened.clock.advance(31 * 60_000);
    await settle();
    expect(await codes(opened)).toEqual(['database']);
    expect((await opened.call('getStatus', {})).running).toBe(false);
  });

  /** Makes it too large to be checked at a start after a clean end, and damages a page. */
  function damageUnchecked(name: string): void {
    const db = new SqliteDatabase(database());
    const large = db.prepare("INSERT INTO settings (name, value) VALUES ('large', ?)");
    large.run(JSON.stringify('x'.repeat(5_000_000)));
    db.close();
    damageLeaf(folder, name);
  }

  it('is looked at as a whole when a call meets it, and the refusal says what to do', async () => {
    const opened = await started({ unaudited: 'the database is damaged' });
    await opened.call('startRun', { id: 'posts' });
    await opened.app.restart(() => {
      damageUnchecked('runs');
    });
    expect(await opened.app.calls.call('listRuns', { limit: 10 })).toMatchObject({
      code: 'invalid',
    });
    await settle();
    const { host } = await opened.call('getSnapshot', {});
    expect(host.troubles).toMatchObject([
      {
        code: 'database',
        message: expect.stringMatching(/can't be used: parts of it .*restore --empty/) as string,
      },
    ]);
  });

  it('is mended where a call meets an index that is damaged', async () => {
    const opened = await started();
    await opened.call('startRun', { id: 'posts' });
    await opened.app.restart(() => {
      damageUnchecked('runs_by_time');
    });
    expect(await opened.app.calls.call('listRuns', { limit: 10 })).toMatchObject({
      code: 'invalid',
    });
    await settle();
    expect(await codes(opened)).toEqual([]);
    expect((await opened.history()).length).toBeGreaterThan(0);
    expect(opened.lines).toContain('database mended');
  });

  it('keeps no host from starting that is being opened afresh for it', async () => {
    const opened = await open();
    await opened.call('saveSchedule', { schedule: aSchedule(), create: true });
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const restarted = opened.app.restart(() => promise);
    await settle();
    opened.app.start();
    await opened.clock.advance(60_000);
    resolve(undefined);
    await restarted;
    expect((await opened.call('getStatus', {})).running).toBe(true);
  });
});

describe('host: a scheduler that can’t be started', () => {
  it('says why, and is tried again by itself', async () => {
    let fails = true;
    const clock = virtualClock('2026-11-20T08:00:00Z');
    const opened = await open({
      virtual: clock,
      createRunner: () => {
        if (fails) throw new Error('no processes today');
        return fakeRunner(clock);
      },
    });
    opened.app.start();
    const { host } = await opened.call('getSnapshot', {});
    expect(host).toMatchObject({
      running: false,
      troubles: [
        {
          code: 'scheduler',
          message: 'The scheduler could not be started: no processes today.',
        },
      ],
    });
    expect(await bothWays(opened, 'listSchedules', {})).toMatchObject({
      ok: false,
      code: 'internal',
    });
    fails = false;
    await clock.advance(31_000);
    expect(await codes(opened)).toEqual([]);
    expect((await opened.call('getStatus', {})).running).toBe(true);
  });
});

describe('host: a database that another program holds', () => {
  it('opens at once, says so, and heals by itself', async () => {
    await prepared();
    const other = new SqliteDatabase(database());
    other.exec('BEGIN IMMEDIATE');
    const begunMs = performance.now();
    const opened = await open();
    opened.app.start();
    expect(performance.now() - begunMs).toBeLessThan(3_000);
    expect(await codes(opened)).toEqual(['busy']);
    await opened.clock.advance(6_000);
    expect(await codes(opened)).toEqual(['busy']);
    other.exec('ROLLBACK');
    other.close();
    await opened.clock.advance(6_000);
    expect(await codes(opened)).toEqual([]);
    expect((await opened.call('getStatus', {})).running).toBe(true);
  });

  it('says so where it is held later, and goes on', async () => {
    const opened = await started();
    await opened.clock.advance(29 * 60_000);
    const other = new SqliteDatabase(database());
    other.exec('BEGIN IMMEDIATE');
    await opened.clock.advance(2 * 60_000);
    expect(await codes(opened)).toEqual(['busy']);
    other.exec('ROLLBACK');
    other.close();
    await opened.clock.advance(60_000);
    expect(await codes(opened)).toEqual([]);
    expect(await opened.history()).toMatchObject([{ outcome: 'success' }]);
    expect(opened.lines).not.toContain('repaired');
  });
});

describe('host: a folder that can’t be written', () => {
  it('is looked at: everything is shown, nothing starts, every change is refused', async ({
    skip,
  }) => {
    await prepared();
    const hostile = makeReadOnly(folder);
    if (hostile === null) skip('this root may write everywhere, and may not mount');
    const begunMs = performance.now();
    const opened = await open();
    opened.app.start();
    expect(performance.now() - begunMs).toBeLessThan(3_000);
    expect(await bothWays(opened, 'getSnapshot', {})).toMatchObject({
      ok: true,
      value: {
        schedules: [{ id: 'posts' }],
        host: { running: false, leader: null, troubles: [{ code: 'read-only' }] },
      },
    });
    for (const [name, input] of [
      ['saveSchedule', { schedule: aSchedule({ name: 'Other' }) }],
      ['startRun', { id: 'posts' }],
      ['pause', {}],
      ['changeSettings', { concurrency: 2 }],
      ['importFile', { text: 'jackdaw: 1' }],
    ] as const)
      expect(await bothWays(opened, name, input)).toMatchObject({
        ok: false,
        code: 'read-only',
        message: `Jackdaw may not write to ${folder}: you can look at everything, but nothing can be changed or started.`,
      });
    expect(await opened.call('importFile', { text: 'jackdaw: 1', dryRun: true })).toMatchObject({
      dryRun: true,
    });
    await opened.clock.advance(2 * 3_600_000);
    expect(opened.runner.runs).toEqual([]);

    hostile?.mend();
    await opened.clock.advance(31_000);
    expect(await codes(opened)).toEqual([]);
    expect((await opened.call('getStatus', {})).running).toBe(true);
    expect(await opened.call('setEnabled', { id: 'posts', enabled: false })).toMatchObject({
      enabled: false,
    });
  });
});

describe('host: schedules that are set aside', () => {
  it('names those whose row can’t be read, until they are mended', async () => {
    await prepared();
    const db = new SqliteDatabase(database());
    db.prepare(
      `UPDATE schedules SET document = json_set(document, '$.timezone', 'Mars/Base')`,
    ).run();
    db.close();
    const opened = await open();
    opened.app.start();
    const { host, schedules } = await opened.call('getSnapshot', {});
    expect(schedules).toEqual([]);
    expect(host.troubles).toMatchObject([
      {
        code: 'quarantined',
        message: expect.stringMatching(
          /^1 schedule is set aside and doesn’t run: posts \(its row can’t be read: timezone .+\)\. The others go on\.$/,
        ) as string,
      },
    ]);
    await opened.call('saveSchedule', { schedule: aSchedule(), create: true });
    expect(await codes(opened)).toEqual([]);
  });
});

describe('host: a disk that gets full', () => {
  it('warns before it is', async () => {
    let free = 99_000_000;
    const opened = await started({ freeBytes: () => free });
    const { host } = await opened.call('getSnapshot', {});
    expect(host.troubles).toMatchObject([
      { code: 'low-space', message: expect.stringMatching(/^Only 99 MB are left/) as string },
    ]);
    free = 110_000_000;
    await opened.clock.advance(61_000);
    expect(await codes(opened)).toEqual(['low-space']);
    free = 130_000_000;
    await opened.clock.advance(61_000);
    expect(await codes(opened)).toEqual([]);
  });

  /** A host on a disk of 8 MB, and what fills and frees the rest of it. */
  async function onSmallDisk(skip: (why: string) => never) {
    disk = smallDisk(folder, 8);
    if (disk === null) skip('this user may not mount a small disk');
    const filler = join(disk.path, 'filler');
    return {
      dataFolder: join(disk.path, 'data'),
      fill: () => {
        try {
          writeFileSync(filler, Buffer.alloc(16_000_000));
        } catch {
          // As much as there was room for is written.
        }
      },
      free: () => {
        rmSync(filler, { force: true });
      },
    };
  }

  it('starts nothing once it is, keeps what was recorded, and goes on by itself', async ({
    skip,
  }) => {
    const { dataFolder, fill, free } = await onSmallDisk(skip);
    const opened = await started({ dataFolder });
    await opened.clock.advance(31 * 60_000);
    expect(await opened.history()).toMatchObject([{ outcome: 'success' }]);
    opened.runner.answer = null;
    await opened.clock.advance(30 * 60_000);
    expect(opened.runner.runs.length).toBe(2);

    fill();
    opened.runner.runs
      .at(-1)
      ?.end({ records: [{ title: 'x'.repeat(400_000), url: 'http://a.test/' }] });
    await settle();
    expect(await codes(opened)).toContain('disk-full');
    expect(await opened.app.calls.call('startRun', { id: 'posts' })).toMatchObject({
      ok: false,
      code: 'disk-full',
    });
    await opened.clock.advance(2 * 3_600_000);
    expect(opened.runner.runs.length).toBe(2);
    expect(await codes(opened)).toContain('disk-full');

    free();
    await opened.clock.advance(60_000);
    expect(await codes(opened)).not.toContain('disk-full');
    // The run that had ended is recorded, and the slots that were due meanwhile have their row.
    const rows = await opened.history();
    expect(rows.filter(({ state }) => state !== 'ended').length).toBeLessThanOrEqual(1);
    expect(rows.length).toBeGreaterThanOrEqual(3);
    expect(opened.runner.runs.length).toBe(3);
    expect(opened.lines).not.toContain('repaired');
  });

  it('opens and says so where it is at the start, and leads once there is space', async ({
    skip,
  }) => {
    const { dataFolder, fill, free } = await onSmallDisk(skip);
    const first = await started({ dataFolder });
    await first.stop();
    fill();
    const opened = await open({ dataFolder });
    opened.app.start();
    expect(await codes(opened)).toContain('disk-full');
    expect(await opened.app.calls.call('listSchedules', {})).toMatchObject({ code: 'disk-full' });
    free();
    await opened.clock.advance(60_000);
    expect(await codes(opened)).not.toContain('disk-full');
    expect((await opened.call('getStatus', {})).running).toBe(true);
    expect((await opened.call('listSchedules', {})).length).toBe(1);
  });
});
