import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../../main/store/database.ts';
import { openBusyApp, rowsAt, runWith, type BusyRuns } from '../../support/busy-app.ts';
import type { TestApp } from '../../support/test-app.ts';
import { settle } from '../../support/virtual-clock.ts';

let jackdaw: TestApp;
let runs: BusyRuns;
beforeEach(async () => {
  ({ jackdaw, runs } = await openBusyApp());
});
afterEach(async () => {
  await jackdaw.stop();
});

describe('calls/runs', () => {
  it('pages through the history by cursor: every row once, newest first', async () => {
    jackdaw.app.start();
    jackdaw.runner.answer = { afterMs: 1_000, report: {} };
    await jackdaw.clock.advance(2 * 3_600_000);
    await jackdaw.call('pause', { id: 'posts' });
    await jackdaw.clock.advance(3_600_000);
    const whole = (await jackdaw.call('listRuns', { limit: 1000 })).entries;
    expect(whole.length).toBeGreaterThan(6);
    const paged = [];
    let before: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof jackdaw.call<'listRuns'>>> = await jackdaw.call(
        'listRuns',
        { limit: 2, ...(before === null ? {} : { before }) },
      );
      paged.push(...page.entries);
      before = page.next;
    } while (before !== null);
    expect(paged).toEqual(whole);
    expect([...whole].sort((a, b) => b.recordedAt.localeCompare(a.recordedAt))).toEqual(whole);
    const skipped = await jackdaw.call('listRuns', { outcome: 'skipped', id: 'posts' });
    expect(skipped).toMatchObject({ entries: [{ reason: 'paused', coalesced: 2 }], next: null });
    const two = await jackdaw.call('listRuns', { outcome: ['skipped', 'success'], limit: 1000 });
    expect(two.entries).toEqual(
      whole.filter(({ outcome }) => outcome === 'skipped' || outcome === 'success'),
    );
    expect((await jackdaw.call('listRuns', { outcome: 'skipped', id: 'prices' })).entries).toEqual(
      whole.filter(({ schedule, outcome }) => schedule === 'prices' && outcome === 'skipped'),
    );
  });

  it('makes a long page a little at a time, without what retention takes away meanwhile', async () => {
    jackdaw.app.start();
    jackdaw.runner.answer = { afterMs: 1_000, report: {} };
    await jackdaw.clock.advance(2 * 3_600_000);
    const { entries } = await jackdaw.call('listRuns', {});
    const oldest = entries.findLast(({ outcome }) => outcome !== null);
    expect(oldest).toMatchObject({ cause: 'manual', run: expect.any(Number) as number });
    const monotonic = vi.spyOn(jackdaw.clock, 'monotonic');
    let atMs = jackdaw.clock.monotonic();
    monotonic.mockImplementation(() => (atMs += 5));
    const asked = jackdaw.call('listRuns', {});
    await settle();
    const db = openDatabase(jackdaw.folder);
    db.prepare('DELETE FROM runs WHERE run = ?').run(oldest?.run);
    db.close();
    monotonic.mockRestore();
    await jackdaw.clock.advance(0);
    expect((await asked).entries).toEqual(entries.filter((entry) => entry !== oldest));
  });

  it('shows a run with its counts, and its log while it goes on and after', async () => {
    const { going } = runs;
    expect(await jackdaw.call('getRun', { run: going })).toMatchObject({
      run: going,
      schedule: 'prices',
      scheduleName: 'Prices',
      cause: 'manual',
      attempt: 1,
      slotAt: null,
      coalesced: 1,
      startedAt: '2026-11-20T08:00:00Z',
      endedAt: null,
      state: 'running',
      outcome: null,
    });
    const line = { at: '2026-11-20T08:00:00Z', level: 'info', message: 'Reading page 1.' };
    expect(await jackdaw.call('getRunLog', { run: going })).toEqual([line]);
    await jackdaw.clock.advance(2_500);
    jackdaw.runner.runs.at(-1)?.end({ records: rowsAt(['one', 1]) });
    await settle();
    expect(await jackdaw.call('getRunLog', { run: going })).toEqual([line]);
    expect(await jackdaw.call('getRun', { run: going })).toMatchObject({
      endedAt: '2026-11-20T08:00:02Z',
      durationMs: 2_500,
      state: 'ended',
      outcome: 'success',
      counts: { rows: 1, new: 1 },
    });
  });

  it('cancels a run that goes on: it ends as cancelled, by you', async () => {
    await jackdaw.call('cancelRun', { run: runs.going });
    await settle();
    expect(await jackdaw.call('getRun', { run: runs.going })).toMatchObject({
      outcome: 'cancelled',
      reason: 'user',
      message: 'Cancelled by you.',
    });
    expect(await jackdaw.app.calls.invoke('cancelRun', { run: runs.going })).toMatchObject({
      ok: false,
      code: 'conflict',
      message: `Run ${String(runs.going)} has ended already.`,
    });
  });

  it('refuses a second run of one schedule, and starts it once the first has ended', async () => {
    expect(await jackdaw.app.calls.invoke('startRun', { id: 'prices' })).toMatchObject({
      ok: false,
      code: 'conflict',
      message: 'Prices is running already; wait until it has ended, or cancel it.',
    });
    await jackdaw.call('cancelRun', { run: runs.going });
    await settle();
    await runWith(jackdaw, 'prices', rowsAt(['one', 1]));
    expect((await jackdaw.call('getSchedule', { id: 'prices' })).rows).toBe(1);
  });

  it('queues a manual run behind one that goes on, where the schedule says so, and only one', async () => {
    const { document } = await jackdaw.call('getSchedule', { id: 'prices' });
    await jackdaw.call('saveSchedule', { schedule: { ...document, overlap: 'queue' } });
    expect((await jackdaw.call('startRun', { id: 'prices' })).state).toBe('queued');
    expect(await jackdaw.app.calls.invoke('startRun', { id: 'prices' })).toMatchObject({
      code: 'conflict',
    });
    expect((await jackdaw.call('getSnapshot', {})).runs.map(({ state }) => state)).toEqual([
      'running',
      'queued',
    ]);
  });
});
