import { afterEach, describe, expect, it } from 'vitest';
import { events as contract, type EventEnvelope } from '../../../contract/calls.ts';
import type { EventName } from '../../../contract/names.ts';
import { aSchedule } from '../../support/builders.ts';
import { officeHours, openBusyApp, rowsAt, runWith } from '../../support/busy-app.ts';
import { openTestApp, type TestApp } from '../../support/test-app.ts';
import { settle } from '../../support/virtual-clock.ts';

let jackdaw: TestApp;
afterEach(async () => {
  await jackdaw.stop();
});

/** Hears every event from now on. */
function heard(app: TestApp): EventEnvelope[] {
  const events: EventEnvelope[] = [];
  app.app.changes.subscribe((event) => events.push(event));
  return events;
}

function namesOf(events: readonly EventEnvelope[]): readonly EventName[] {
  return events.map(({ name }) => name);
}

/** The newest event of this name. */
function newest(events: readonly EventEnvelope[], name: EventName): unknown {
  const found = events.findLast((event) => event.name === name);
  if (found === undefined) throw new Error(`no ${name} was told`);
  return found.value;
}

/** Night of a Saturday in New York: the office is closed until Monday. */
async function saturdayNight(): Promise<void> {
  jackdaw = await openTestApp({ at: '2026-11-21T07:10:00Z', zone: 'America/New_York' });
  await jackdaw.call('saveHours', { profile: officeHours, create: true });
  await jackdaw.call('saveSchedule', { schedule: aSchedule({ hours: 'office' }), create: true });
}

const mondayMorning = { at: '2026-11-23T14:00:00Z', local: '2026-11-23T09:00:00-05:00' };
const halfPastTwo = { at: '2026-11-21T07:30:00Z', local: '2026-11-21T02:30:00-05:00' };

describe('calls: the fault this project was born from', () => {
  it.each([false, true])(
    'switching the hours off and on tells the new next run at once (alarm armed: %s)',
    async (armed) => {
      await saturdayNight();
      if (armed) jackdaw.app.start();
      const events = heard(jackdaw);
      expect((await jackdaw.call('getSchedule', { id: 'posts' })).nextRun).toEqual(mondayMorning);

      await jackdaw.call('saveSchedule', { schedule: aSchedule({ hours: 'always' }) });
      expect(newest(events, 'schedule')).toMatchObject({ id: 'posts', nextRun: halfPastTwo });

      await jackdaw.call('saveSchedule', { schedule: aSchedule({ hours: 'office' }) });
      expect(newest(events, 'schedule')).toMatchObject({ id: 'posts', nextRun: mondayMorning });
    },
  );

  it('tells it when the profile itself changes, and when the default does', async () => {
    await saturdayNight();
    await jackdaw.call('saveSchedule', { schedule: aSchedule({ id: 'free' }), create: true });
    const events = heard(jackdaw);
    const nextOf = (id: string): unknown =>
      events.findLast((event) => event.name === 'schedule' && event.value.id === id)?.value;

    await jackdaw.call('saveHours', { profile: { id: 'office', name: 'Office hours' } });
    expect(nextOf('posts')).toMatchObject({ nextRun: halfPastTwo });
    await jackdaw.call('saveHours', { profile: officeHours });
    expect(nextOf('posts')).toMatchObject({ nextRun: mondayMorning });
    expect(nextOf('free')).toMatchObject({ nextRun: halfPastTwo });
    await jackdaw.call('changeSettings', { defaultHours: 'office' });
    expect(nextOf('free')).toMatchObject({ nextRun: mondayMorning });
    await jackdaw.call('changeSettings', { defaultHours: 'always' });
    expect(nextOf('free')).toMatchObject({ nextRun: halfPastTwo });
  });

  it('shows the same next run on every way to it', async () => {
    await saturdayNight();
    const { schedules } = await jackdaw.call('getSnapshot', {});
    const status = await jackdaw.call('getStatus', {});
    const [next] = await jackdaw.call('nextSlots', { id: 'posts', count: 1 });
    const document = schedules[0]?.document;
    const preview = await jackdaw.call('previewSchedule', { schedule: document, count: 1 });
    expect([
      schedules[0]?.nextRun?.at,
      status.schedules[0]?.nextRunAt,
      next?.next[0]?.at,
      preview.next[0]?.at,
    ]).toEqual(Array.from({ length: 4 }, () => mondayMorning.at));
    expect(schedules[0]?.why.map(({ text }) => text)).toEqual(
      next?.next[0]?.trace.map(({ text }) => text),
    );
  });
});

describe('calls: the stream of events', () => {
  it('numbers events without a hole, names the one before, and fits the contract', async () => {
    const busy = await openBusyApp();
    jackdaw = busy.jackdaw;
    const { revision } = await jackdaw.call('getSnapshot', {});
    const events = heard(jackdaw);
    jackdaw.app.start();
    await jackdaw.call('setEnabled', { id: 'posts', enabled: false });
    await jackdaw.call('pause', {});
    await jackdaw.call('resume', {});
    await jackdaw.call('cancelRun', { run: busy.runs.going });
    await jackdaw.call('saveHours', { profile: { id: 'nights', week: {} } });
    await jackdaw.call('changeSettings', { theme: 'dark' });
    await jackdaw.call('deleteSchedule', { id: 'prices' });
    await jackdaw.clock.advance(3_600_000);
    expect(new Set(namesOf(events))).toEqual(new Set(Object.keys(contract)));
    events.forEach((event, index) => {
      const sequence = revision.sequence + index + 1;
      expect(event.revision).toEqual({ start: revision.start, sequence });
      expect(event.previous).toBe(sequence - 1);
      expect(contract[event.name].safeParse(event.value).error?.issues ?? []).toEqual([]);
    });
    expect((await jackdaw.call('getSnapshot', {})).revision).toEqual(events.at(-1)?.revision);
  });

  it('has another start after a restart, so that old revisions mean nothing', async () => {
    jackdaw = await openTestApp();
    const { revision } = await jackdaw.call('getSnapshot', {});
    jackdaw = await jackdaw.restart();
    expect((await jackdaw.call('getSnapshot', {})).revision.start).not.toBe(revision.start);
  });

  it('tells a run from its start to its end, with its progress, and the schedule with it', async () => {
    const busy = await openBusyApp();
    jackdaw = busy.jackdaw;
    const events = heard(jackdaw);
    const run = await runWith(jackdaw, 'posts', rowsAt(['one', 5], ['three', 3]));
    const told = events.flatMap((event) =>
      event.name === 'run' && event.value.run === run
        ? [[event.value.state, event.value.outcome, event.value.counts?.rows ?? null]]
        : [],
    );
    expect(told).toEqual([
      ['queued', null, null],
      ['running', null, 0],
      ['ended', 'success', 2],
    ]);
    expect(newest(events, 'schedule')).toMatchObject({ state: 'waiting', rows: 2 });

    jackdaw.runner.runs
      .find(({ job }) => job.run === busy.runs.going)
      ?.observer.progress({
        pages: 3,
        rows: 40,
      });
    expect(newest(events, 'run')).toMatchObject({
      run: busy.runs.going,
      state: 'running',
      counts: { pages: 3, rows: 40 },
    });
  });

  it('tells a slot that didn’t run, and why', async () => {
    jackdaw = await openTestApp();
    await jackdaw.call('saveSchedule', { schedule: aSchedule(), create: true });
    jackdaw.app.start();
    await jackdaw.call('pause', { id: 'posts' });
    const events = heard(jackdaw);
    await jackdaw.clock.advance(1_800_000);
    await settle();
    expect(newest(events, 'run')).toMatchObject({
      run: null,
      schedule: 'posts',
      slotAt: '2026-11-20T08:30:00Z',
      outcome: 'skipped',
      reason: 'paused',
      message: 'The schedule was paused.',
    });
  });

  it('ends for a listener that has left', async () => {
    jackdaw = await openTestApp();
    const events: string[] = [];
    const leave = jackdaw.app.changes.subscribe(({ name }) => events.push(name));
    await jackdaw.call('saveHours', { profile: officeHours, create: true });
    leave();
    await jackdaw.call('deleteHours', { id: 'office' });
    expect(events).toContain('hours');
    expect(events.filter((name) => name === 'hours')).toHaveLength(1);
  });

  it('tells nothing where a call changes nothing', async () => {
    const busy = await openBusyApp();
    jackdaw = busy.jackdaw;
    const text = JSON.stringify(await jackdaw.call('exportFile', {}));
    const events = heard(jackdaw);
    await jackdaw.call('importFile', { text });
    await jackdaw.call('setEnabled', { id: 'posts', enabled: true });
    await jackdaw.call('importFile', { text: text.replace('Posts', 'Renamed'), dryRun: true });
    expect(namesOf(events)).toEqual([]);
  });
});
