import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { aFolder, aSchedule } from '../../support/builders.ts';
import { openTestApp, type TestApp } from '../../support/test-app.ts';
import { settle, virtualClock } from '../../support/virtual-clock.ts';

const opened: TestApp[] = [];
const folders: { readonly remove: () => void }[] = [];
afterEach(async () => {
  for (const app of opened.splice(0)) await app.stop();
  for (const folder of folders.splice(0)) folder.remove();
});

/** The data folder as a kill would leave it: the database and its WAL, copied between two instants. */
function asKilled(app: TestApp): string {
  const folder = aFolder();
  folders.push(folder);
  for (const name of ['jackdaw.db', 'jackdaw.db-wal'])
    cpSync(join(app.folder, name), join(folder.path, name));
  return folder.path;
}

describe('scheduler/recover', () => {
  it('calls what ran interrupted and what waited missed, and starts neither again', async () => {
    const killed = await openTestApp({ at: '2026-11-20T08:00:00Z' });
    opened.push(killed);
    killed.runner.answer = null;
    await killed.call('changeSettings', { concurrency: 1 });
    for (const id of ['going', 'waiting'])
      await killed.call('saveSchedule', { schedule: aSchedule({ id }), create: true });
    killed.app.start();
    await killed.clock.advance(30 * 60_000 + 1);
    const app = await openTestApp({
      dataFolder: asKilled(killed),
      virtual: virtualClock(killed.clock.now()),
    });
    opened.push(app);
    app.app.start();
    await app.clock.advance(29 * 60_000);
    await settle();
    expect(app.runner.runs).toEqual([]);
    const rows = (await app.history()).map(({ schedule, outcome, reason, slotAt }) => [
      schedule,
      slotAt,
      outcome,
      reason,
    ]);
    expect(rows).toEqual([
      ['going', '2026-11-20T08:30:00Z', 'interrupted', 'crash'],
      ['waiting', '2026-11-20T08:30:00Z', 'missed', 'not-running'],
    ]);
    await app.clock.advance(2 * 60_000);
    expect(app.runner.runs).toHaveLength(2);
  });
});
