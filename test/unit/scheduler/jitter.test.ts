import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ScheduleInput } from '../../../contract/schedule.ts';
import { nextSlots } from '../../../main/schedule/next-slots.ts';
import { aSchedule } from '../../support/builders.ts';
import { openTestApp, type TestApp } from '../../support/test-app.ts';

const begin = '2026-11-20T08:00:00Z';
const jittery = { trigger: { kind: 'interval', every: '1h' }, jitter: '40m' } as const;

/** The coming slots and the starts jitter draws for them. */
const [first, second] = nextSlots(
  {
    trigger: jittery.trigger,
    timezone: 'UTC',
    outside: 'skip',
    jitter: { seconds: 2_400, seed: 'posts' },
  },
  null,
  Date.parse(begin),
  2,
);
const slotMs = first?.at ?? 0;
const startMs = first?.startAt ?? 0;
const iso = (ms: number): string => new Date(ms).toISOString();
const instant = (ms: number): string => iso(ms).replace('.000Z', 'Z');

let jackdaw: TestApp;
beforeEach(async () => {
  jackdaw = await openTestApp({ at: begin });
});
afterEach(async () => {
  await jackdaw.stop();
});

async function save(given: Partial<ScheduleInput> = {}, create = true): Promise<void> {
  await jackdaw.call('saveSchedule', { schedule: aSchedule({ ...jittery, ...given }), create });
}

const starts = (): readonly string[] => jackdaw.runner.runs.map(({ startedAt }) => startedAt);

describe('scheduler/jitter', () => {
  it('has slots a good while before their starts in these tests', () => {
    expect(startMs - slotMs).toBeGreaterThan(120_000);
  });

  it('starts each run at its own start, and keeps the slot as the ledger’s key', async () => {
    await save();
    jackdaw.app.start();
    await jackdaw.clock.advanceTo(startMs - 1);
    expect(starts()).toEqual([]);
    await jackdaw.clock.advanceTo((second?.startAt ?? 0) + 5_000);
    expect(starts()).toEqual([iso(startMs), iso(second?.startAt ?? 0)]);
    const history = await jackdaw.history();
    expect(
      history.map(({ slotAt, startedAt, coalesced }) => [slotAt, startedAt, coalesced]),
    ).toEqual(
      [first, second].map((slot) => [instant(slot?.at ?? 0), instant(slot?.startAt ?? 0), 1]),
    );
    expect((await jackdaw.call('getStatus', {})).last24h.p99LatenessMs).toBe(0);
  });

  it('shows the start as the next run, also while it waits for it', async () => {
    await save();
    jackdaw.app.start();
    const shown = async (): Promise<unknown> =>
      (await jackdaw.call('getSchedule', { id: 'posts' })).nextRun?.at;
    expect(await shown()).toBe(instant(startMs));
    await jackdaw.clock.advanceTo(slotMs + 60_000);
    expect(await shown()).toBe(instant(startMs));
    await jackdaw.clock.advanceTo(startMs + 5_000);
    expect(await shown()).toBe(instant(second?.startAt ?? 0));
  });

  it('loses no slot and runs none early where an edit comes between slot and start', async () => {
    await save();
    jackdaw.app.start();
    await jackdaw.clock.advanceTo(slotMs + 60_000);
    await save({ trigger: { kind: 'interval', every: '6h' } }, false);
    await jackdaw.clock.advanceTo(startMs - 1);
    expect(starts()).toEqual([]);
    await jackdaw.clock.advanceTo(startMs + 5_000);
    expect(starts()).toEqual([iso(startMs)]);
    expect((await jackdaw.history()).map(({ slotAt, outcome }) => [slotAt, outcome])).toEqual([
      [instant(slotMs), 'success'],
    ]);
  });

  it('runs a slot at its start after a restart between the two', async () => {
    await save();
    jackdaw.app.start();
    await jackdaw.clock.advanceTo(slotMs + 60_000);
    jackdaw = await jackdaw.restart();
    jackdaw.app.start();
    await jackdaw.clock.advanceTo(startMs + 5_000);
    expect(starts()).toEqual([iso(startMs)]);
  });

  it('judges a slot as late by its start, not by its instant', async () => {
    await save({ missed: { policy: 'skip', grace: '24h' } });
    jackdaw.app.start();
    await jackdaw.clock.advanceTo(slotMs - 1_000);
    jackdaw.clock.sleep(startMs + 30_000 - slotMs);
    await jackdaw.clock.advance(40_000);
    expect((await jackdaw.history()).map(({ slotAt, outcome }) => [slotAt, outcome])).toEqual([
      [instant(slotMs), 'success'],
    ]);
  });

  it('follows the old zone with a slot whose start is to come when the computer moves', async () => {
    await save({ trigger: { kind: 'calendar', at: [iso(slotMs).slice(11, 16)] } });
    jackdaw.app.start();
    await jackdaw.clock.advanceTo(slotMs + 30_000);
    const shown = (await jackdaw.call('getSchedule', { id: 'posts' })).nextRun?.at ?? '';
    expect(Date.parse(shown)).toBeGreaterThan(slotMs + 60_000);
    jackdaw.clock.moveTo('Asia/Tokyo');
    await jackdaw.clock.advance(60_000);
    await jackdaw.clock.advanceTo(Date.parse(shown) + 5_000);
    expect(starts()).toEqual([iso(Date.parse(shown))]);
  });
});
