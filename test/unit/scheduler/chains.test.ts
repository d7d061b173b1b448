import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ScheduleInput } from '../../../contract/schedule.ts';
import type { RunReport } from '../../../main/scrape/runner.ts';
import { aSchedule } from '../../support/builders.ts';
import { openTestApp, type TestApp } from '../../support/test-app.ts';

const minute = 60_000;
const row = (title: string): RunReport['records'][number] => ({
  title,
  url: `http://a.test/${title}`,
});

let jackdaw: TestApp;
beforeEach(async () => {
  // A Friday.
  jackdaw = await openTestApp({ at: '2026-11-20T08:10:00Z' });
});
afterEach(async () => {
  await jackdaw.stop();
});

async function save(given: Partial<ScheduleInput>): Promise<void> {
  await jackdaw.call('saveSchedule', { schedule: aSchedule(given), create: true });
}

/** A schedule that runs after `posts`, or after another. */
async function chain(
  id: string,
  on: 'success' | 'change' | 'failure',
  given: Partial<ScheduleInput> = {},
): Promise<void> {
  await jackdaw.call('saveSchedule', {
    schedule: {
      ...aSchedule(),
      trigger: undefined,
      id,
      name: id,
      after: { schedule: 'posts', on },
      ...given,
    },
    create: true,
  });
}

/** One run of `posts` now, with this report; answers which schedules ran meanwhile. */
async function runPosts(report: Partial<RunReport> = {}): Promise<readonly number[]> {
  const before = jackdaw.runner.runs.length;
  jackdaw.runner.answer = { afterMs: 1_000, report };
  await jackdaw.call('startRun', { id: 'posts' });
  await jackdaw.clock.advance(10_000);
  const ran = jackdaw.runner.runs.slice(before).map(({ job }) => job.schedule);
  return ran.sort((a, b) => a - b);
}

async function outcomes(id: string): Promise<readonly string[]> {
  return (await jackdaw.history(id)).map(
    ({ cause, outcome, reason }) =>
      `${cause} ${outcome ?? 'open'}${reason === null ? '' : `(${reason})`}`,
  );
}

describe('scheduler/chains', () => {
  it('runs a schedule at the instant another’s slot has succeeded', async () => {
    await save({ id: 'posts' });
    await chain('next', 'success');
    jackdaw.app.start();
    await jackdaw.clock.advance(25 * minute);
    expect(await jackdaw.history('next')).toMatchObject([
      {
        cause: 'chain',
        slotAt: '2026-11-20T08:30:01Z',
        startedAt: '2026-11-20T08:30:01Z',
        outcome: 'success',
      },
    ]);
  });

  it('fires on success, on failure or on a change, and on nothing else', async () => {
    await save({ id: 'posts', retry: { attempts: 1 } });
    await chain('on-success', 'success');
    await chain('on-change', 'change');
    await chain('on-failure', 'failure');
    jackdaw.app.start();
    const [posts, success, change, failure] = [1, 2, 3, 4];
    // The first good run is what later ones are compared with.
    expect(await runPosts({ records: [row('one')] })).toEqual([posts, success]);
    expect(await runPosts({ records: [row('one')] })).toEqual([posts, success]);
    expect(await runPosts({ records: [row('two')] })).toEqual([posts, success, change]);
    expect(await runPosts({ records: [] })).toEqual([posts, success, change]);
    expect(await runPosts({ outcome: 'failed', reason: 'http-500' })).toEqual([posts, failure]);
    expect(await runPosts({ outcome: 'timed-out' })).toEqual([posts, failure]);
    expect(await runPosts({ outcome: 'partial', records: [row('three')] })).toEqual([posts]);
    expect(await runPosts({ outcome: 'cancelled', reason: 'user' })).toEqual([posts]);
  });

  it('takes the first good run after the fields changed for no change', async () => {
    await save({ id: 'posts' });
    await chain('on-change', 'change');
    jackdaw.app.start();
    await runPosts({ records: [row('one')] });
    const { document } = await jackdaw.call('getSchedule', { id: 'posts' });
    const scrape = { ...document.scrape, fields: { title: 'h1', url: 'a' } };
    await jackdaw.call('saveSchedule', { schedule: { ...document, scrape } });
    expect(await runPosts({ records: [row('two')] })).toEqual([1]);
    expect(await runPosts({ records: [row('three')] })).toEqual([1, 2]);
  });

  it('waits for the final outcome: an attempt that is tried again fires nothing', async () => {
    await save({ id: 'posts', retry: { attempts: 2, backoff: '30s' } });
    await chain('on-failure', 'failure', { retry: { attempts: 1 } });
    jackdaw.app.start();
    jackdaw.runner.answer = { afterMs: 1_000, report: { outcome: 'failed', retryable: true } };
    await jackdaw.clock.advance(20 * minute + 5_000);
    expect(await outcomes('on-failure')).toEqual([]);
    await jackdaw.clock.advance(2 * minute);
    expect(await outcomes('posts')).toEqual(['slot failed', 'retry failed']);
    expect(await outcomes('on-failure')).toEqual(['chain failed']);
  });

  it('goes on from link to link', async () => {
    await save({ id: 'posts' });
    await chain('second', 'success');
    await chain('third', 'success', { after: { schedule: 'second', on: 'success' } });
    jackdaw.app.start();
    expect(await runPosts()).toEqual([1, 2, 3]);
  });

  it('keeps its own hours: outside them it is skipped, or put off to the opening', async () => {
    await save({ id: 'posts' });
    const hours = { week: { fri: ['09:00-17:00'] } };
    await chain('skipping', 'success', { hours });
    await chain('deferring', 'success', { hours, outside: 'defer' });
    jackdaw.app.start();
    expect(await runPosts()).toEqual([1]);
    expect(await outcomes('skipping')).toEqual(['chain skipped(closed-at-start)']);
    await jackdaw.clock.advanceTo(Date.parse('2026-11-20T09:00:05Z'));
    expect(await outcomes('deferring')).toContain('chain success');
  });

  it('writes a row for what a pause kept from running, and none for what is off', async () => {
    await save({ id: 'posts' });
    await chain('paused', 'success');
    await chain('off', 'success', { enabled: false });
    jackdaw.app.start();
    await jackdaw.call('pause', { id: 'paused' });
    expect(await runPosts()).toEqual([1]);
    expect(await runPosts()).toEqual([1]);
    const [only, ...more] = await jackdaw.history('paused');
    expect(more).toEqual([]);
    expect(only).toMatchObject({ outcome: 'skipped', reason: 'paused', coalesced: 2 });
    expect(await outcomes('off')).toEqual([]);
  });

  it('yields to the run before it, as its overlap says', async () => {
    await save({ id: 'posts' });
    await chain('slow', 'success');
    jackdaw.app.start();
    jackdaw.runner.answer = { afterMs: 60_000, report: {} };
    await jackdaw.call('startRun', { id: 'slow' });
    expect(await runPosts()).toEqual([1]);
    expect(await outcomes('slow')).toContain('chain skipped(overlap)');
  });

  it('says what it waits for, and what holds it up', async () => {
    await save({ id: 'posts', name: 'Flink blog' });
    await chain('next', 'change');
    const shown = async () => {
      const { state, trigger, nextRun, why } = await jackdaw.call('getSchedule', { id: 'next' });
      return { state, trigger, nextRun, why: why.map(({ text }) => text) };
    };
    expect(await shown()).toEqual({
      state: 'waiting',
      trigger: 'after Flink blog finds a change',
      nextRun: null,
      why: ['runs after Flink blog finds a change'],
    });
    await jackdaw.call('pause', { id: 'next' });
    expect(await shown()).toMatchObject({
      state: 'paused',
      why: ['paused until resumed', 'runs after Flink blog finds a change'],
    });
  });

  it('starts nothing where no scheduler runs: the row says so', async () => {
    await save({ id: 'posts' });
    await chain('next', 'success');
    expect(await runPosts()).toEqual([1]);
    expect(await outcomes('next')).toEqual(['chain missed(not-running)']);
  });
});
