import { afterEach, describe, expect, it } from 'vitest';
import type { ScheduleInput } from '../../../contract/schedule.ts';
import type { HostView } from '../../../contract/views.ts';
import type { WakeReview } from '../../../contract/wake.ts';
import { aSchedule } from '../../support/builders.ts';
import { officeHours } from '../../support/busy-app.ts';
import { openTestApp, type TestApp } from '../../support/test-app.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
let opened: TestApp | null = null;

afterEach(async () => {
  await opened?.stop();
  opened = null;
});

async function anApp(): Promise<TestApp> {
  opened = await openTestApp({ at: '2026-11-20T08:00:00Z', zone: 'Europe/Berlin' });
  opened.app.start();
  await opened.call('saveHours', { profile: officeHours, create: true });
  const schedules: readonly Partial<ScheduleInput>[] = [
    {},
    { id: 'office', name: 'Office', hours: 'office' },
    { id: 'old', name: 'Old', trigger: { kind: 'interval', every: '2h' }, missed: { grace: '5m' } },
    { id: 'all', name: 'All', missed: { policy: 'all' } },
    { id: 'calm', name: 'Calm', trigger: { kind: 'calendar', at: ['06:00'] } },
  ];
  for (const given of schedules)
    await opened.call('saveSchedule', { schedule: aSchedule(given), create: true });
  return opened;
}

async function reviewOf(app: TestApp): Promise<WakeReview | null> {
  return (await app.call('getSnapshot', {})).host.review;
}

/** The slots of the ledger that were missed or caught up. */
async function lateSlots(app: TestApp): Promise<number> {
  const rows = await app.history();
  const late = rows.filter(({ outcome, cause }) => outcome === 'missed' || cause === 'catch-up');
  return late.reduce((sum, { coalesced }) => sum + coalesced, 0);
}

describe('calls/wake-review', () => {
  it('is empty until something was missed', async () => {
    const app = await anApp();
    await app.clock.advance(2 * hourMs + minuteMs);
    expect(await reviewOf(app)).toBeNull();
  });

  it('tells after a sleep what each schedule missed and what was done; the sums are the ledger’s', async () => {
    const app = await anApp();
    app.clock.sleep(10 * hourMs + 20 * minuteMs);
    await app.clock.advance(5 * minuteMs);
    const review = await reviewOf(app);
    expect(review).toMatchObject({
      from: '2026-11-20T08:30:00Z',
      cause: 'asleep',
      schedules: 4,
    });
    expect(review?.slots).toBe(await lateSlots(app));
    expect(review?.slots).toBe(review?.lines.reduce((sum, { slots }) => sum + slots, 0));
    const lines = new Map(review?.lines.map((line) => [line.schedule, line]));
    expect(lines.get('posts')).toMatchObject({
      name: 'Posts',
      slots: 20,
      from: '2026-11-20T08:30:00Z',
      to: '2026-11-20T18:00:00Z',
      runs: 1,
      outcome: 'success',
      startedAt: '2026-11-20T18:20:30Z',
    });
    expect(lines.get('office')).toMatchObject({ slots: 15, runs: 0, reason: 'closed' });
    expect(lines.get('old')).toMatchObject({ slots: 5, runs: 0, reason: 'past-grace' });
    expect(lines.get('all')).toMatchObject({ slots: 20, runs: 20 });
    expect((await app.call('getStory', { cursor: lines.get('office')?.row ?? '' })).entry).toEqual(
      (await app.history('office')).at(-1),
    );
  });

  it('tells of slots whose newest was merely late and ran as if nothing had been', async () => {
    const app = await anApp();
    app.clock.sleep(119 * minuteMs + 40_000);
    await app.clock.advance(35_000);
    expect((await app.history('posts')).at(-1)).toMatchObject({ cause: 'slot', coalesced: 4 });
    const line = (await reviewOf(app))?.lines.find(({ schedule }) => schedule === 'posts');
    expect(line).toMatchObject({ slots: 4, runs: 1, outcome: 'success' });
  });

  it('counts what was missed while Jackdaw didn’t run, and says so', async () => {
    const app = await anApp();
    app.clock.step(3 * hourMs + 10 * minuteMs);
    opened = await app.restart();
    opened.app.start();
    await opened.clock.advance(5_000);
    expect(await reviewOf(opened)).toMatchObject({ cause: 'not-running', schedules: 4 });
  });

  it('tells every window once when the rows come, and is put away for good', async () => {
    const app = await anApp();
    const told: HostView[] = [];
    app.app.changes.subscribe((event) => {
      if (event.name === 'host') told.push(event.value);
    });
    app.clock.sleep(95 * minuteMs);
    await app.clock.advance(31_000);
    expect(told.filter(({ review }) => review !== null)).toHaveLength(1);
    await app.call('dismissNotice', { notice: 'wake-review' });
    expect(told.at(-1)?.review).toBeNull();
    expect(await reviewOf(app)).toBeNull();

    const again = await app.restart();
    opened = again;
    again.app.start();
    await again.clock.advance(31_000);
    expect(await reviewOf(again)).toBeNull();
    again.clock.sleep(60 * minuteMs);
    await again.clock.advance(31_000);
    expect((await reviewOf(again))?.from).toBe('2026-11-20T10:00:00Z');
  });

  it('lists 50 schedules and counts the rest; none after a week, nor of deleted ones', async () => {
    opened = await openTestApp({ at: '2026-11-20T08:00:00Z' });
    const app = opened;
    app.app.start();
    const schedules = Array.from({ length: 53 }, (_, index) =>
      aSchedule({ id: `s${String(index)}`, missed: { policy: 'skip' } }),
    );
    for (const schedule of schedules) await app.call('saveSchedule', { schedule, create: true });
    app.clock.sleep(95 * minuteMs);
    await app.clock.advance(31_000);
    const review = await reviewOf(app);
    expect([review?.lines.length, review?.schedules, review?.slots]).toEqual([50, 53, 159]);
    await app.call('deleteSchedule', { id: 's0' });
    expect((await reviewOf(app))?.schedules).toBe(52);
    for (const { id } of schedules.slice(1)) await app.call('setEnabled', { id, enabled: false });
    await app.clock.advance(8 * 24 * hourMs);
    expect(await reviewOf(app)).toBeNull();
  });

  it('remembers for the next time what becomes of missed slots', async () => {
    const app = await anApp();
    const view = await app.call('setMissed', { id: 'old', policy: 'skip' });
    expect(view.document.missed).toEqual({ policy: 'skip', grace: '5m' });
    expect((await app.call('getSchedule', { id: 'old' })).document.missed.policy).toBe('skip');
  });
});
