import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { followBoard } from '../../../main/desktop/board.ts';
import { aSchedule } from '../../support/builders.ts';
import { openTestApp, type TestApp } from '../../support/test-app.ts';
import { settle } from '../../support/virtual-clock.ts';

let jackdaw: TestApp;
beforeEach(async () => {
  jackdaw = await openTestApp();
});
afterEach(async () => {
  await jackdaw.stop();
});

describe('desktop/board', () => {
  it('shows what a restored backup brought back, not what was there before', async () => {
    jackdaw.app.start();
    await jackdaw.call('saveSchedule', { schedule: aSchedule(), create: true });
    const { name } = await jackdaw.call('backUp', {});
    await jackdaw.call('saveSchedule', { schedule: aSchedule({ id: 'later' }), create: true });
    const board = await followBoard(jackdaw.app.calls, jackdaw.app.changes, () => undefined);
    const ids = (): readonly string[] =>
      [...board.current().schedules.values()].map(({ id }) => id).sort();
    expect(ids()).toEqual(['later', 'posts']);
    await jackdaw.call('restoreBackup', { name });
    await settle();
    expect(ids()).toEqual(['posts']);
    await jackdaw.call('saveSchedule', { schedule: aSchedule({ id: 'newer' }), create: true });
    expect(ids()).toEqual(['newer', 'posts']);
    board.stop();
  });
});
