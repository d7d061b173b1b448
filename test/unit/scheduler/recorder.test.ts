import { afterEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../main/store/database.ts';
import { aSchedule } from '../../support/builders.ts';
import { openTestApp, type TestApp } from '../../support/test-app.ts';

let jackdaw: TestApp;
afterEach(async () => {
  await jackdaw.stop();
});

/** Carries one statement out on the app's database, as the fault that the test is about. */
function disturb(sql: string): void {
  const db = openDatabase(jackdaw.folder);
  db.exec(sql);
  db.close();
}

const record = { title: 'Kept', url: null };

/** A host whose run has ended while nothing could be written of it. */
async function withAnUnwrittenEnd(): Promise<void> {
  jackdaw = await openTestApp();
  await jackdaw.call('saveSchedule', { schedule: aSchedule(), create: true });
  jackdaw.app.start();
  jackdaw.runner.answer = null;
  await jackdaw.clock.advanceTo(Date.parse('2026-11-20T08:30:00Z'));
  disturb(
    `CREATE TRIGGER full BEFORE UPDATE ON runs WHEN new.state = 'ended'
     BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`,
  );
  await jackdaw.clock.advance(2_000);
  jackdaw.runner.runs[0]?.end({ records: [record] });
  await jackdaw.clock.advance(40_000);
}

describe('scheduler/recorder', () => {
  it('records a run whose end could not be written as soon as it can be, with its rows and its own end', async () => {
    await withAnUnwrittenEnd();
    expect(await jackdaw.history()).toMatchObject([{ state: 'running', outcome: null }]);

    disturb('DROP TRIGGER full');
    await jackdaw.clock.advance(30_000);
    expect(await jackdaw.history()).toMatchObject([
      { outcome: 'success', endedAt: '2026-11-20T08:30:02Z', counts: { rows: 1, new: 1 } },
    ]);
    expect(await jackdaw.call('listRecords', { id: 'posts' })).toMatchObject([{ title: 'Kept' }]);
  });

  it('records it at the latest when Jackdaw quits', async () => {
    await withAnUnwrittenEnd();
    disturb('DROP TRIGGER full');
    jackdaw = await jackdaw.restart();
    expect(await jackdaw.history()).toMatchObject([
      { outcome: 'success', endedAt: '2026-11-20T08:30:02Z' },
    ]);
  });
});
