import { afterEach, describe, expect, it } from 'vitest';
import type { ScheduleInput } from '../../../contract/schedule.ts';
import type { RunReport } from '../../../main/scrape/runner.ts';
import { armedApp, shortHistory, someRows } from '../../support/armed-app.ts';
import type { TestApp } from '../../support/test-app.ts';

const minute = 60_000;
const remote = { kind: 'page', url: 'http://a.test/', fields: { title: 'h2' } } as const;
const offline = {
  outcome: 'failed',
  reason: 'offline',
  message: 'This computer has no network at the moment.',
  network: true,
  retryable: true,
} as const;
const broken = { outcome: 'failed', reason: 'http-500', retryable: true } as const;

let jackdaw: TestApp;
afterEach(async () => {
  await jackdaw.stop();
});

async function armed(given: Partial<ScheduleInput>): Promise<void> {
  jackdaw = await armedApp([given], { at: '2026-11-20T08:00:00Z' });
}

function answer(report: Partial<RunReport>): void {
  jackdaw.runner.answer = { afterMs: 1_000, report };
}

async function view() {
  const { state, pause, why } = await jackdaw.call('getSchedule', { id: 'posts' });
  return { state, pause, why: why.map(({ text }) => text) };
}

describe('scheduler, without a network', () => {
  it('waits for the network without using attempts up, and runs as soon as it is back', async () => {
    await armed({ scrape: remote, retry: { attempts: 1 } });
    answer(offline);
    jackdaw.surroundings.hasAddress = false;
    await jackdaw.clock.advance(35 * minute);
    expect(await view()).toMatchObject({
      state: 'waiting-retry',
      why: [
        'the last slot waits for the network until Saturday 08:30 at the latest',
        expect.anything(),
      ],
    });
    expect(jackdaw.runner.runs).toHaveLength(1);
    answer({});
    jackdaw.surroundings.hasAddress = true;
    await jackdaw.clock.advance(32_000);
    expect(await shortHistory(jackdaw)).toEqual([
      '11-20T08:30 ×1 failed(offline)',
      '11-20T08:30 ×1 success',
    ]);
  });

  it('tries less and less often where there is an address and still no network', async () => {
    await armed({ scrape: remote, trigger: { kind: 'interval', every: '1h' } });
    answer(offline);
    await jackdaw.clock.advance(70 * minute);
    // The first at 09:00, then 15 s, 30 s, 1, 2, 4 minutes after the end of the one before.
    expect(jackdaw.runner.runs.map(({ startedAt }) => startedAt.slice(11, 19))).toEqual([
      '09:00:00',
      '09:00:16',
      '09:00:47',
      '09:01:48',
      '09:03:49',
      '09:07:50',
    ]);
  });

  it('gives a waiting slot up when the next one is due, and counts it to no threshold', async () => {
    await armed({ scrape: remote, retry: { attempts: 1 }, pauseAfterFailures: 2 });
    answer(offline);
    jackdaw.surroundings.hasAddress = false;
    await jackdaw.clock.advance(125 * minute);
    expect(await view()).toMatchObject({ state: 'waiting-retry', pause: null });
    expect(await shortHistory(jackdaw)).toEqual([
      '11-20T08:30 ×1 failed(offline)',
      '11-20T09:00 ×1 failed(offline)',
      '11-20T09:30 ×1 failed(offline)',
      '11-20T10:00 ×1 failed(offline)',
    ]);
  });

  it('gives it up when its grace has passed', async () => {
    await armed({
      scrape: remote,
      trigger: { kind: 'interval', every: '24h', anchor: '08:30' },
      missed: { grace: '2h' },
    });
    answer(offline);
    jackdaw.surroundings.hasAddress = false;
    await jackdaw.clock.advance(100 * minute);
    expect((await view()).state).toBe('waiting-retry');
    await jackdaw.clock.advance(60 * minute);
    expect((await view()).state).toBe('waiting');
    expect(jackdaw.runner.runs).toHaveLength(1);
  });

  it('goes on waiting over a restart', async () => {
    await armed({ scrape: remote, retry: { attempts: 1 } });
    answer(offline);
    jackdaw.surroundings.hasAddress = false;
    await jackdaw.clock.advance(32 * minute);
    jackdaw = await jackdaw.restart();
    jackdaw.app.start();
    await jackdaw.clock.advance(2 * minute);
    expect(jackdaw.runner.runs).toHaveLength(1);
    expect(await shortHistory(jackdaw)).toEqual([
      '11-20T08:30 ×1 failed(offline)',
      '11-20T08:30 ×1 success',
    ]);
  });
});

describe('scheduler, after failures', () => {
  it('counts a slot whose retry a new slot has ended, and pauses at exactly the threshold', async () => {
    await armed({
      retry: { attempts: 3, backoff: '20m', factor: 2, max: '24h' },
      pauseAfterFailures: 2,
    });
    answer(broken);
    // 08:30 fails, is tried again at 08:50 and would be at 09:30: the slot of 09:00 stands before that.
    await jackdaw.clock.advance(62 * minute);
    expect((await view()).pause).toBeNull();
    await jackdaw.clock.advance(30 * minute);
    expect((await view()).pause).toEqual({ until: null, why: 'failures' });
    expect(jackdaw.lines.filter((line) => line === 'schedule paused')).toHaveLength(1);
  });

  it('starts counting anew when a run succeeds between', async () => {
    await armed({ retry: { attempts: 1 }, pauseAfterFailures: 2 });
    for (const report of [broken, {}, broken]) {
      answer(report);
      await jackdaw.clock.advance(30 * minute);
    }
    await jackdaw.clock.advance(10 * minute);
    expect((await view()).pause).toBeNull();
    answer(broken);
    await jackdaw.clock.advance(30 * minute);
    expect((await view()).pause).toEqual({ until: null, why: 'failures' });
  });
});

describe('scheduler, suspicious success', () => {
  async function runsWith(...counts: readonly number[]): Promise<void> {
    for (const count of counts) {
      answer({ records: someRows(count) });
      await jackdaw.clock.advance(30 * minute);
    }
    await jackdaw.clock.advance(minute);
  }

  it('asks for attention where far fewer rows came than usual, and keeps the last good ones', async () => {
    await armed({ pauseAfterFailures: 1 });
    await runsWith(10, 10, 11, 10, 10, 2);
    const history = await jackdaw.history();
    expect(history.at(-1)).toMatchObject({
      outcome: 'attention',
      reason: 'few-rows',
      message:
        'It read 2 rows where it usually reads about 10. The rows of its last good run were kept. Look whether the page has changed; if all is well, pause and resume the schedule.',
    });
    expect(await jackdaw.call('listRecords', { id: 'posts' })).toHaveLength(10);
    expect((await view()).pause).toEqual({ until: null, why: 'failures' });
  });

  it('learns anew what is usual once a person has resumed the schedule', async () => {
    await armed({ pauseAfterFailures: 1 });
    await runsWith(10, 10, 10, 10, 10, 2);
    expect((await view()).pause).toEqual({ until: null, why: 'failures' });
    await jackdaw.call('resume', { id: 'posts' });
    await runsWith(2);
    expect((await jackdaw.history()).at(-1)?.outcome).toBe('success');
    expect(await jackdaw.call('listRecords', { id: 'posts' })).toHaveLength(2);
  });

  it('says nothing of a little more than a fifth, nor before five good runs', async () => {
    await armed({});
    await runsWith(10, 10, 10, 10, 2);
    expect((await jackdaw.history()).every(({ outcome }) => outcome === 'success')).toBe(true);
    await runsWith(10, 10, 3);
    expect((await jackdaw.history()).at(-1)?.outcome).toBe('success');
  });
});
