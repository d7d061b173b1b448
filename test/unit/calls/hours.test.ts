import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aSchedule } from '../../support/builders.ts';
import { officeHours } from '../../support/busy-app.ts';
import { openTestApp, type TestApp } from '../../support/test-app.ts';

let jackdaw: TestApp;
beforeEach(async () => {
  jackdaw = await openTestApp({ at: '2026-11-20T18:00:00Z' });
  await jackdaw.call('saveHours', { profile: officeHours, create: true });
});
afterEach(async () => {
  await jackdaw.stop();
});

async function save(id: string, hours?: string): Promise<void> {
  const schedule = aSchedule({ id, ...(hours === undefined ? {} : { hours }) });
  await jackdaw.call('saveSchedule', { schedule, create: true });
}

async function nextOf(id: string): Promise<string | undefined> {
  return (await jackdaw.call('getSchedule', { id })).nextRun?.at;
}

describe('calls/hours', () => {
  it('says which schedules keep a profile, by name or by default', async () => {
    await save('named', 'office');
    await save('plain');
    await save('free', 'always');
    const usedBy = async () => (await jackdaw.call('getSnapshot', {})).hours[0]?.usedBy;
    expect(await usedBy()).toEqual(['named']);
    await jackdaw.call('changeSettings', { defaultHours: 'office' });
    expect(await usedBy()).toEqual(['named', 'plain']);
    await jackdaw.call('deleteSchedule', { id: 'named' });
    expect(await usedBy()).toEqual(['plain']);
  });

  it('gives whoever keeps changed hours the new next run at once', async () => {
    await save('named', 'office');
    await save('free', 'always');
    expect(await nextOf('named')).toBe('2026-11-23T09:00:00Z');
    const profile = { ...officeHours, week: { fri: ['22:00-02:00'] } };
    expect(await jackdaw.call('saveHours', { profile })).toEqual({ profile, usedBy: ['named'] });
    expect(await nextOf('named')).toBe('2026-11-20T22:00:00Z');
    expect(await nextOf('free')).toBe('2026-11-20T18:30:00Z');
    await jackdaw.call('saveHours', { profile: { ...profile, closed: { dates: ['2026-11-20'] } } });
    expect(await nextOf('named')).toBe('2026-11-21T00:00:00Z');
  });

  it('judges what was due before the change by the hours before', async () => {
    jackdaw.app.start();
    await save('named', 'office');
    jackdaw.clock.sleep(3 * 86_400_000 - 9 * 3_600_000 + 10 * 60_000);
    await jackdaw.call('saveHours', { profile: { id: 'office', week: {} } });
    const history = await jackdaw.history();
    expect(history.map(({ slotAt, outcome }) => [slotAt, outcome])).toEqual([
      ['2026-11-23T09:00:00Z', 'skipped'],
    ]);
    expect(await nextOf('named')).toBeUndefined();
  });

  it('keeps hours that schedules keep, and names a few of these', async () => {
    for (const id of ['one', 'two', 'three', 'four']) await save(id, 'office');
    expect(await jackdaw.app.calls.invoke('deleteHours', { id: 'office' })).toEqual({
      ok: false,
      code: 'conflict',
      path: 'id',
      message: 'Office hours are kept by one, two, three and others; give these other hours first.',
      faults: [
        {
          path: 'id',
          message: 'are kept by one, two, three and others; give these other hours first',
        },
      ],
    });
    for (const id of ['one', 'two', 'three', 'four']) await jackdaw.call('deleteSchedule', { id });
    expect(await jackdaw.call('deleteHours', { id: 'office' })).toEqual({ id: 'office' });
    expect((await jackdaw.call('getSnapshot', {})).hours).toEqual([]);
  });

  it('keeps the default hours', async () => {
    await jackdaw.call('changeSettings', { defaultHours: 'office' });
    expect(await jackdaw.app.calls.invoke('deleteHours', { id: 'office' })).toMatchObject({
      ok: false,
      code: 'conflict',
      message: 'Office hours are the default hours; choose another default first.',
    });
  });

  it('keeps hours over a restart', async () => {
    await save('named', 'office');
    jackdaw = await jackdaw.restart();
    expect((await jackdaw.call('getSnapshot', {})).hours).toEqual([
      { profile: officeHours, usedBy: ['named'] },
    ]);
    expect(await nextOf('named')).toBe('2026-11-23T09:00:00Z');
  });
});
