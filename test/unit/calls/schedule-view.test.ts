import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ScheduleView } from '../../../contract/views.ts';
import { aSchedule } from '../../support/builders.ts';
import { officeHours, rowsAt, runWith } from '../../support/busy-app.ts';
import { openTestApp, type TestApp } from '../../support/test-app.ts';
import { settle } from '../../support/virtual-clock.ts';

let jackdaw: TestApp;
beforeEach(async () => {
  jackdaw = await openTestApp({ at: '2026-11-20T18:00:00Z', zone: 'Europe/Berlin' });
  await jackdaw.call('saveHours', { profile: officeHours, create: true });
  const hours = { week: { mon: ['09:00-12:00'], sat: ['10:00-11:00'] } };
  for (const schedule of [
    aSchedule({ id: 'named', hours: 'office' }),
    aSchedule({ id: 'plain' }),
    aSchedule({ id: 'own', hours }),
    aSchedule({ id: 'paris', timezone: 'Europe/Paris', hours: 'always' }),
    aSchedule({ id: 'spread', trigger: { kind: 'interval', every: '6h' }, jitter: '10m' }),
    aSchedule({ id: 'cron', trigger: { kind: 'cron', expression: '*/20 7 * * 1-5' } }),
  ])
    await jackdaw.call('saveSchedule', { schedule, create: true });
  jackdaw.app.start();
});
afterEach(async () => {
  await jackdaw.stop();
});

async function shown(): Promise<readonly ScheduleView[]> {
  return (await jackdaw.call('getSnapshot', {})).schedules;
}

const profile = { ...officeHours, week: { fri: ['22:00-02:00'] } };

/** Whatever changes what a schedule's view says. */
const changes: readonly (readonly [string, () => Promise<unknown> | undefined])[] = [
  ['named hours', () => jackdaw.call('saveHours', { profile })],
  [
    'closed dates',
    () => jackdaw.call('saveHours', { profile: { ...profile, closed: { dates: ['2026-11-20'] } } }),
  ],
  [
    'closed holidays',
    () => jackdaw.call('saveHours', { profile: { ...profile, closed: { holidays: 'DE' } } }),
  ],
  ['the default hours', () => jackdaw.call('changeSettings', { defaultHours: 'office' })],
  [
    'a move of the computer',
    () => {
      jackdaw.clock.moveTo('Europe/Lisbon');
      return jackdaw.clock.advance(30_000);
    },
  ],
  ['the zone of all', () => jackdaw.call('changeSettings', { timezone: 'America/New_York' })],
  [
    'hours of its own',
    () =>
      jackdaw.call('saveSchedule', {
        schedule: aSchedule({ id: 'own', hours: { week: { sun: ['08:00-09:00'] } } }),
      }),
  ],
  [
    'the trigger',
    () =>
      jackdaw.call('saveSchedule', {
        schedule: aSchedule({ id: 'cron', trigger: { kind: 'cron', expression: '5 6 * * *' } }),
      }),
  ],
  ['a pause', () => jackdaw.call('pause', { id: 'plain', until: '2026-11-22T10:00:00Z' })],
  ['the end of it', () => jackdaw.call('resume', { id: 'plain' })],
  ['a pause of all', () => jackdaw.call('pause', { until: '2026-11-25T10:00:00Z' })],
  ['the end of that', () => jackdaw.call('resume', {})],
  ['being off', () => jackdaw.call('setEnabled', { id: 'paris', enabled: false })],
  ['a good run', () => runWith(jackdaw, 'own', rowsAt(['one', 1]))],
  ['two hours', () => jackdaw.clock.advance(2 * 3_600_000)],
  [
    'a clock set back',
    () => {
      jackdaw.clock.step(-3 * 3_600_000);
      return jackdaw.clock.advance(30_000);
    },
  ],
];

describe('calls/schedule-view', () => {
  it('shows after each change what a host started afresh shows, to the letter', async () => {
    let last = await shown();
    for (const [what, change] of changes) {
      await change();
      const before = await shown();
      expect(before, what).not.toEqual(last);
      last = before;
      const alone = before.map(({ id }) => jackdaw.call('getSchedule', { id }));
      expect(await Promise.all(alone), what).toEqual(before);
      jackdaw = await jackdaw.restart();
      expect(await shown(), what).toEqual(before);
      jackdaw.app.start();
    }
  });

  it('says hours in other words as soon as they are others', async () => {
    const words = async () => {
      const views = await shown();
      return ['named', 'own'].map((id) => views.find((view) => view.id === id)?.hours);
    };
    const own = 'Mon 09:00–12:00; Sat 10:00–11:00';
    expect(await words()).toEqual(['Office hours: Mon–Fri 09:00–17:00', own]);
    await jackdaw.call('saveHours', { profile });
    expect(await words()).toEqual(['Office hours: Fri 22:00–02:00', own]);
    await jackdaw.call('saveHours', { profile: { ...profile, closed: { holidays: 'DE' } } });
    expect(await words()).toEqual(['Office hours: Fri 22:00–02:00, except holidays of DE', own]);
    const schedule = aSchedule({ id: 'own', hours: { week: { sun: ['08:00-09:00'] } } });
    await jackdaw.call('saveSchedule', { schedule });
    expect((await words())[1]).toBe('Sun 08:00–09:00');
  });

  it('knows how many rows the last good run had, whether few or many rows are newer', async () => {
    const rows = async () => (await jackdaw.call('getSchedule', { id: 'own' })).rows;
    const fail = async () => {
      await jackdaw.call('startRun', { id: 'own' });
      jackdaw.runner.runs.at(-1)?.end({ outcome: 'failed', reason: 'dns' });
      await settle();
    };
    await fail();
    expect(await rows()).toBeNull();
    await runWith(jackdaw, 'own', rowsAt(['one', 1], ['two', 2]));
    expect(await rows()).toBe(2);
    await fail();
    expect(await rows()).toBe(2);
    for (let turn = 0; turn < 32; turn += 1) await fail();
    const { strip } = await jackdaw.call('getSchedule', { id: 'own' });
    expect(new Set(strip.map(({ outcome }) => outcome))).toEqual(new Set(['failed']));
    expect(await rows()).toBe(2);
  });
});
