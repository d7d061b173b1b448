import { afterEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../main/store/database.ts';
import { raiseEpoch } from '../../../main/store/meta.ts';
import { aSchedule } from '../../support/builders.ts';
import { openTestApp, type TestApp } from '../../support/test-app.ts';

let jackdaw: TestApp;
afterEach(async () => {
  await jackdaw.stop();
});

describe('scheduler/rounds', () => {
  it('enters nothing any more once a later leader has taken over', async () => {
    jackdaw = await openTestApp();
    await jackdaw.call('saveSchedule', { schedule: aSchedule(), create: true });
    jackdaw.app.start();
    await jackdaw.clock.advance(1_805_000);
    expect(jackdaw.runner.runs).toHaveLength(1);
    const db = openDatabase(jackdaw.folder);
    raiseEpoch(db);
    db.close();
    const before = await jackdaw.history();
    await jackdaw.clock.advance(2 * 3_600_000);
    expect(await jackdaw.app.calls.invoke('startRun', { id: 'posts' })).toEqual({
      ok: false,
      code: 'not-leader',
      message: 'Another Jackdaw leads this data folder now; this one does nothing.',
    });
    expect(jackdaw.runner.runs).toHaveLength(1);
    expect(await jackdaw.history()).toEqual(before);
    // It rests after each failure, and shows that it does nothing by the age of its last tick.
    const failures = jackdaw.lines.filter((line) => line === 'tick failed').length;
    expect(failures).toBeGreaterThan(1);
    expect(failures).toBeLessThanOrEqual(7_200 / 5);
    const [trouble] = (await jackdaw.call('getSnapshot', {})).host.troubles;
    expect(trouble).toMatchObject({
      code: 'scheduler',
      remedy: 'Quit this one, and look at the other.',
    });
    const { lastTickAt } = await jackdaw.call('getStatus', {});
    expect(Date.parse(lastTickAt ?? '')).toBeLessThanOrEqual(Date.parse('2026-11-20T09:00:00Z'));
  });
});
