import { afterEach, describe, expect, it } from 'vitest';
import type { ScheduleInput } from '../../../contract/schedule.ts';
import { armedApp, shortHistory, someRows } from '../../support/armed-app.ts';
import type { TestApp, TestAppOptions } from '../../support/test-app.ts';

const hour = 3_600_000;

let jackdaw: TestApp;
afterEach(async () => {
  await jackdaw.stop();
});

async function armed(given: Partial<ScheduleInput>, options: TestAppOptions = {}): Promise<void> {
  jackdaw = await armedApp([{ trigger: { kind: 'interval', every: '1h' }, ...given }], options);
}

async function why(): Promise<readonly string[]> {
  return (await jackdaw.call('getSchedule', { id: 'posts' })).why.map(({ text }) => text);
}

describe('scheduler/enough', () => {
  it('skips the rest of the open stretch once a run succeeded, as one row, and runs in the next', async () => {
    // A Friday; the next office day is Monday.
    await armed({ hours: 'office', enough: 'success' }, { at: '2026-11-20T08:10:00Z' });
    await jackdaw.clock.advanceTo(Date.parse('2026-11-23T10:30:00Z'));
    expect(await shortHistory(jackdaw)).toEqual([
      '11-20T09:00 ×1 success',
      '11-20T16:00 ×7 skipped(enough)',
      '11-23T09:00 ×1 success',
      '11-23T10:00 ×1 skipped(enough)',
    ]);
  });

  it('says so first, and shows the first run of the next stretch', async () => {
    await armed({ hours: 'office', enough: 'success' }, { at: '2026-11-20T08:10:00Z' });
    await jackdaw.clock.advanceTo(Date.parse('2026-11-20T09:30:00Z'));
    const { nextRun } = await jackdaw.call('getSchedule', { id: 'posts' });
    expect(nextRun?.at).toBe('2026-11-23T09:00:00Z');
    expect((await why())[0]).toBe('it ran at 09:00, which is enough until 17:00');
    await jackdaw.clock.advance(hour);
    const restarted = await jackdaw.restart();
    jackdaw = restarted;
    jackdaw.app.start();
    await jackdaw.clock.advanceTo(Date.parse('2026-11-20T12:30:00Z'));
    expect(await shortHistory(jackdaw)).toEqual([
      '11-20T09:00 ×1 success',
      '11-20T12:00 ×3 skipped(enough)',
    ]);
  });

  it('takes the local date where the hours are open longer than a day', async () => {
    await armed(
      { enough: 'success', timezone: 'America/New_York' },
      { at: '2026-11-20T03:10:00Z' },
    );
    await jackdaw.clock.advanceTo(Date.parse('2026-11-20T06:30:00Z'));
    expect(await shortHistory(jackdaw)).toEqual(
      [
        // 23:00 in New York, then the next date begins.
        '11-20T04:00 ×1 success',
        '11-20T05:00 ×1 success',
        '11-20T06:00 ×1 skipped(enough)',
      ].toSorted(),
    );
  });

  it('waits for a change where the schedule says so: the first good run is none', async () => {
    await armed({ enough: 'change' }, { at: '2026-11-20T08:10:00Z' });
    const run = async (rows: number): Promise<void> => {
      jackdaw.runner.answer = { afterMs: 1_000, report: { records: someRows(rows) } };
      await jackdaw.clock.advance(hour);
    };
    await run(1);
    await run(1);
    await run(2);
    await run(3);
    expect(await shortHistory(jackdaw)).toEqual([
      '11-20T09:00 ×1 success',
      '11-20T10:00 ×1 success',
      '11-20T11:00 ×1 success',
      '11-20T12:00 ×1 skipped(enough)',
    ]);
    expect((await why())[0]).toMatch(/^it found a change at 11:00, which is enough until /);
  });

  it('counts no manual run, and no run that failed', async () => {
    await armed({ enough: 'success', retry: { attempts: 1 } }, { at: '2026-11-20T08:10:00Z' });
    await jackdaw.call('startRun', { id: 'posts' });
    await jackdaw.clock.advance(60_000);
    jackdaw.runner.answer = { afterMs: 1_000, report: { outcome: 'failed', reason: 'http-500' } };
    await jackdaw.clock.advance(hour);
    jackdaw.runner.answer = { afterMs: 1_000, report: {} };
    await jackdaw.clock.advance(2 * hour);
    expect(await shortHistory(jackdaw)).toEqual([
      'manual ×1 success',
      '11-20T09:00 ×1 failed(http-500)',
      '11-20T10:00 ×1 success',
      '11-20T11:00 ×1 skipped(enough)',
    ]);
  });

  it('judges again at the start a slot that waited for the run which was enough', async () => {
    await armed({ enough: 'success', overlap: 'queue' }, { at: '2026-11-20T08:10:00Z' });
    jackdaw.runner.answer = { afterMs: 70 * 60_000, report: {} };
    await jackdaw.clock.advance(3 * hour);
    expect(await shortHistory(jackdaw)).toEqual([
      '11-20T09:00 ×1 success',
      '11-20T11:00 ×2 skipped(enough)',
    ]);
    expect(jackdaw.runner.runs).toHaveLength(1);
  });
});
