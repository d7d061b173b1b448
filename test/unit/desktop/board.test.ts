import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { followBoard, type Board } from '../../../main/desktop/board.ts';
import { aSchedule } from '../../support/builders.ts';
import { openTestApp, type TestApp } from '../../support/test-app.ts';
import { settle } from '../../support/virtual-clock.ts';

let opened: TestApp | null = null;
afterEach(async () => {
  await opened?.stop();
  opened = null;
});

describe('desktop/board', () => {
  it('follows the app, and fetches everything anew once it was opened afresh', async () => {
    opened = await openTestApp();
    await opened.call('saveSchedule', { schedule: aSchedule(), create: true });
    opened.app.start();
    const told: Board[] = [];
    const board = await followBoard(opened.app.calls, opened.app.changes, (now) => told.push(now));
    await opened.call('setEnabled', { id: 'posts', enabled: false });
    expect(board.current().schedules.get('posts')?.enabled).toBe(false);

    // What was put in the place of the database is told by no event of its own.
    const folder = opened.folder;
    await opened.app.restart(() => {
      rmSync(join(folder, 'jackdaw.db'));
    });
    await settle();
    expect(board.current().schedules.size).toBe(0);
    expect(board.current().host.running).toBe(true);
    await opened.call('saveSchedule', { schedule: aSchedule({ id: 'new' }), create: true });
    expect([...board.current().schedules.keys()]).toEqual(['new']);
    expect(told.at(-1)).toBe(board.current());
    board.stop();
  });
});
