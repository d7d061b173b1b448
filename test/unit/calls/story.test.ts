import { afterEach, describe, expect, it } from 'vitest';
import { rowOfCursor, type Story } from '../../../contract/story.ts';
import { openDatabase } from '../../../main/store/database.ts';
import { aSchedule } from '../../support/builders.ts';
import { officeHours } from '../../support/busy-app.ts';
import { openTestApp, type TestApp } from '../../support/test-app.ts';
import { settle } from '../../support/virtual-clock.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
let opened: TestApp | null = null;

afterEach(async () => {
  await opened?.stop();
  opened = null;
});

/** A running Jackdaw in Berlin: Friday 20 November, nine in the morning. */
async function anApp(): Promise<TestApp> {
  opened = await openTestApp({ at: '2026-11-20T08:00:00Z', zone: 'Europe/Berlin' });
  opened.app.start();
  await opened.call('saveHours', { profile: officeHours, create: true });
  return opened;
}

/** The story of the newest row of a schedule. */
async function newest(app: TestApp, id = 'posts'): Promise<Story> {
  const last = (await app.history(id)).at(-1);
  return app.call('getStory', { cursor: last?.cursor ?? '' });
}

function texts(told: readonly { readonly text: string }[]): readonly string[] {
  return told.map(({ text }) => text);
}

const failed = {
  outcome: 'failed',
  reason: 'http-500',
  message: 'The site answered 500.',
  retryable: true,
} as const;

describe('calls/story: a run', () => {
  it('tells the slot, the hours and the plan it was judged by, kept as they were', async () => {
    const app = await anApp();
    const schedule = aSchedule({ hours: 'office', jitter: '5m' });
    await app.call('saveSchedule', { schedule, create: true });
    await app.clock.advance(35 * minuteMs);
    await app.call('saveSchedule', {
      schedule: { ...schedule, hours: 'always', trigger: { kind: 'interval', every: '2h' } },
    });
    const story = await newest(app);
    expect(story).toMatchObject({
      row: 'r1',
      scheduleName: 'Posts',
      timezone: 'Europe/Berlin',
      entry: { outcome: 'success', run: 1 },
      slot: {
        at: '2026-11-20T08:30:00Z',
        local: '2026-11-20T09:30:00+01:00',
        coalesced: 1,
        lateMs: 0,
        window: {
          opened: { local: '2026-11-20T09:00:00+01:00' },
          closes: { local: '2026-11-20T17:00:00+01:00' },
        },
        retryAt: null,
        next: { local: '2026-11-20T10:00:00+01:00' },
      },
      plan: {
        trigger: 'every 30 minutes',
        hours: 'Office hours: Mon–Fri 09:00–17:00',
        outside: 'skip',
        jitter: '5m',
        isCurrent: false,
      },
      why: [],
      told: [],
      usual: { runMs: 1_000, pages: 1 },
      followed: [],
      remedies: [],
    });
    expect(texts(story.plan?.trace ?? [])[0]).toBe('every 30 minutes → 09:30');
    expect(story.slot?.startAt).toBe(story.entry.startedAt);
  });

  it('tells every attempt in order, with the waits between and the next one', async () => {
    const app = await anApp();
    app.runner.answer = { afterMs: 1_000, report: failed };
    await app.call('saveSchedule', { schedule: aSchedule(), create: true });
    await app.clock.advance(30 * minuteMs + 40_000);
    const story = await newest(app);
    expect(story.attempts.map(({ row, waitedMs }) => [row, waitedMs])).toEqual([
      ['r1', null],
      ['r2', 35_434],
    ]);
    expect(story.slot?.retryAt).toBe('2026-11-20T08:31:38Z');
    expect(texts(story.followed)).toEqual(['It will be tried again at 09:31:38.']);
    expect(texts(story.told)).toEqual(['The site answered 500.']);
    expect(story.remedies).toEqual(['run-now', 'page', 'retry']);
    // An earlier attempt is a page of the same story; so is the slot's own number.
    const first = await app.call('getStory', { cursor: 'r1' });
    expect(first.attempts.map(({ row }) => row)).toEqual(['r1', 'r2']);
    expect((await app.call('getStory', { cursor: 's1' })).row).toBe('r2');
  });

  it('says what a chain came after, and what a run set off', async () => {
    const app = await anApp();
    await app.call('saveSchedule', { schedule: aSchedule(), create: true });
    const { trigger, ...rest } = aSchedule({ id: 'after', name: 'After' });
    expect(trigger).toBeDefined();
    await app.call('saveSchedule', {
      schedule: { ...rest, after: { schedule: 'posts', on: 'success' } },
      create: true,
    });
    await app.clock.advance(30 * minuteMs + 5_000);
    const upstream = await newest(app);
    expect(upstream.followed).toEqual([
      { code: 'chained', text: 'After came after it.', row: 'r2', outcome: 'success' },
    ]);
    const chained = await newest(app, 'after');
    expect(chained.why).toEqual([
      { code: 'chain', text: 'A run of Posts had ended right then.', row: 'r1' },
    ]);
    expect(chained.plan?.trigger).toContain('Posts');
  });

  it('says of a run by hand that hours and pause didn’t count', async () => {
    const app = await anApp();
    await app.call('saveSchedule', { schedule: aSchedule(), create: true });
    await app.call('startRun', { id: 'posts' });
    await app.clock.advance(2_000);
    const story = await newest(app);
    expect(story).toMatchObject({ slot: null, plan: null, attempts: [{ row: 'r1' }] });
    expect(texts(story.why)[0]).toContain('Started by hand.');
  });

  it('says that a failure made the schedule pause itself', async () => {
    const app = await anApp();
    app.runner.answer = { afterMs: 1_000, report: { ...failed, retryable: false } };
    await app.call('saveSchedule', {
      schedule: aSchedule({ pauseAfterFailures: 2 }),
      create: true,
    });
    await app.clock.advance(61 * minuteMs);
    const story = await newest(app);
    expect(texts(story.followed)).toEqual([
      'The schedule paused itself: it was failure number 2 in a row.',
    ]);
    expect(story.remedies).toEqual(['resume', 'run-now', 'page', 'retry']);
    const view = await app.call('getSchedule', { id: 'posts' });
    expect(view.failures).toBe(2);
    expect(view.pausedBy?.run).toBe(story.entry.run);

    await app.clock.advance(31 * minuteMs);
    const skipped = await newest(app);
    expect(skipped.entry.outcome).toBe('skipped');
    expect(texts(skipped.told)).toEqual([
      'It paused itself at 10:00:01, after 2 failures in a row. What comes due during a pause is not made up for.',
    ]);
    expect(skipped.told[0]?.row).toBe(story.row);
    expect(skipped.remedies).toContain('resume');
  });
});

describe('calls/story: why not', () => {
  it('names the run that stood in the way, and until when', async () => {
    const app = await anApp();
    app.runner.answer = { afterMs: 40 * minuteMs, report: {} };
    await app.call('saveSchedule', { schedule: aSchedule({ timeout: '2h' }), create: true });
    await app.clock.advance(61 * minuteMs);
    const during = await newest(app);
    expect(during.told).toEqual([
      {
        code: 'overlap',
        text: 'The run before it is still going on, since 09:30.',
        row: 'r1',
      },
    ]);
    await app.clock.advance(15 * minuteMs);
    const story = await app.call('getStory', { cursor: during.row });
    expect(texts(story.told)).toEqual([
      'The run before it was still going on: it ran from 09:30 to 10:10.',
    ]);
    expect(story.remedies).toEqual(['run-now', 'overlap', 'timeout']);
    expect(story.plan?.trace.map(({ text }) => text)).toEqual(['every 30 minutes → 10:00']);
  });

  it('says who paused it and since when, while that pause holds, and how many slots it took', async () => {
    const app = await anApp();
    await app.call('saveSchedule', { schedule: aSchedule(), create: true });
    await app.clock.advance(10 * minuteMs);
    await app.call('pause', { id: 'posts', until: '2026-11-20T10:45:00Z' });
    await app.clock.advance(81 * minuteMs);
    const story = await newest(app);
    expect(texts(story.told)).toEqual([
      'You paused it at 09:10 until 11:45. What comes due during a pause is not made up for.',
      'This row stands for 3 slots, from 09:30 to 10:30.',
    ]);
    await app.call('resume', { id: 'posts' });
    expect(texts((await app.call('getStory', { cursor: story.row })).told)[0]).toContain(
      'It was paused then, alone or with all the others.',
    );
  });

  it('tells how old a slot was, and what its grace is', async () => {
    const app = await anApp();
    await app.call('saveSchedule', {
      schedule: aSchedule({
        trigger: { kind: 'calendar', at: ['10:00'] },
        missed: { grace: '30m' },
      }),
      create: true,
    });
    app.clock.sleep(3 * hourMs);
    await app.clock.advance(31_000);
    const story = await newest(app);
    expect(story.entry).toMatchObject({ outcome: 'missed', reason: 'past-grace', run: null });
    expect(texts(story.told)).toEqual([
      'It was 2 hours old when Jackdaw reached it, at 12:00:30: too old to make up for. Its grace is 30 minutes.',
    ]);
    expect(story.remedies).toEqual(['run-now', 'grace']);
  });

  it('tells when the hours had closed and opened next, of a slot reached too late', async () => {
    const app = await anApp();
    await app.call('saveSchedule', { schedule: aSchedule({ hours: 'office' }), create: true });
    app.clock.sleep(10 * hourMs);
    await app.clock.advance(31_000);
    const story = await newest(app);
    expect(texts(story.told)).toEqual([
      'When Jackdaw reached it, at 19:00:30, its hours had closed at 17:00 and opened next on Monday 09:00.',
      'This row stands for 15 slots, from 09:30 to 16:30.',
    ]);
  });

  it('tells of a sleep, and where the policy lets go what was missed', async () => {
    const app = await anApp();
    await app.call('saveSchedule', {
      schedule: aSchedule({ missed: { policy: 'skip' } }),
      create: true,
    });
    app.clock.sleep(95 * minuteMs);
    await app.clock.advance(31_000);
    const story = await newest(app);
    expect(texts(story.told)).toEqual([
      'The computer was asleep at 09:30 and woke at 10:35:30. Missed runs of this schedule are let go.',
      'This row stands for 3 slots, from 09:30 to 10:30.',
    ]);
    expect(story.remedies).toEqual(['run-now', 'missed']);
  });

  it('says what was caught up, and that it stands for more than one slot', async () => {
    const app = await anApp();
    await app.call('saveSchedule', { schedule: aSchedule(), create: true });
    app.clock.sleep(95 * minuteMs);
    await app.clock.advance(33_000);
    const story = await newest(app);
    expect(texts(story.why)).toEqual(['Jackdaw reached it late, at 10:35:30, and made up for it.']);
    expect(texts(story.told)).toEqual([
      'This row stands for 3 slots, from 09:30 to 10:30. The newest was run at 10:35:30.',
    ]);
    expect(story.slot?.lateMs).toBe(5 * minuteMs + 30_000);
  });

  it('says that Jackdaw wasn’t running, and when it looked again', async () => {
    const app = await anApp();
    const schedule = aSchedule({ missed: { policy: 'skip' } });
    await app.call('saveSchedule', { schedule, create: true });
    app.clock.step(65 * minuteMs);
    opened = await app.restart();
    opened.app.start();
    await opened.clock.advance(1_000);
    expect(texts((await newest(opened)).told)).toEqual([
      'Jackdaw wasn’t running; it looked again at 10:05. Missed runs of this schedule are let go.',
      'This row stands for 2 slots, from 09:30 to 10:00.',
    ]);
  });

  it('says what had been enough, that a condition didn’t hold, and that hours closed meanwhile', async () => {
    const app = await anApp();
    await app.call('saveSchedule', { schedule: aSchedule({ hours: 'office' }), create: true });
    await app.clock.advance(31 * minuteMs);
    await app.call('pause', { id: 'posts' });
    await app.clock.advance(30 * minuteMs);
    const { row } = await newest(app);
    const db = openDatabase(app.folder);
    const toldOf = async (reason: string): Promise<Story> => {
      db.prepare(
        "UPDATE slots SET reason = ?, message = 'No network.' WHERE outcome = 'skipped'",
      ).run(reason);
      return app.call('getStory', { cursor: row });
    };
    const enough = await toldOf('enough');
    expect(texts(enough.told)[0]).toContain('It had enough already');
    expect([enough.told[0]?.row, enough.remedies]).toEqual(['r1', ['run-now', 'enough']]);
    const condition = await toldOf('condition');
    expect([texts(condition.told), condition.remedies]).toEqual([
      ['No network.'],
      ['run-now', 'conditions'],
    ]);
    db.prepare('UPDATE slots SET recorded_at = recorded_at + 36000000').run();
    expect(texts((await toldOf('closed-at-start')).told)[0]).toContain(
      'its hours had closed at 17:00 and opened next on Monday 09:00.',
    );
    db.close();
  });

  it('says who cancelled a run', async () => {
    const app = await anApp();
    app.runner.answer = null;
    await app.call('saveSchedule', { schedule: aSchedule(), create: true });
    await app.call('startRun', { id: 'posts' });
    await app.call('cancelRun', { run: 1 });
    await settle();
    expect(texts((await newest(app)).told)).toEqual(['Cancelled by you.']);
  });

  it('offers nothing to do about a schedule that was deleted', async () => {
    const app = await anApp();
    app.runner.answer = { afterMs: 1_000, report: { ...failed, retryable: false } };
    await app.call('saveSchedule', { schedule: aSchedule(), create: true });
    await app.clock.advance(31 * minuteMs);
    const { row } = await newest(app);
    await app.call('deleteSchedule', { id: 'posts' });
    const story = await app.call('getStory', { cursor: rowOfCursor(row) });
    expect(story.remedies).toEqual([]);
    expect(texts(story.told)).toEqual(['The site answered 500.']);
  });
});
