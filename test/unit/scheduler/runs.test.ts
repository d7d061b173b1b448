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

describe('scheduler/runs', () => {
  it('keeps the turn of a run whose start can’t be written, and starts it once it can be', async () => {
    jackdaw = await openTestApp({ environment: { JACKDAW_CONCURRENCY: '1' } });
    for (const id of ['first', 'second'])
      await jackdaw.call('saveSchedule', {
        schedule: aSchedule({ id, trigger: { kind: 'interval', every: '24h' } }),
        create: true,
      });
    jackdaw.app.start();
    jackdaw.runner.answer = null;
    await jackdaw.call('startRun', { id: 'first' });
    const second = await jackdaw.call('startRun', { id: 'second' });
    expect(second.state).toBe('queued');

    disturb(
      `CREATE TRIGGER full BEFORE UPDATE ON runs WHEN new.state = 'starting'
       BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`,
    );
    jackdaw.runner.runs[0]?.end();
    await jackdaw.clock.advance(60_000);
    expect(
      (await jackdaw.history()).map(({ schedule, state, outcome }) => [schedule, outcome ?? state]),
    ).toEqual([
      ['first', 'success'],
      ['second', 'queued'],
    ]);
    expect(jackdaw.lines).toContain('run not started');

    disturb('DROP TRIGGER full');
    await jackdaw.clock.advance(30_000);
    expect(jackdaw.runner.runs.map(({ job }) => job.run)).toEqual([1, second.run]);
  });

  it('ends the log of a run that failed with the reason', async () => {
    jackdaw = await openTestApp();
    await jackdaw.call('saveSchedule', { schedule: aSchedule(), create: true });
    jackdaw.runner.answer = null;
    const { run } = await jackdaw.call('startRun', { id: 'posts' });
    jackdaw.runner.runs[0]?.observer.log('info', 'Page 1: http://127.0.0.1:9/, 2 rows.');
    jackdaw.runner.runs[0]?.end({
      outcome: 'failed',
      reason: 'http-500',
      message: 'http://127.0.0.1:9/2 answered 500.',
    });
    await jackdaw.clock.advance(0);
    const at = '2026-11-20T08:00:00Z';
    expect(await jackdaw.call('getRunLog', { run: run ?? 0 })).toEqual([
      { at, level: 'info', message: 'Page 1: http://127.0.0.1:9/, 2 rows.' },
      { at, level: 'error', message: 'http://127.0.0.1:9/2 answered 500.' },
    ]);
  });
});
