import { afterEach, describe, expect, it } from 'vitest';
import { armedApp, shortHistory } from '../../support/armed-app.ts';
import type { TestApp } from '../../support/test-app.ts';

const minute = 60_000;

let jackdaw: TestApp;
afterEach(async () => {
  await jackdaw.stop();
});

/** A run of 16:30 in the office hours, which close at 17:00. */
async function runningAt(atClose: 'finish' | 'stop' | 'abort'): Promise<void> {
  jackdaw = await armedApp([{ hours: 'office', atClose, timeout: '2h' }], {
    at: '2026-11-20T16:10:00Z',
  });
  jackdaw.runner.answer = null;
  await jackdaw.clock.advance(49 * minute);
  expect(jackdaw.runner.runs).toHaveLength(1);
}

describe('scheduler, at the close', () => {
  it('lets a run finish', async () => {
    await runningAt('finish');
    await jackdaw.clock.advance(30 * minute);
    jackdaw.runner.runs[0]?.end();
    expect(await shortHistory(jackdaw)).toEqual(['11-20T16:30 ×1 success']);
  });

  it('asks a run to stop at the very close: it has read part', async () => {
    await runningAt('stop');
    await jackdaw.clock.advance(minute - 1);
    expect(await shortHistory(jackdaw)).toEqual(['11-20T16:30 ×1 open']);
    await jackdaw.clock.advance(1);
    const [row] = await jackdaw.history();
    expect(row).toMatchObject({
      outcome: 'partial',
      reason: 'closed',
      endedAt: '2026-11-20T17:00:00Z',
    });
  });

  it('ends a run a minute later that doesn’t stop when it is asked', async () => {
    await runningAt('stop');
    const [run] = jackdaw.runner.runs;
    run?.ignoreStop();
    await jackdaw.clock.advance(minute + 59_000);
    expect(await shortHistory(jackdaw)).toEqual(['11-20T16:30 ×1 open']);
    await jackdaw.clock.advance(2_000);
    const [row] = await jackdaw.history();
    expect(row).toMatchObject({
      outcome: 'cancelled',
      reason: 'closed',
      message: 'Its hours closed before it was done.',
      endedAt: '2026-11-20T17:01:00Z',
    });
  });

  it('ends a run at once', async () => {
    await runningAt('abort');
    await jackdaw.clock.advance(minute);
    expect(await shortHistory(jackdaw)).toEqual(['11-20T16:30 ×1 cancelled(closed)']);
  });

  it('follows hours that are edited meanwhile', async () => {
    await runningAt('abort');
    const always = { id: 'office', name: 'Office hours' };
    await jackdaw.call('saveHours', { profile: always });
    await jackdaw.clock.advance(5 * minute);
    expect((await shortHistory(jackdaw))[0]).toBe('11-20T16:30 ×1 open');
    const mornings = { ...always, week: { fri: ['09:00-12:00'] } };
    await jackdaw.call('saveHours', { profile: mornings });
    expect((await shortHistory(jackdaw))[0]).toBe('11-20T16:30 ×1 cancelled(closed)');
  });

  it('leaves a manual run alone', async () => {
    jackdaw = await armedApp([{ hours: 'office', atClose: 'abort', enabled: false }], {
      at: '2026-11-20T16:55:00Z',
    });
    jackdaw.runner.answer = { afterMs: 20 * minute, report: {} };
    await jackdaw.call('startRun', { id: 'posts' });
    await jackdaw.clock.advance(30 * minute);
    expect(await shortHistory(jackdaw)).toEqual(['manual ×1 success']);
  });
});
