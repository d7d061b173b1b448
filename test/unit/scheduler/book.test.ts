import { afterEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../main/store/database.ts';
import { aFolder, aSchedule } from '../../support/builders.ts';
import { openTestApp } from '../../support/test-app.ts';

const folder = aFolder();
afterEach(() => {
  folder.remove();
});

describe('scheduler/book', () => {
  it('sets a schedule aside whose times cannot be computed any more, and runs the others', async () => {
    const before = await openTestApp({ dataFolder: folder.path });
    for (const id of ['broken', 'sound'])
      await before.call('saveSchedule', { schedule: aSchedule({ id }), create: true });
    await before.stop();
    const db = openDatabase(folder.path);
    db.prepare(
      `UPDATE schedules SET document = json_set(document, '$.trigger',
         json('{"kind":"cron","expression":"no cron at all"}')) WHERE id = 'broken'`,
    ).run();
    db.close();

    const app = await openTestApp({ dataFolder: folder.path });
    app.app.start();
    await app.clock.advance(31 * 60_000);
    const broken = await app.call('getSchedule', { id: 'broken' });
    expect(broken).toMatchObject({ state: 'quarantined', nextRun: null });
    expect(broken.why[0]?.text).toMatch(/^set aside: .*edit the schedule$/);
    expect((await app.history()).map(({ schedule, outcome }) => [schedule, outcome])).toEqual([
      ['sound', 'success'],
    ]);
    await app.call('saveSchedule', { schedule: aSchedule({ id: 'broken' }) });
    expect((await app.call('getSchedule', { id: 'broken' })).state).toBe('waiting');
    await app.stop();
  });
});
