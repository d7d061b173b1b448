import { chmodSync, renameSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../contract/settings.ts';
import type { Desktop } from '../../../main/calls/context.ts';
import { databasePath, openDatabase } from '../../../main/store/database.ts';
import { aFolder, aSchedule } from '../../support/builders.ts';
import { officeHours, openBusyApp } from '../../support/busy-app.ts';
import { damageLeaf } from '../../support/damage.ts';
import { openTestApp, type TestApp, type TestAppOptions } from '../../support/test-app.ts';

let jackdaw: TestApp | null = null;
afterEach(async () => {
  await jackdaw?.stop();
  jackdaw = null;
});

async function open(options: TestAppOptions = {}): Promise<TestApp> {
  jackdaw = await openTestApp(options);
  return jackdaw;
}

/** A desktop that keeps what it was asked. */
function aDesktop(given: Partial<Desktop> = {}): { desktop: Desktop; asked: unknown[] } {
  const asked: unknown[] = [];
  const desktop: Desktop = {
    loginItem: { get: () => false, set: (enabled) => void asked.push(enabled) },
    openFolder: (path) => {
      asked.push(path);
      return Promise.resolve();
    },
    tray: true,
    installed: true,
    ...given,
  };
  return { desktop, asked };
}

describe('calls/host: snapshot', () => {
  it('is everything a window shows at first', async () => {
    const busy = await openBusyApp();
    jackdaw = busy.jackdaw;
    const snapshot = await jackdaw.call('getSnapshot', {});
    expect(snapshot).toMatchObject({
      settings: { values: defaultSettings, locked: {} },
      hours: [
        { profile: { id: 'nights' }, usedBy: [] },
        { profile: officeHours, usedBy: ['posts'] },
      ],
      schedules: [
        { id: 'posts', state: 'waiting' },
        { id: 'prices', state: 'running' },
      ],
      runs: [{ run: busy.runs.going, state: 'running' }],
    });
    expect(snapshot.host).toEqual({
      leader: {
        host: 'headless',
        pid: process.pid,
        version: '0.0.0-test',
        since: '2026-11-20T08:00:00Z',
      },
      running: false,
      pause: null,
      version: '0.0.0-test',
      timezone: 'UTC',
      tz: process.versions['tz'],
      zones: { was: null, move: null, comparison: null, warns: false },
      troubles: [],
      dataFolder: jackdaw.folder,
      logFolder: `${jackdaw.folder}/logs`,
      abilities: { tray: false, loginItem: false, openFolder: false, power: false, network: false },
      review: null,
      askStartAtLogin: false,
    });
  });
});

describe('calls/host: status', () => {
  it('tells of a host at rest', async () => {
    const app = await open();
    expect(await app.call('getStatus', {})).toEqual({
      running: false,
      paused: null,
      leader: expect.objectContaining({ host: 'headless' }) as unknown,
      startedAt: null,
      lastTickAt: null,
      lagMs: null,
      queue: 0,
      runningRuns: 0,
      last24h: { runs: 0, failed: 0, medianMs: null, p99LatenessMs: null },
      databaseBytes: expect.any(Number) as number,
      tz: process.versions['tz'],
      schedules: [],
    });
  });

  it('counts the runs of the last 24 hours, their failures, median and lateness', async () => {
    const app = await open();
    await app.call('saveSchedule', {
      schedule: aSchedule({ retry: { attempts: 1 } }),
      create: true,
    });
    app.app.start();
    for (const [afterMs, report] of [
      [1_000, {}],
      [2_000, { outcome: 'failed', reason: 'dns' }],
      [3_000, {}],
      [9_000, { outcome: 'timed-out' }],
    ] as const) {
      app.runner.answer = { afterMs, report };
      await app.clock.advance(1_800_000);
    }
    await app.clock.advance(60_000);
    const status = await app.call('getStatus', {});
    expect(status).toMatchObject({
      running: true,
      startedAt: '2026-11-20T08:00:00Z',
      lagMs: 0,
      last24h: { runs: 4, failed: 2, medianMs: 2_000, p99LatenessMs: 0 },
      schedules: [
        {
          id: 'posts',
          name: 'Posts',
          enabled: true,
          state: 'waiting',
          trigger: 'every 30 minutes',
          nextRunAt: '2026-11-20T10:30:00Z',
          why: 'every 30 minutes → 10:30',
          lastRunAt: '2026-11-20T10:00:00Z',
          lastOutcome: 'timed-out',
        },
      ],
    });
    expect(Date.parse(status.lastTickAt ?? '')).toBeGreaterThan(app.clock.now() - 31_000);
    expect(status.databaseBytes).toBeGreaterThan(4_096);
    await app.call('setEnabled', { id: 'posts', enabled: false });
    await app.clock.advance(86_400_000);
    expect((await app.call('getStatus', {})).last24h.runs).toBe(0);
  });

  it('names no leader where it is only one command', async () => {
    const app = await open({ host: 'command' });
    expect((await app.call('getStatus', {})).leader).toBeNull();
  });

  it('tells the queue, the runs and the pause', async () => {
    const app = await open({ environment: { JACKDAW_CONCURRENCY: '1' } });
    app.runner.answer = null;
    for (const id of ['one', 'two', 'three']) {
      await app.call('saveSchedule', { schedule: aSchedule({ id }), create: true });
      await app.call('startRun', { id });
    }
    await app.call('pause', { until: '2026-11-20T12:00:00Z' });
    expect(await app.call('getStatus', {})).toMatchObject({
      queue: 2,
      runningRuns: 1,
      paused: { until: '2026-11-20T12:00:00Z', why: 'user', since: '2026-11-20T08:00:00Z' },
    });
  });
});

describe('calls/host: pause and resume', () => {
  it('pauses all, and one, and answers what holds', async () => {
    const app = await open();
    await app.call('saveSchedule', { schedule: aSchedule(), create: true });
    expect(await app.call('pause', {})).toEqual({
      id: null,
      pause: { until: null, why: 'user', since: '2026-11-20T08:00:00Z' },
    });
    expect(await app.call('pause', { id: 'posts', until: '2026-11-20T12:00:00+02:00' })).toEqual({
      id: 'posts',
      pause: { until: '2026-11-20T10:00:00Z', why: 'user', since: '2026-11-20T08:00:00Z' },
    });
    const pauses = async () => {
      const { host, schedules } = await app.call('getSnapshot', {});
      return [host.pause?.until, schedules[0]?.pause?.until];
    };
    expect(await pauses()).toEqual([null, '2026-11-20T10:00:00Z']);
    expect(await app.call('resume', { id: 'posts' })).toEqual({
      id: 'posts',
      resumedAt: '2026-11-20T08:00:00Z',
    });
    expect(await pauses()).toEqual([null, undefined]);
    expect((await app.call('resume', {})).id).toBeNull();
    expect(await pauses()).toEqual([undefined, undefined]);
  });

  it('does nothing to what isn’t paused: a slot due at this moment still runs', async () => {
    const app = await open();
    await app.call('saveSchedule', { schedule: aSchedule(), create: true });
    app.app.start();
    await app.clock.advance(1_799_000);
    app.clock.sleep(2_000);
    await app.call('resume', { id: 'posts' });
    await app.call('resume', {});
    await app.clock.advance(5_000);
    expect((await app.history()).map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['success', null],
    ]);
  });

  it('keeps a pause of all over a restart', async () => {
    const app = await open();
    await app.call('pause', {});
    jackdaw = await app.restart();
    expect((await jackdaw.call('getSnapshot', {})).host.pause).toEqual({
      until: null,
      why: 'user',
      since: '2026-11-20T08:00:00Z',
    });
  });
});

describe('calls/host: settings', () => {
  it('writes them, keeps them over a restart, and tells every window', async () => {
    const app = await open();
    const told: unknown[] = [];
    app.app.changes.subscribe((event) => {
      if (event.name === 'settings') told.push(event.value);
    });
    const change = { concurrency: 5, theme: 'dark', hostGap: '2s' } as const;
    const view = { values: { ...defaultSettings, ...change }, locked: {} };
    expect(await app.call('changeSettings', change)).toEqual(view);
    expect(told).toEqual([view]);
    jackdaw = await app.restart();
    expect((await jackdaw.call('getSnapshot', {})).settings).toEqual(view);
  });

  it('lets the environment win, shows what it set, and refuses to change it', async () => {
    const app = await open({
      environment: {
        JACKDAW_CONCURRENCY: '7',
        JACKDAW_HOST_GAP: '3s',
        JACKDAW_START_AT_LOGIN: 'false',
        JACKDAW_THEME: '',
        JACKDAW_OTHER: 'x',
      },
    });
    const locked = {
      concurrency: 'JACKDAW_CONCURRENCY',
      hostGap: 'JACKDAW_HOST_GAP',
      startAtLogin: 'JACKDAW_START_AT_LOGIN',
    };
    const values = { ...defaultSettings, concurrency: 7, hostGap: '3s', startAtLogin: false };
    expect((await app.call('getSnapshot', {})).settings).toEqual({ values, locked });
    expect(await app.app.calls.invoke('changeSettings', { theme: 'dark', concurrency: 2 })).toEqual(
      {
        ok: false,
        code: 'conflict',
        path: 'concurrency',
        message: 'concurrency is set by JACKDAW_CONCURRENCY in the environment; change it there.',
        faults: [
          {
            path: 'concurrency',
            message: 'is set by JACKDAW_CONCURRENCY in the environment; change it there',
          },
        ],
      },
    );
    expect((await app.call('getSnapshot', {})).settings).toEqual({ values, locked });
    expect((await app.call('changeSettings', { theme: 'dark' })).values.theme).toBe('dark');
  });

  it.each([
    ['JACKDAW_CONCURRENCY', 'many'],
    ['JACKDAW_CONCURRENCY', '0'],
    ['JACKDAW_HOST_GAP', 'soon'],
    ['JACKDAW_TIMEZONE', 'Mars/Olympus'],
  ])('does not start with %s=%s, and names it', async (name, text) => {
    await expect(openTestApp({ environment: { [name]: text } })).rejects.toMatchObject({
      code: 'invalid',
      path: name,
    });
  });

  it('counts a stored setting that can’t be read as never changed', async () => {
    const app = await open();
    await app.call('changeSettings', { concurrency: 5, theme: 'dark' });
    const db = openDatabase(app.folder);
    db.prepare("UPDATE settings SET value = '99' WHERE name = 'concurrency'").run();
    db.prepare("INSERT INTO settings (name, value) VALUES ('colour', '1')").run();
    db.close();
    jackdaw = await app.restart();
    expect((await jackdaw.call('getSnapshot', {})).settings.values).toEqual({
      ...defaultSettings,
      theme: 'dark',
    });
  });

  it('lets the environment win over what was stored, and only while it says so', async () => {
    const folder = aFolder();
    const concurrencyWith = async (environment: Record<string, string>): Promise<number> => {
      const app = await openTestApp({ dataFolder: folder.path, environment });
      const { settings } = await app.call('getSnapshot', {});
      if (Object.keys(environment).length === 0)
        await app.call('changeSettings', { concurrency: 5 });
      await app.stop();
      return settings.values.concurrency;
    };
    const values = [
      await concurrencyWith({}),
      await concurrencyWith({ JACKDAW_CONCURRENCY: '7' }),
      await concurrencyWith({}),
    ];
    folder.remove();
    expect(values).toEqual([defaultSettings.concurrency, 7, 5]);
  });

  it('starts more at once as soon as it may', async () => {
    const app = await open({});
    await app.call('changeSettings', { concurrency: 1 });
    app.runner.answer = null;
    for (const id of ['one', 'two', 'three']) {
      await app.call('saveSchedule', { schedule: aSchedule({ id }), create: true });
      await app.call('startRun', { id });
    }
    expect(app.runner.runs).toHaveLength(1);
    await app.call('changeSettings', { concurrency: 2 });
    expect(app.runner.runs).toHaveLength(2);
  });

  it('moves the times of schedules without a zone of their own', async () => {
    const app = await open({ zone: 'Europe/Berlin' });
    const trigger = { kind: 'cron', expression: '0 12 * * *' } as const;
    await app.call('saveSchedule', { schedule: aSchedule({ trigger }), create: true });
    const own = aSchedule({ id: 'own', trigger, timezone: 'America/New_York' });
    await app.call('saveSchedule', { schedule: own, create: true });
    const next = async () =>
      (await app.call('listSchedules', {})).map(({ nextRun, timezone }) => [nextRun?.at, timezone]);
    const newYork = ['2026-11-20T17:00:00Z', 'America/New_York'];
    expect(await next()).toEqual([['2026-11-20T11:00:00Z', 'Europe/Berlin'], newYork]);
    await app.call('changeSettings', { timezone: 'Asia/Tokyo' });
    expect(await next()).toEqual([['2026-11-21T03:00:00Z', 'Asia/Tokyo'], newYork]);
    await app.call('changeSettings', { timezone: null });
    expect(await next()).toEqual([['2026-11-20T11:00:00Z', 'Europe/Berlin'], newYork]);
  });
});

describe('calls/host: the desktop', () => {
  it('sets the login item, and asks about it once, in an installed app only', async () => {
    const { desktop, asked } = aDesktop();
    const app = await open({ desktop });
    const ask = async () => (await app.call('getSnapshot', {})).host.askStartAtLogin;
    expect(await ask()).toBe(true);
    await app.call('changeSettings', { startAtLogin: true });
    await app.call('changeSettings', { startAtLogin: false });
    await app.call('changeSettings', { theme: 'dark' });
    expect(asked).toEqual([true, false]);
    expect(await ask()).toBe(false);
  });

  it('asks nothing in a checkout', async () => {
    const app = await open({ desktop: aDesktop({ installed: false }).desktop });
    const { host } = await app.call('getSnapshot', {});
    expect([host.askStartAtLogin, host.abilities]).toEqual([
      false,
      { tray: true, loginItem: true, openFolder: true, power: true, network: true },
    ]);
  });

  it.each([
    ['headless', null],
    ['a desktop without login items', aDesktop({ loginItem: null }).desktop],
  ])('refuses to start at login: %s', async (_, desktop) => {
    const app = await open({ desktop });
    expect(await app.app.calls.invoke('changeSettings', { startAtLogin: true })).toMatchObject({
      ok: false,
      code: 'unsupported',
      message: 'This host can’t start at login; the desktop app can.',
    });
    expect((await app.call('getSnapshot', {})).settings.values.startAtLogin).toBeNull();
  });

  it('shows the data and the log folder', async () => {
    const { desktop, asked } = aDesktop();
    const app = await open({ desktop });
    expect(await app.call('openFolder', { folder: 'data' })).toEqual({ folder: 'data' });
    await app.call('openFolder', { folder: 'log' });
    expect(asked).toEqual([app.folder, `${app.folder}/logs`]);
  });

  it('has no folder to show where there is no desktop', async () => {
    const app = await open();
    expect(await app.app.calls.invoke('openFolder', { folder: 'data' })).toMatchObject({
      ok: false,
      code: 'unsupported',
    });
  });
});

describe('calls/host: the sample', () => {
  it('adds two schedules for a site it serves, once', async () => {
    const app = await open({ at: '2026-11-20T08:00:30Z' });
    const first = await app.call('addSample', {});
    expect(first).toMatchObject({
      added: ['sample-every-minute', 'sample-closed-now'],
      present: [],
    });
    const answer = await fetch(first.url);
    expect([answer.status, await answer.text()]).toEqual([
      200,
      expect.stringContaining('class="thing"'),
    ]);
    const views = await app.call('listSchedules', {});
    expect(views.map(({ nextRun }) => nextRun?.at)).toEqual([
      '2026-11-20T08:01:00Z',
      '2026-11-20T13:00:00Z',
    ]);
    expect(views[1]?.why.some(({ code }) => code === 'opening' || code === 'closed')).toBe(true);
    await app.call('deleteSchedule', { id: 'sample-closed-now' });
    expect(await app.call('addSample', {})).toEqual({
      added: ['sample-closed-now'],
      present: ['sample-every-minute'],
      url: first.url,
    });
    expect((await app.call('addSample', {})).added).toEqual([]);
  });

  it('serves the site again after a restart; schedules follow where its port was taken', async () => {
    const app = await open();
    await app.call('addSample', {});
    const { document } = await app.call('getSchedule', { id: 'sample-every-minute' });
    const scrape = { ...document.scrape, url: 'http://127.0.0.1:9/' };
    await app.call('saveSchedule', { schedule: { ...document, scrape } });
    app.clock.sleep(600_000);
    jackdaw = await app.restart();
    const moved = await jackdaw.call('getSchedule', { id: 'sample-every-minute' });
    expect((await fetch(moved.document.scrape.url)).status).toBe(200);
    // Following the address judges no slot: what was missed meanwhile is caught up with at the start.
    expect(await jackdaw.history()).toEqual([]);
    jackdaw.app.start();
    await jackdaw.clock.advance(5_000);
    expect(
      (await jackdaw.history('sample-every-minute')).map(({ cause, coalesced }) => [
        cause,
        coalesced,
      ]),
    ).toEqual([['slot', 10]]);
  });
});

describe('calls/host: the doctor', () => {
  it('finds nothing wrong, and says what it looked at', async () => {
    const app = await open({ zone: 'Europe/Berlin' });
    await app.call('saveSchedule', { schedule: aSchedule(), create: true });
    expect(await app.call('runDoctor', {})).toEqual({
      ok: true,
      checks: [
        {
          check: 'database',
          ok: true,
          finding: `${app.folder}/jackdaw.db is sound.`,
          remedy: null,
        },
        {
          check: 'backups',
          ok: true,
          finding: 'There is no backup yet; a host makes one each day.',
          remedy: null,
        },
        { check: 'rights', ok: true, finding: `${app.folder} can be written.`, remedy: null },
        { check: 'schedules', ok: true, finding: '1 schedules can be read.', remedy: null },
        { check: 'hours', ok: true, finding: '0 named hours can be read.', remedy: null },
        {
          check: 'zone data',
          ok: true,
          finding: `Zone data ${process.versions['tz'] ?? ''}; the computer is in Europe/Berlin. This system has no zone data of its own to compare it with.`,
          remedy: null,
        },
      ],
      advice: [],
    });
  });

  it('has a thread of its own look at the file, and says of one that it can’t look at why', async () => {
    const app = await open({ unaudited: 'its file is broken by hand' });
    const path = databasePath(app.folder);
    const fileCheck = async () => (await app.call('runDoctor', {})).checks[0];
    const remedy =
      'Restore a backup, in Settings or with jackdaw restore; what is there now is kept.';
    renameSync(path, `${path}.away`);
    // Its own connection still has the file, and would find nothing wrong.
    expect(await fileCheck()).toEqual({
      check: 'database',
      ok: false,
      finding: `${path} can't be checked: unable to open database file.`,
      remedy,
    });
    renameSync(`${path}.away`, path);
    damageLeaf(app.folder, 'robots');
    expect(await fileCheck()).toEqual({
      check: 'database',
      ok: false,
      finding: `SQLite finds faults in ${path}.`,
      remedy,
    });
  });

  it('finds schedules and hours that were set aside; the app goes on without them', async () => {
    const app = await open();
    await app.call('saveHours', { profile: officeHours, create: true });
    await app.call('saveHours', { profile: { id: 'nights' }, create: true });
    for (const [id, hours] of [
      ['kept', 'office'],
      ['broken', 'always'],
      ['free', 'always'],
    ] as const)
      await app.call('saveSchedule', { schedule: aSchedule({ id, hours }), create: true });
    const db = openDatabase(app.folder);
    db.prepare("UPDATE hours SET document = '{ broken' WHERE id = 'office'").run();
    db.prepare(
      `UPDATE schedules SET document = json_set(document, '$.trigger',
         json('{"kind":"cron","expression":"no cron"}')) WHERE id = 'broken'`,
    ).run();
    db.close();
    const again = await app.restart();
    jackdaw = again;
    expect((await again.call('getSnapshot', {})).hours.map(({ profile }) => profile.id)).toEqual([
      'nights',
    ]);
    // Hours that can't be read must not mean that a schedule runs whenever it likes.
    const views = await again.call('listSchedules', {});
    expect(views.map(({ id, state, nextRun }) => [id, state, nextRun?.at])).toEqual([
      ['kept', 'never', undefined],
      ['broken', 'quarantined', undefined],
      ['free', 'waiting', '2026-11-20T08:30:00Z'],
    ]);
    expect(views[0]?.why.at(-1)?.text).toBe('office (missing) never open');
    const aside = ({ check, finding }: { check: string; finding: string }) => [check, finding];
    const report = await again.call('runDoctor', {});
    expect(report.checks.filter(({ ok }) => !ok).map(aside)).toEqual([
      ['schedules', "These schedules can't be read and don't run: broken."],
      ['hours', "These hours can't be read and never open: office."],
    ]);
    const text = JSON.stringify({ jackdaw: 1, hours: [officeHours] });
    await again.call('importFile', { text });
    expect((await again.call('getSchedule', { id: 'kept' })).nextRun?.at).toBe(
      '2026-11-20T09:00:00Z',
    );
  });

  it('finds a folder that can’t be written', async ({ skip }) => {
    skip(process.getuid?.() === 0, 'root may write everywhere');
    const app = await open();
    chmodSync(app.folder, 0o500);
    const report = await app.call('runDoctor', {});
    chmodSync(app.folder, 0o700);
    expect(report.checks[1]).toEqual({
      check: 'rights',
      ok: false,
      finding: `${app.folder} can't be written.`,
      remedy: 'Give yourself write permission to it.',
    });
  });
});
