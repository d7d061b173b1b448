import { afterEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../../main/clock.ts';
import type { Entry } from '../../../main/scheduler/book.ts';
import { createWatch, type WatchParts } from '../../../main/health/watch.ts';
import { aSchedule } from '../../support/builders.ts';
import { openTestApp, type TestApp } from '../../support/test-app.ts';
import { virtualClock, type VirtualClock } from '../../support/virtual-clock.ts';

let jackdaw: TestApp | null = null;
afterEach(async () => {
  await jackdaw?.stop();
  jackdaw = null;
});

/** A clock that loses the timers of the alarm while a test says so; the watch's own idle ones ring. */
function forgetfulClock(): {
  readonly clock: VirtualClock;
  readonly lose: (does: boolean) => void;
} {
  const whole = virtualClock('2026-11-20T08:00:00Z');
  let loses = false;
  const after: Clock['after'] = (delayMs, ring, waiting) =>
    loses && waiting !== 'idle' ? { cancel: () => undefined } : whole.after(delayMs, ring, waiting);
  return {
    clock: { ...whole, after },
    lose: (does) => {
      loses = does;
    },
  };
}

async function started(clock: VirtualClock): Promise<TestApp> {
  jackdaw = await openTestApp({ virtual: clock });
  jackdaw.runner.answer = null;
  await jackdaw.call('saveSchedule', { schedule: aSchedule(), create: true });
  jackdaw.app.start();
  return jackdaw;
}

const repairsOf = ({ lines }: TestApp): number =>
  lines.filter((line) => line === 'repaired').length;

describe('health/watch: through the app', () => {
  it('sets the alarm anew where its timer was dropped, and says so', async () => {
    const { clock, lose } = forgetfulClock();
    const app = await started(clock);
    lose(true);
    // The alarm rings once more, and sets a timer that never rings.
    await clock.advance(31_000);
    lose(false);
    await clock.advance(180_000);
    const { host } = await app.call('getSnapshot', {});
    expect(host.troubles).toMatchObject([
      { code: 'repaired', message: expect.stringContaining('the alarm was set anew') as string },
    ]);
    expect(repairsOf(app)).toBe(1);
    await clock.advance(30 * 60_000);
    expect(app.runner.runs.length).toBe(1);
    expect(repairsOf(app)).toBe(1);
    await app.call('dismissNotice', { notice: 'repaired' });
    expect((await app.call('getSnapshot', {})).host.troubles).toEqual([]);
  });

  it('is not taken in by a computer that slept, or whose clock was set', async () => {
    const clock = virtualClock('2026-11-20T08:00:00Z');
    const app = await started(clock);
    await clock.advance(60_000);
    clock.sleep(8 * 3_600_000);
    await clock.advance(5 * 60_000);
    clock.step(-3_600_000);
    await clock.advance(5 * 60_000);
    clock.step(7 * 86_400_000);
    await clock.advance(5 * 60_000);
    expect(repairsOf(app)).toBe(0);
  });

  it('outlives ticks that throw: each is logged, the third repair opens the host afresh, once', async () => {
    const whole = virtualClock('2026-11-20T08:00:00Z');
    let throws = false;
    const clock = {
      ...whole,
      zone: () => {
        if (throws) throw new Error('no zone today');
        return 'UTC';
      },
    };
    const app = await started(clock);
    const { start } = app.app.changes.revision();
    throws = true;
    await clock.advance(4 * 60_000);
    throws = false;
    await clock.advance(60_000);
    expect(app.lines).toContain('tick failed');
    expect(repairsOf(app)).toBeGreaterThanOrEqual(3);
    expect(app.lines.filter((line) => line === 'host restarts').length).toBeGreaterThanOrEqual(1);
    // A call waits until the host is open again.
    expect((await app.call('getStatus', {})).running).toBe(true);
    expect(app.app.changes.revision().start).not.toBe(start);
    await clock.advance(30 * 60_000);
    expect(app.runner.runs.length).toBe(1);
  });
});

/** A scheduler that only shows a book, and counts what is asked of it. */
function bookOf(entries: readonly Entry[], given: Partial<WatchParts> = {}) {
  const clock = virtualClock('2026-11-20T08:00:00Z');
  const asked: string[] = [];
  const repaired: string[] = [];
  const watch = createWatch({
    clock,
    scheduler: {
      book: { all: () => entries },
      facts: () => ({
        running: true,
        startedAtMs: clock.now(),
        lastTickAtMs: clock.now() - 1_000,
        lagMs: 0,
        queue: 0,
        runningRuns: 0,
        pause: null,
        zone: 'UTC',
      }),
      wake: () => asked.push('wake'),
      recompute: () => asked.push('recompute'),
    },
    isExcused: () => false,
    repaired: (what) => repaired.push(what),
    ...given,
  });
  watch.start();
  return { clock, asked, repaired, watch };
}

/** The entry of a schedule as the scheduler has it, changed as a fault would. */
async function anEntry(changes: Partial<Entry>, given = {}): Promise<Entry> {
  const { createBook } = await import('../../../main/scheduler/book.ts');
  const { defaultSettings } = await import('../../../contract/settings.ts');
  const book = createBook(() => ({
    zone: 'UTC',
    settings: defaultSettings,
    profiles: new Map(),
    calendarsOf: () => [],
  }));
  const entry = book.put({
    number: 1,
    document: aSchedule(given),
    createdAtMs: 0,
    handledUntilMs: Date.parse('2026-11-20T08:00:00Z'),
    pause: null,
    failures: 0,
    succeededAtMs: null,
    changedAtMs: null,
    usualFromMs: null,
  });
  return { ...entry, ...changes };
}

describe('health/watch: the next slots', () => {
  it('has them computed anew where one was lost', async () => {
    const entry = await anEntry({ nextAtMs: null, nextStartMs: null });
    const { clock, asked, repaired } = bookOf([entry]);
    await clock.advance(30_000);
    expect(asked).toEqual(['recompute', 'wake']);
    expect(repaired).toEqual(['the next run of “Posts” was lost, and was computed anew.']);
  });

  it('has them computed anew where the last tick has overlooked one', async () => {
    const overlookedAtMs = Date.parse('2026-11-20T07:30:00Z');
    const entry = await anEntry({ nextAtMs: overlookedAtMs, nextStartMs: overlookedAtMs });
    const { clock, asked } = bookOf([entry]);
    await clock.advance(30_000);
    expect(asked).toEqual(['recompute', 'wake']);
  });

  it.each([
    ['that are there', {}, {}],
    ['of a schedule that is off', { nextAtMs: null }, { enabled: false }],
    ['of one that is set aside', { nextAtMs: null, fault: 'no such zone' }, {}],
    [
      'of one that never comes',
      { nextAtMs: null },
      { trigger: { kind: 'cron', expression: '0 0 30 2 *' } },
    ],
  ])('lets those be %s', async (_which, changes, given) => {
    const { clock, asked } = bookOf([await anEntry(changes, given)]);
    await clock.advance(5 * 60_000);
    expect(asked).toEqual([]);
  });

  it('judges nothing while it is known why nothing goes on', async () => {
    const entry = await anEntry({ nextAtMs: null });
    const { clock, asked } = bookOf([entry], { isExcused: () => true });
    await clock.advance(5 * 60_000);
    expect(asked).toEqual([]);
  });

  it('gives the loop its turn after a sleep, before it calls its tick old', async () => {
    const lastTickAtMs = Date.parse('2026-11-20T08:00:00Z');
    const facts = {
      running: true,
      startedAtMs: lastTickAtMs,
      lastTickAtMs,
      lagMs: 0,
      queue: 0,
      runningRuns: 0,
      pause: null,
      zone: 'UTC',
    };
    const asked: string[] = [];
    const clock = virtualClock(lastTickAtMs);
    const watch = createWatch({
      clock,
      scheduler: {
        book: { all: () => [] },
        facts: () => facts,
        wake: () => asked.push('wake'),
        recompute: () => undefined,
      },
      isExcused: () => false,
      repaired: (what) => asked.push(what),
    });
    watch.start();
    clock.sleep(8 * 3_600_000);
    await clock.advance(30_000);
    expect(asked).toEqual([]);
    await clock.advance(30_000);
    expect(asked).toEqual(['nothing was judged for 28860 s, and the alarm was set anew.', 'wake']);
  });
});
