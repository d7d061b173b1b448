import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../main/store/database.ts';
import { aSchedule } from '../../support/builders.ts';
import { officeHours, rowsAt, runWith } from '../../support/busy-app.ts';
import { openTestApp, type TestApp } from '../../support/test-app.ts';

let jackdaw: TestApp;
beforeEach(async () => {
  jackdaw = await openTestApp();
});
afterEach(async () => {
  await jackdaw.stop();
});

async function save(given: Parameters<typeof aSchedule>[0] = {}): Promise<void> {
  await jackdaw.call('saveSchedule', { schedule: aSchedule(given), create: true });
}

describe('calls/schedules: one as every screen shows it', () => {
  it('tells everything of a new schedule', async () => {
    await jackdaw.call('saveHours', { profile: officeHours, create: true });
    const schedule = aSchedule({ hours: 'office', timezone: 'Europe/Berlin' });
    const view = await jackdaw.call('saveSchedule', { schedule, create: true });
    expect(view).toEqual({
      id: 'posts',
      name: 'Posts',
      enabled: true,
      state: 'waiting',
      trigger: 'every 30 minutes',
      hours: 'Office hours: Mon–Fri 09:00–17:00',
      timezone: 'Europe/Berlin',
      pause: null,
      failures: 0,
      pausedBy: null,
      open: true,
      nextRun: { at: '2026-11-20T08:30:00Z', local: '2026-11-20T09:30:00+01:00' },
      why: [expect.objectContaining({ text: 'every 30 minutes → 09:30' }) as unknown],
      last: null,
      strip: [],
      rows: null,
      document: schedule,
    });
    expect(await jackdaw.call('getSchedule', { id: 'posts' })).toEqual(view);
  });

  it('says where its hours come from', async () => {
    const hoursOf = async (): Promise<string> =>
      (await jackdaw.call('getSchedule', { id: 'posts' })).hours;
    await save();
    expect(await hoursOf()).toBe('Always (default)');
    await jackdaw.call('saveHours', { profile: officeHours, create: true });
    await jackdaw.call('changeSettings', { defaultHours: 'office' });
    expect(await hoursOf()).toBe('Office hours (default): Mon–Fri 09:00–17:00');
    await jackdaw.call('saveSchedule', { schedule: aSchedule({ hours: 'always' }) });
    expect(await hoursOf()).toBe('Always');
    const own = { week: { sat: ['10:00-12:00'] } };
    await jackdaw.call('saveSchedule', { schedule: aSchedule({ hours: own }) });
    expect(await hoursOf()).toBe('Sat 10:00–12:00');
  });

  it('names the state it is in, and the reason first', async () => {
    const shown = async (): Promise<readonly unknown[]> => {
      const { state, nextRun, why } = await jackdaw.call('getSchedule', { id: 'posts' });
      return [state, nextRun?.at ?? null, why[0]?.code];
    };
    await save();
    jackdaw.app.start();
    expect(await shown()).toEqual(['waiting', '2026-11-20T08:30:00Z', 'trigger']);
    await jackdaw.call('pause', { id: 'posts', until: '2026-11-20T10:10:00Z' });
    expect(await shown()).toEqual(['paused', '2026-11-20T10:30:00Z', 'paused']);
    await jackdaw.call('resume', { id: 'posts' });
    await jackdaw.call('pause', {});
    expect(await shown()).toEqual(['paused', null, 'all-paused']);
    await jackdaw.call('resume', {});
    await jackdaw.call('setEnabled', { id: 'posts', enabled: false });
    expect(await shown()).toEqual(['off', null, 'off']);
    await jackdaw.call('setEnabled', { id: 'posts', enabled: true });
    jackdaw.runner.answer = null;
    await jackdaw.call('startRun', { id: 'posts' });
    expect((await shown())[0]).toBe('running');
    jackdaw.runner.runs.at(-1)?.end();
    await save({ id: 'never', trigger: { kind: 'cron', expression: '0 0 31 2 *' } });
    const never = await jackdaw.call('getSchedule', { id: 'never' });
    expect([never.state, never.nextRun, never.why[0]?.code]).toEqual(['never', null, 'no-date']);
  });

  it('waits for a retry, and for its turn', async () => {
    await save();
    jackdaw.app.start();
    const report = { outcome: 'failed', reason: 'http-500', retryable: true } as const;
    jackdaw.runner.answer = { afterMs: 1_000, report };
    await jackdaw.clock.advance(1_803_000);
    expect((await jackdaw.call('getSchedule', { id: 'posts' })).state).toBe('waiting-retry');
    await jackdaw.call('changeSettings', { concurrency: 1 });
    jackdaw.runner.answer = null;
    await save({ id: 'other' });
    await save({ id: 'third' });
    await jackdaw.call('startRun', { id: 'other' });
    const queued = await jackdaw.call('startRun', { id: 'third' });
    expect(queued.state).toBe('queued');
    expect((await jackdaw.call('getSchedule', { id: 'third' })).state).toBe('queued');
  });

  it('is finished once its one time has come', async () => {
    await save({ trigger: { kind: 'once', at: '2026-11-20T08:30' } });
    jackdaw.app.start();
    await jackdaw.clock.advance(1_805_000);
    expect(await jackdaw.call('getSchedule', { id: 'posts' })).toMatchObject({
      state: 'finished',
      nextRun: null,
      last: { outcome: 'success', slotAt: '2026-11-20T08:30:00Z' },
    });
  });

  it('shows the last 30 outcomes, oldest first', async () => {
    await save({ trigger: { kind: 'interval', every: '1m' } });
    jackdaw.app.start();
    await jackdaw.clock.advance(20 * 60_000 + 5_000);
    await jackdaw.call('pause', { id: 'posts' });
    await jackdaw.clock.advance(60_000);
    await jackdaw.call('resume', { id: 'posts' });
    await jackdaw.clock.advance(15 * 60_000);
    const { strip, last } = await jackdaw.call('getSchedule', { id: 'posts' });
    expect(strip).toHaveLength(30);
    expect(strip.filter(({ outcome }) => outcome === 'skipped')).toEqual([
      { outcome: 'skipped', reason: 'paused', at: '2026-11-20T08:21:00Z', row: 's21' },
    ]);
    expect([...strip].sort((a, b) => a.at.localeCompare(b.at))).toEqual(strip);
    expect(last?.recordedAt).toBe(strip.at(-1)?.at);
  });
});

describe('calls/schedules: changing one', () => {
  it('copies one, switched off, under the next free id', async () => {
    await save({ id: 'a'.repeat(64), name: 'N'.repeat(200) });
    const copy = await jackdaw.call('duplicateSchedule', { id: 'a'.repeat(64) });
    expect([copy.id, copy.name, copy.enabled]).toEqual([
      `${'a'.repeat(58)}-2`,
      `${'N'.repeat(190)} (copy)`,
      false,
    ]);
    const next = await jackdaw.call('duplicateSchedule', { id: 'a'.repeat(64) });
    expect(next.id).toBe(`${'a'.repeat(58)}-3`);
  });

  it('counts from the switching on: nothing was missed while it was off', async () => {
    await save();
    jackdaw.app.start();
    await jackdaw.call('setEnabled', { id: 'posts', enabled: false });
    await jackdaw.clock.advance(3 * 3_600_000);
    await jackdaw.call('setEnabled', { id: 'posts', enabled: true });
    await jackdaw.clock.advance(1_805_000);
    expect((await jackdaw.history()).map(({ slotAt, outcome }) => [slotAt, outcome])).toEqual([
      ['2026-11-20T11:30:00Z', 'success'],
    ]);
  });

  it('keeps its history and its rows when it is saved anew', async () => {
    await save();
    await runWith(jackdaw, 'posts', rowsAt(['one', 1]));
    await jackdaw.call('saveSchedule', { schedule: aSchedule({ name: 'Renamed' }) });
    expect(await jackdaw.call('getSchedule', { id: 'posts' })).toMatchObject({
      name: 'Renamed',
      rows: 1,
      last: { outcome: 'success', scheduleName: 'Renamed' },
    });
  });
});

describe('calls/schedules: deleting and bringing back', () => {
  it('brings back history, rows and pause', async () => {
    await save();
    const run = await runWith(jackdaw, 'posts', rowsAt(['one', 1]));
    await jackdaw.call('pause', { id: 'posts' });
    const before = await jackdaw.call('getSchedule', { id: 'posts' });
    const history = await jackdaw.history();
    expect(await jackdaw.call('deleteSchedule', { id: 'posts' })).toEqual({ id: 'posts' });
    expect(await jackdaw.call('listSchedules', {})).toEqual([]);
    expect(await jackdaw.history()).toEqual([]);
    expect(await jackdaw.call('undeleteSchedule', { id: 'posts' })).toEqual(before);
    expect(await jackdaw.history()).toEqual(history);
    expect(await jackdaw.call('listRecords', { id: 'posts' })).toMatchObject([
      { title: 'one', _run: run },
    ]);
  });

  it('has missed nothing while it was deleted', async () => {
    await save();
    jackdaw.app.start();
    await jackdaw.call('deleteSchedule', { id: 'posts' });
    await jackdaw.clock.advance(3 * 3_600_000);
    await jackdaw.call('undeleteSchedule', { id: 'posts' });
    await jackdaw.clock.advance(1_805_000);
    expect((await jackdaw.history()).map(({ slotAt }) => slotAt)).toEqual(['2026-11-20T11:30:00Z']);
  });

  it('cancels what goes on when it is deleted, and remembers that', async () => {
    await save();
    jackdaw.runner.answer = null;
    await jackdaw.call('startRun', { id: 'posts' });
    await jackdaw.call('deleteSchedule', { id: 'posts' });
    await jackdaw.clock.advance(1_000);
    await jackdaw.call('undeleteSchedule', { id: 'posts' });
    expect(await jackdaw.history()).toMatchObject([
      { outcome: 'cancelled', reason: 'deleted', message: 'The schedule was deleted.' },
    ]);
  });

  it('ends a waiting retry when it is deleted: its slot keeps the outcome it had', async () => {
    await save();
    jackdaw.app.start();
    const report = { outcome: 'failed', reason: 'http-500', retryable: true } as const;
    jackdaw.runner.answer = { afterMs: 1_000, report };
    await jackdaw.clock.advance(1_803_000);
    await jackdaw.call('deleteSchedule', { id: 'posts' });
    const view = await jackdaw.call('undeleteSchedule', { id: 'posts' });
    expect([view.state, view.last?.outcome]).toEqual(['waiting', 'failed']);
    await jackdaw.clock.advance(600_000);
    expect(jackdaw.runner.runs).toHaveLength(1);
    const db = openDatabase(jackdaw.folder);
    expect(db.prepare('SELECT state, outcome, reason FROM slots').all()).toEqual([
      { state: 'ended', outcome: 'failed', reason: 'http-500' },
    ]);
    db.close();
  });

  it('is not brought back without its hours: it would run always', async () => {
    await jackdaw.call('saveHours', { profile: officeHours, create: true });
    await save({ hours: 'office' });
    await jackdaw.call('deleteSchedule', { id: 'posts' });
    await jackdaw.call('deleteHours', { id: 'office' });
    expect(await jackdaw.app.calls.invoke('undeleteSchedule', { id: 'posts' })).toMatchObject({
      ok: false,
      code: 'conflict',
      path: 'id',
      message: 'Posts keeps the hours office, which were deleted; add these again first.',
    });
    expect(await jackdaw.call('listSchedules', {})).toEqual([]);
    await jackdaw.call('saveHours', { profile: officeHours, create: true });
    expect((await jackdaw.call('undeleteSchedule', { id: 'posts' })).id).toBe('posts');
  });

  it('is not brought back beside a new one of its id', async () => {
    await save({ name: 'Old' });
    await jackdaw.call('deleteSchedule', { id: 'posts' });
    await save({ name: 'New' });
    expect(await jackdaw.app.calls.invoke('undeleteSchedule', { id: 'posts' })).toMatchObject({
      ok: false,
      code: 'conflict',
      path: 'id',
    });
    expect((await jackdaw.call('getSchedule', { id: 'posts' })).name).toBe('New');
  });

  it('can’t be brought back a day later, when its history may be gone in part', async () => {
    await save();
    await runWith(jackdaw, 'posts', rowsAt(['one', 1]));
    await jackdaw.call('deleteSchedule', { id: 'posts' });
    jackdaw.clock.step(86_400_001);
    expect(await jackdaw.app.calls.invoke('undeleteSchedule', { id: 'posts' })).toMatchObject({
      ok: false,
      code: 'not-found',
    });
  });

  it('can be brought back after a restart the same day', async () => {
    await save();
    await jackdaw.call('deleteSchedule', { id: 'posts' });
    jackdaw.clock.step(86_400_000);
    jackdaw = await jackdaw.restart();
    expect((await jackdaw.call('undeleteSchedule', { id: 'posts' })).id).toBe('posts');
  });

  it('leaves an unreadable schedule its id: no copy takes it', async () => {
    await save();
    await save({ id: 'posts-2' });
    const db = openDatabase(jackdaw.folder);
    db.prepare("UPDATE schedules SET document = '{ broken' WHERE id = 'posts-2'").run();
    db.close();
    jackdaw = await jackdaw.restart();
    expect((await jackdaw.call('duplicateSchedule', { id: 'posts' })).id).toBe('posts-3');
  });
});
