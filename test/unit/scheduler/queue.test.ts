import { afterEach, describe, expect, it } from 'vitest';
import { armedApp, shortHistory } from '../../support/armed-app.ts';
import type { TestApp } from '../../support/test-app.ts';

const minute = 60_000;
const hour = 60 * minute;
const page = (url: string) => ({ kind: 'page', url, fields: { title: 'h2' } }) as const;

let jackdaw: TestApp;
afterEach(async () => {
  await jackdaw.stop();
});

/** Which schedules have been started, in order, by their numbers. */
function started(): readonly number[] {
  return jackdaw.runner.runs.map(({ job }) => job.schedule);
}

/** When, `hh:mm:ss`. */
function times(): readonly string[] {
  return jackdaw.runner.runs.map(({ startedAt }) => startedAt.slice(11, 19));
}

/** The most runs that went on at once, where each took so long. */
function mostAtOnce(tookMs: number): number {
  const starts = jackdaw.runner.runs.map(({ startedAt }) => Date.parse(startedAt));
  return Math.max(
    ...starts.map((at) => starts.filter((one) => one <= at && at < one + tookMs).length),
  );
}

describe('scheduler/queue', () => {
  it('starts 500 schedules due in the same minute, four at once, none dropped and none outside its hours', async () => {
    const schedules = Array.from({ length: 500 }, (_, index) => ({
      id: `s${String(index)}`,
      hours: 'office',
      trigger: { kind: 'interval', every: '24h', anchor: '16:00' } as const,
      scrape: page(`http://host-${String(index)}.localhost/`),
    }));
    jackdaw = await armedApp(schedules, {
      at: '2026-11-20T15:59:00Z',
      environment: { JACKDAW_CONCURRENCY: '4' },
    });
    // Four every 30 s: 480 of them begin within the hour that is left of the office day.
    jackdaw.runner.answer = { afterMs: 30_000, report: {} };
    await jackdaw.clock.advance(65 * minute);
    const history = await jackdaw.history();
    const count = (outcome: string, reason: string | null) =>
      history.filter((row) => row.outcome === outcome && row.reason === reason).length;
    expect(mostAtOnce(30_000)).toBe(4);
    expect(history).toHaveLength(500);
    expect([count('success', null), count('skipped', 'closed-at-start')]).toEqual([480, 20]);
    const latest =
      jackdaw.runner.runs
        .map(({ startedAt }) => startedAt)
        .sort()
        .at(-1) ?? '';
    expect(latest < '2026-11-20T17:00:00').toBe(true);
  });

  it('lets only so many runs read one host at once, and others pass meanwhile', async () => {
    const urls = ['http://one.localhost/a', 'http://one.localhost/b', 'http://two.localhost/'];
    jackdaw = await armedApp(
      urls.map((url, index) => ({ id: `s${String(index)}`, scrape: page(url) })),
      { environment: { JACKDAW_RUNS_PER_HOST: '1' } },
    );
    jackdaw.runner.answer = null;
    await jackdaw.clock.advance(31 * minute);
    expect(started()).toEqual([1, 3]);
    jackdaw.runner.runs[0]?.end();
    await jackdaw.clock.advance(1);
    expect(started()).toEqual([1, 3, 2]);
  });

  it('gives every schedule its turn before another, catching up, has a second one', async () => {
    jackdaw = await armedApp(
      [
        { id: 'many', missed: { policy: 'all', grace: '24h' } },
        { id: 'few', trigger: { kind: 'interval', every: '24h', anchor: '11:00' } },
      ],
      { environment: { JACKDAW_CONCURRENCY: '1' } },
    );
    jackdaw.clock.sleep(4 * hour);
    await jackdaw.clock.advance(minute);
    expect(started().slice(0, 4)).toEqual([1, 2, 1, 1]);
  });

  it('takes what a person asked for first', async () => {
    jackdaw = await armedApp([{ id: 'one' }, { id: 'two' }, { id: 'three', enabled: false }], {
      environment: { JACKDAW_CONCURRENCY: '1' },
    });
    jackdaw.runner.answer = { afterMs: minute, report: {} };
    await jackdaw.clock.advance(30 * minute);
    await jackdaw.call('startRun', { id: 'three' });
    await jackdaw.clock.advance(3 * minute);
    expect(started()).toEqual([1, 3, 2]);
  });
});

describe('scheduler, after a wake', () => {
  const remotes = ['a', 'b', 'c'].map((id) => ({ id, scrape: page(`http://${id}.test/`) }));

  it('starts what reaches out one by one, two seconds apart', async () => {
    jackdaw = await armedApp(remotes);
    jackdaw.clock.sleep(2 * hour);
    await jackdaw.clock.advance(40_000);
    expect(times()).toEqual(['10:00:30', '10:00:32', '10:00:34']);
  });

  it('waits for an address, ten seconds at the most', async () => {
    jackdaw = await armedApp(remotes);
    jackdaw.surroundings.hasAddress = false;
    jackdaw.clock.sleep(2 * hour);
    await jackdaw.clock.advance(60_000);
    expect(times()).toEqual(['10:00:40', '10:00:42', '10:00:44']);
  });

  it('goes on as soon as the address is there', async () => {
    jackdaw = await armedApp(remotes);
    jackdaw.surroundings.hasAddress = false;
    jackdaw.clock.sleep(2 * hour);
    await jackdaw.clock.advance(33_500);
    expect(times()).toEqual([]);
    jackdaw.surroundings.hasAddress = true;
    await jackdaw.clock.advance(60_000);
    expect(times()).toEqual(['10:00:34', '10:00:36', '10:00:38']);
  });

  it('makes pages of this computer wait for nothing', async () => {
    jackdaw = await armedApp([{ id: 'a' }, { id: 'b', scrape: page('http://b.localhost/') }]);
    jackdaw.surroundings.hasAddress = false;
    jackdaw.clock.sleep(2 * hour);
    await jackdaw.clock.advance(31_000);
    expect(times()).toEqual(['10:00:30', '10:00:30']);
  });

  it('adds up: every slot of the sleep is in exactly one row', async () => {
    jackdaw = await armedApp(remotes);
    jackdaw.clock.sleep(25 * hour);
    await jackdaw.clock.advance(60_000);
    const history = await jackdaw.history('a');
    expect(history.reduce((sum, { coalesced }) => sum + coalesced, 0)).toBe(50);
    expect(await shortHistory(jackdaw, 'a')).toEqual(['11-21T09:00 ×50 success']);
  });
});
