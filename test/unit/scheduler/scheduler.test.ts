import { afterEach, describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../../../contract/ledger.ts';
import type { ScheduleInput } from '../../../contract/schedule.ts';
import { aSchedule } from '../../support/builders.ts';
import { openTestApp, type TestApp, type TestAppOptions } from '../../support/test-app.ts';

const hour = 3_600_000;
const minute = 60_000;
const workdays = ['mon', 'tue', 'wed', 'thu', 'fri'];
const office = {
  id: 'office',
  name: 'Office hours',
  week: Object.fromEntries(workdays.map((day) => [day, ['09:00-17:00']])),
};

const opened: TestApp[] = [];
afterEach(async () => {
  for (const app of opened.splice(0)) await app.stop();
});

/** An app with one schedule, its alarm armed. */
async function armed(
  schedule: Partial<ScheduleInput> = {},
  options: TestAppOptions = {},
): Promise<TestApp> {
  const app = await openTestApp(options);
  opened.push(app);
  await app.call('saveHours', { profile: office, create: true });
  await app.call('saveSchedule', { schedule: aSchedule(schedule), create: true });
  app.app.start();
  return app;
}

/** A row of the history in short: the slot, how many it stands for, and how it ended. */
function short({ slotAt, coalesced, outcome, reason, cause }: HistoryEntry): string {
  const end = `${outcome ?? 'open'}${reason === null ? '' : `(${reason})`}`;
  return `${slotAt?.slice(5, 16) ?? cause} ×${String(coalesced)} ${end}`;
}

async function rows(app: TestApp): Promise<readonly string[]> {
  return (await app.history()).map(short);
}

/** Every half hour from one local hour to another, as instants at this offset. */
function halfHours(date: string, from: number, to: number, offsetHours: number): readonly string[] {
  const first = Date.parse(`${date}T00:00:00Z`) + (from - offsetHours) * hour;
  return Array.from({ length: (to - from) * 2 }, (_, index) =>
    new Date(first + index * 30 * minute).toISOString(),
  );
}

describe('scheduler/scheduler', () => {
  it.each([
    ['America/New_York', '2026-10-30', '2026-11-02', -4, -5],
    ['Europe/Berlin', '2026-10-23', '2026-10-26', 2, 1],
    ['America/New_York', '2026-03-06', '2026-03-09', -5, -4],
    ['Europe/Berlin', '2026-03-27', '2026-03-30', 1, 2],
  ])(
    'runs at exactly the half hours of office hours in %s over the clock change from %s to %s',
    async (zone, friday, monday, before, after) => {
      const app = await armed({ hours: 'office' }, { at: `${friday}T05:00:00Z`, zone });
      await app.clock.advanceTo(Date.parse(`${monday}T23:30:00Z`));
      const expected = [...halfHours(friday, 9, 17, before), ...halfHours(monday, 9, 17, after)];
      expect(app.runner.runs.map((run) => run.startedAt)).toEqual(expected);
      const history = await app.history('posts');
      expect(history.map(({ slotAt, outcome }) => [slotAt, outcome])).toEqual(
        expected.map((at) => [at.replace('.000Z', 'Z'), 'success']),
      );
    },
  );

  it('wakes at least every 30 seconds, and not more often while nothing is due', async () => {
    const app = await armed({ trigger: { kind: 'interval', every: '24h' } });
    await app.clock.advance(10 * minute);
    const status = await app.call('getStatus', {});
    expect(status).toMatchObject({ running: true, lastTickAt: '2026-11-20T08:10:00Z', lagMs: 0 });
    // The alarm, and the daily look at the zone data.
    expect(app.clock.pending()).toBe(2);
  });
});

describe('scheduler/scheduler, missed slots', () => {
  it('starts the newest of the slots the computer slept through, and says how many it stands for', async () => {
    const app = await armed();
    app.clock.sleep(2 * hour + 40 * minute);
    await app.clock.advance(minute);
    expect(await rows(app)).toEqual(['11-20T10:30 ×5 success']);
    expect((await app.history())[0]).toMatchObject({
      cause: 'catch-up',
      firstSlotAt: '2026-11-20T08:30:00Z',
    });
  });

  it('runs one slot reached within a minute of its time whatever the policy', async () => {
    const app = await armed({ missed: { policy: 'skip' } });
    await app.clock.advance(29 * minute);
    app.clock.sleep(75_000);
    await app.clock.advance(35_000);
    expect(await rows(app)).toEqual(['11-20T08:30 ×1 success']);
    expect((await app.history())[0]?.cause).toBe('slot');
  });

  it('records missed(closed) when the hours are closed by the time it wakes', async () => {
    const app = await armed({ hours: 'office' }, { at: '2026-11-20T15:10:00Z' });
    app.clock.sleep(3 * hour);
    await app.clock.advance(minute);
    expect(app.runner.runs).toEqual([]);
    expect(await rows(app)).toEqual(['11-20T16:30 ×3 missed(closed)']);
  });

  it('records missed(past-grace) when the newest is older than the grace', async () => {
    const app = await armed({
      trigger: { kind: 'cron', expression: '0 9 * * *' },
      missed: { grace: '2h' },
    });
    app.clock.sleep(5 * hour);
    await app.clock.advance(minute);
    expect(await rows(app)).toEqual(['11-20T09:00 ×1 missed(past-grace)']);
  });

  it('records what was due while nothing ran, as not-running under the policy skip', async () => {
    const first = await armed({ missed: { policy: 'skip' } });
    first.clock.sleep(100 * 30 * minute);
    const again = await first.restart();
    opened.splice(0, 1, again);
    again.app.start();
    await again.clock.advance(1_000);
    const history = await again.history();
    expect(history.reduce((sum, row) => sum + row.coalesced, 0)).toBe(100);
    expect(history.at(-1)).toMatchObject({ slotAt: '2026-11-22T10:00:00Z', outcome: 'success' });
    expect(history[0]).toMatchObject({ outcome: 'missed', reason: 'not-running', coalesced: 99 });
  });

  it('catches up with all within grace, oldest first and one at a time, under the policy all', async () => {
    const app = await armed({ missed: { policy: 'all', grace: '1h' } });
    app.clock.sleep(2 * hour + 10 * minute);
    await app.clock.advance(minute);
    expect(await rows(app)).toEqual([
      '11-20T09:00 ×2 missed(past-grace)',
      '11-20T09:30 ×1 success',
      '11-20T10:00 ×1 success',
    ]);
    const [one, two] = app.runner.runs;
    expect(Date.parse(two?.startedAt ?? '') - Date.parse(one?.startedAt ?? '')).toBe(1_000);
  });

  it('makes one run of fifty thousand missed slots', async () => {
    const app = await armed({
      trigger: { kind: 'interval', every: '1m' },
      missed: { grace: '1h' },
    });
    app.clock.sleep(50_000 * minute);
    await app.clock.advance(35_000);
    expect(app.runner.runs).toHaveLength(1);
    expect((await app.history())[0]).toMatchObject({ coalesced: 50_000, outcome: 'success' });
  });

  it('handles nothing twice when the clock is set back, and goes on from the new time', async () => {
    const app = await armed();
    await app.clock.advance(65 * minute);
    app.clock.step(-hour);
    await app.clock.advance(100 * minute);
    expect(await rows(app)).toEqual([
      '11-20T08:30 ×1 success',
      '11-20T09:00 ×1 success',
      '11-20T09:30 ×1 success',
    ]);
    expect(app.lines).toContain('clock set back');
  });

  it('judges slots up to a move by the old zone, and all later ones by the new', async () => {
    const app = await armed(
      { trigger: { kind: 'cron', expression: '0 12 * * *' } },
      { at: '2026-11-20T10:00:00Z', zone: 'Europe/Berlin' },
    );
    await app.clock.advance(70 * minute);
    app.clock.moveTo('America/New_York');
    await app.clock.advanceTo(Date.parse('2026-11-20T18:00:00Z'));
    expect(await rows(app)).toEqual(['11-20T11:00 ×1 success', '11-20T17:00 ×1 success']);
    expect((await app.call('getSnapshot', {})).host.timezone).toBe('America/New_York');
  });
});

describe('scheduler/scheduler, queue', () => {
  it('never has more runs going on than its concurrency, and starts all in the end', async () => {
    const app = await armed({}, { environment: { JACKDAW_RUNS_PER_HOST: '3' } });
    app.runner.answer = null;
    for (const id of ['b', 'c', 'd', 'e'])
      await app.call('saveSchedule', { schedule: aSchedule({ id }), create: true });
    await app.clock.advance(31 * minute);
    expect(app.runner.runs).toHaveLength(3);
    expect(await app.call('getStatus', {})).toMatchObject({ queue: 2, runningRuns: 3 });
    app.runner.runs[1]?.end();
    await app.clock.advance(1);
    expect(app.runner.runs.map((run) => run.job.schedule)).toEqual([1, 2, 3, 4]);
  });

  it('skips a slot that comes while the run before goes on', async () => {
    const app = await armed();
    app.runner.answer = { afterMs: 40 * minute, report: {} };
    await app.clock.advance(85 * minute);
    expect(await rows(app)).toEqual(['11-20T08:30 ×1 success', '11-20T09:00 ×1 skipped(overlap)']);
  });

  it('lets one slot wait for the run before, where the schedule says queue', async () => {
    const app = await armed({ overlap: 'queue' });
    app.runner.answer = null;
    await app.clock.advance(91 * minute);
    expect(await rows(app)).toEqual([
      '11-20T08:30 ×1 open',
      '11-20T09:00 ×1 open',
      '11-20T09:30 ×1 skipped(overlap)',
    ]);
    app.runner.runs[0]?.end();
    await app.clock.advance(1);
    expect(app.runner.runs).toHaveLength(2);
  });

  it('judges the hours again at the start: a slot that waited past the close is skipped', async () => {
    const app = await armed({ hours: 'office' }, { at: '2026-11-20T16:20:00Z' });
    await app.call('changeSettings', { concurrency: 1 });
    app.runner.answer = null;
    await app.call('saveSchedule', { schedule: aSchedule({ id: 'long' }), create: true });
    await app.call('startRun', { id: 'long' });
    await app.clock.advance(50 * minute);
    app.runner.runs[0]?.end();
    await app.clock.advance(1);
    const history = await app.history('posts');
    expect(history.map(short)).toEqual(['11-20T16:30 ×1 skipped(closed-at-start)']);
  });

  it('puts such a slot off to the opening, where the schedule says defer', async () => {
    const app = await armed({ hours: 'office', outside: 'defer' }, { at: '2026-11-20T16:20:00Z' });
    await app.call('changeSettings', { concurrency: 1 });
    app.runner.answer = null;
    await app.call('saveSchedule', {
      schedule: aSchedule({ id: 'long', enabled: false }),
      create: true,
    });
    await app.call('startRun', { id: 'long' });
    await app.clock.advance(50 * minute);
    app.runner.runs[0]?.end();
    await app.clock.advanceTo(Date.parse('2026-11-23T09:00:30Z'));
    const run = app.runner.runs.find(({ job }) => job.schedule === 1);
    expect(run?.startedAt).toBe('2026-11-23T09:00:00.000Z');
  });
});

describe('scheduler/scheduler, pause and manual runs', () => {
  it('skips slots while paused, as one row, and catches nothing up after', async () => {
    const app = await armed();
    await app.call('pause', { id: 'posts' });
    await app.clock.advance(100 * minute);
    await app.call('resume', { id: 'posts' });
    await app.clock.advance(25 * minute);
    expect(await rows(app)).toEqual(['11-20T09:30 ×3 skipped(paused)', '11-20T10:00 ×1 success']);
  });

  it('ends a snooze by itself at its instant, over a restart too', async () => {
    const app = await armed();
    await app.call('pause', { until: '2026-11-20T09:15:00Z' });
    expect((await app.call('getSchedule', { id: 'posts' })).nextRun?.at).toBe(
      '2026-11-20T09:30:00Z',
    );
    const again = await app.restart();
    opened.splice(0, 1, again);
    again.app.start();
    await again.clock.advance(95 * minute);
    expect(await rows(again)).toEqual(['11-20T09:00 ×2 skipped(paused)', '11-20T09:30 ×1 success']);
    expect((await again.call('getSnapshot', {})).host.pause).toBeNull();
  });

  it('carries a manual run out whatever hours, pause and the switch say', async () => {
    const app = await armed({ hours: { week: {} }, enabled: false });
    await app.call('pause', {});
    await app.call('startRun', { id: 'posts' });
    await app.clock.advance(2_000);
    expect(await rows(app)).toEqual(['manual ×1 success']);
  });

  it('refuses a manual run while another goes on', async () => {
    const app = await armed();
    app.runner.answer = null;
    await app.call('startRun', { id: 'posts' });
    expect(await app.app.calls.invoke('startRun', { id: 'posts' })).toMatchObject({
      ok: false,
      code: 'conflict',
    });
  });

  it('cancels a run that goes on, and one that waits', async () => {
    const app = await armed();
    await app.call('changeSettings', { concurrency: 1 });
    app.runner.answer = null;
    await app.call('saveSchedule', { schedule: aSchedule({ id: 'b' }), create: true });
    const going = await app.call('startRun', { id: 'posts' });
    const waiting = await app.call('startRun', { id: 'b' });
    await app.call('cancelRun', { run: waiting.run ?? 0 });
    await app.call('cancelRun', { run: going.run ?? 0 });
    expect(await rows(app)).toEqual(['manual ×1 cancelled(user)', 'manual ×1 cancelled(user)']);
  });
});

describe('scheduler/scheduler, failures', () => {
  const failed = { outcome: 'failed', reason: 'http-500', retryable: true } as const;

  it('tries a failed slot again with growing waits, and keeps the last outcome', async () => {
    const app = await armed({ retry: { attempts: 3, backoff: '30s', factor: 2 } });
    app.runner.answer = { afterMs: 1_000, report: failed };
    await app.clock.advance(30 * minute);
    expect((await app.call('getSchedule', { id: 'posts' })).state).toBe('running');
    await app.clock.advance(5_000);
    expect((await app.call('getSchedule', { id: 'posts' })).state).toBe('waiting-retry');
    await app.clock.advance(5 * minute);
    expect(app.runner.runs.map((run) => run.startedAt.slice(11, 19))).toEqual([
      '08:30:00',
      '08:30:36',
      '08:31:38',
    ]);
    const history = await app.history();
    expect(history.map(({ attempt, cause, outcome }) => [attempt, cause, outcome])).toEqual([
      [1, 'slot', 'failed'],
      [2, 'retry', 'failed'],
      [3, 'retry', 'failed'],
    ]);
  });

  it('records a run whose child could not be started as failed, and goes on', async () => {
    const app = await armed({ retry: { attempts: 1 } });
    const { runner } = app;
    const start = runner.start.bind(runner);
    runner.start = () => {
      throw new Error('no more processes');
    };
    await app.clock.advance(31 * minute);
    runner.start = start;
    await app.clock.advance(30 * minute);
    expect(await rows(app)).toEqual([
      '11-20T08:30 ×1 failed(not-started)',
      '11-20T09:00 ×1 success',
    ]);
  });

  it('shows how far a run has come while it goes on, and its log', async () => {
    const app = await armed();
    app.runner.answer = null;
    const { run } = await app.call('startRun', { id: 'posts' });
    const observer = app.runner.runs[0]?.observer;
    observer?.progress({ pages: 3, rows: 30 });
    observer?.log('warning', 'one row has no title');
    expect((await app.call('getRun', { run: run ?? 0 })).counts).toMatchObject({
      pages: 3,
      rows: 30,
    });
    const line = { at: '2026-11-20T08:00:00Z', level: 'warning', message: 'one row has no title' };
    expect(await app.call('getRunLog', { run: run ?? 0 })).toEqual([line]);
    app.runner.runs[0]?.end();
    await app.clock.advance(1);
    expect(await app.call('getRunLog', { run: run ?? 0 })).toEqual([line]);
  });

  it('goes on waiting for a retry over a restart', async () => {
    const app = await armed({ retry: { backoff: '10m' } });
    app.runner.answer = { afterMs: 1_000, report: failed };
    await app.clock.advance(31 * minute);
    const again = await app.restart();
    opened.splice(0, 1, again);
    again.app.start();
    await again.clock.advance(12 * minute);
    expect((await again.history()).map(({ attempt, outcome }) => [attempt, outcome])).toEqual([
      [1, 'failed'],
      [2, 'success'],
    ]);
  });

  it('does not retry into closed hours or past the next slot', async () => {
    const app = await armed({ retry: { backoff: '31m', max: '31m' } });
    app.runner.answer = { afterMs: 1_000, report: failed };
    await app.clock.advance(89 * minute);
    expect((await app.history()).map(({ attempt }) => attempt)).toEqual([1, 1]);
  });

  it('pauses a schedule after so many failures in a row, over a restart, until it is resumed', async () => {
    const app = await armed({ retry: { attempts: 1 }, pauseAfterFailures: 2 });
    app.runner.answer = { afterMs: 1_000, report: failed };
    await app.clock.advance(31 * minute);
    const again = await app.restart();
    opened.splice(0, 1, again);
    again.runner.answer = { afterMs: 1_000, report: failed };
    again.app.start();
    await again.clock.advance(90 * minute);
    expect(await rows(again)).toEqual([
      '11-20T08:30 ×1 failed(http-500)',
      '11-20T09:00 ×1 failed(http-500)',
      '11-20T10:00 ×2 skipped(paused)',
    ]);
    expect(await again.call('getSchedule', { id: 'posts' })).toMatchObject({
      state: 'paused',
      pause: { why: 'failures', until: null },
    });
    again.runner.answer = { afterMs: 1_000, report: {} };
    await again.call('resume', { id: 'posts' });
    await again.clock.advance(30 * minute);
    expect((await again.call('getSchedule', { id: 'posts' })).state).toBe('waiting');
  });
});

describe('scheduler/scheduler, edits', () => {
  it('shows the next half hour at once when the hours are switched off, and the opening when on', async () => {
    const app = await armed({ hours: 'office' }, { at: '2026-11-21T02:10:00Z' });
    const seen: (string | undefined)[] = [];
    app.app.changes.subscribe((event) => {
      if (event.name === 'schedule') seen.push(event.value.nextRun?.at);
    });
    const document = aSchedule({ hours: 'office' });
    await app.call('saveSchedule', { schedule: { ...document, hours: 'always' } });
    await app.call('saveSchedule', { schedule: document });
    expect(seen).toEqual(['2026-11-21T02:30:00Z', '2026-11-23T09:00:00Z']);
  });

  it('moves the next run of every schedule that keeps a profile when the profile changes', async () => {
    const app = await armed({ hours: 'office' }, { at: '2026-11-21T02:10:00Z' });
    await app.call('saveHours', { profile: { ...office, week: { sat: ['03:00-04:00'] } } });
    expect((await app.call('getSchedule', { id: 'posts' })).nextRun?.at).toBe(
      '2026-11-21T03:00:00Z',
    );
    await app.clock.advance(3 * hour);
    expect(await rows(app)).toEqual(['11-21T03:00 ×1 success', '11-21T03:30 ×1 success']);
  });

  it('never counts slots before an edit as missed', async () => {
    const app = await armed({ trigger: { kind: 'interval', every: '24h' } });
    await app.clock.advance(2 * hour);
    await app.call('saveSchedule', {
      schedule: aSchedule({ trigger: { kind: 'interval', every: '1m' } }),
    });
    await app.clock.advance(minute + 2_000);
    expect(await rows(app)).toEqual(['11-20T10:01 ×1 success']);
  });

  it('starts nothing more of a schedule that is deleted, and cancels what goes on', async () => {
    const app = await armed();
    app.runner.answer = null;
    await app.clock.advance(30 * minute);
    await app.call('deleteSchedule', { id: 'posts' });
    await app.clock.advance(2 * hour);
    expect(app.runner.runs).toHaveLength(1);
    await app.call('undeleteSchedule', { id: 'posts' });
    expect(await rows(app)).toEqual(['11-20T08:30 ×1 cancelled(deleted)']);
  });

  it('starts nothing while the alarm is off, but settles what an edit finds due as not-running', async () => {
    const app = await openTestApp();
    opened.push(app);
    await app.call('saveSchedule', { schedule: aSchedule(), create: true });
    await app.clock.advance(65 * minute);
    expect(app.runner.runs).toEqual([]);
    await app.call('setEnabled', { id: 'posts', enabled: false });
    expect(await rows(app)).toEqual(['11-20T09:00 ×2 missed(not-running)']);
    expect(app.lines).not.toContain('scheduler started');
  });
});

describe('scheduler/scheduler, quit', () => {
  it('cancels what goes on, misses what waits, and leaves nothing open', async () => {
    const app = await armed();
    await app.call('changeSettings', { concurrency: 1 });
    app.runner.answer = null;
    await app.call('saveSchedule', { schedule: aSchedule({ id: 'b' }), create: true });
    await app.clock.advance(30 * minute);
    const again = await app.restart();
    opened.splice(0, 1, again);
    expect(await rows(again)).toEqual([
      '11-20T08:30 ×1 cancelled(quit)',
      '11-20T08:30 ×1 missed(not-running)',
    ]);
  });
});
