import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aSchedule } from '../../support/builders.ts';
import { officeHours } from '../../support/busy-app.ts';
import { openTestApp, type TestApp } from '../../support/test-app.ts';

let jackdaw: TestApp;
beforeEach(async () => {
  // Friday, half past four in Berlin.
  jackdaw = await openTestApp({ at: '2026-11-20T15:30:00Z', zone: 'Europe/Berlin' });
  await jackdaw.call('saveHours', { profile: officeHours, create: true });
  await jackdaw.call('saveSchedule', { schedule: aSchedule({ hours: 'office' }), create: true });
});
afterEach(async () => {
  await jackdaw.stop();
});

/** The answer in short: whether it runs, and the codes of the reasons. */
async function asked(at: string, schedule?: unknown) {
  const which = schedule === undefined ? { id: 'posts' } : { schedule };
  const { runs, why } = await jackdaw.call('explainTime', { ...which, at });
  return [runs, ...why.map(({ code }) => code)];
}

describe('calls/explain-time', () => {
  it('answers about a stored schedule, with the runs around the time', async () => {
    expect(await jackdaw.call('explainTime', { id: 'posts', at: '2026-11-21T10:00' })).toEqual({
      local: '2026-11-21T10:00',
      at: ['2026-11-21T09:00:00Z'],
      runs: false,
      why: [
        {
          code: 'trigger',
          params: { trigger: 'every 30 minutes', at: '2026-11-21T10:00' },
          text: 'every 30 minutes → 10:00',
        },
        {
          code: 'closed',
          params: { hours: 'Office hours', at: '2026-11-20T17:00' },
          text: 'Office hours closed on Friday 20 November 17:00',
        },
        {
          code: 'opening',
          params: { at: '2026-11-23T09:00' },
          text: 'next opening Monday 09:00',
        },
      ],
      before: expect.objectContaining({ at: '2026-11-20T15:30:00Z' }) as unknown,
      after: expect.objectContaining({ at: '2026-11-23T08:00:00Z' }) as unknown,
    });
    expect(await asked('2026-11-23T10:00')).toEqual([true, 'trigger']);
  });

  it('says first what holds a stored schedule up at that time', async () => {
    await jackdaw.call('pause', { id: 'posts', until: '2026-11-23T12:00:00Z' });
    expect(await asked('2026-11-23T10:00')).toEqual([false, 'paused', 'trigger']);
    expect(await asked('2026-11-23T13:30')).toEqual([true, 'trigger']);
    await jackdaw.call('setEnabled', { id: 'posts', enabled: false });
    expect(await asked('2026-11-24T10:00')).toEqual([false, 'off', 'trigger']);
  });

  it('answers about a draft, however unfinished the rest of it is', async () => {
    const draft = { trigger: { kind: 'calendar', at: ['10:00'], on: ['mon'] }, hours: 'office' };
    expect(await asked('2026-11-23T10:00', draft)).toEqual([true, 'trigger']);
    expect(await asked('2026-11-24T10:00', draft)).toEqual([false, 'not-a-time']);
  });

  it.each([
    ['neither', {}, 'id'],
    ['both', { id: 'posts', schedule: aSchedule() }, 'id'],
    ['a draft whose times can’t be read', { schedule: { trigger: 7 } }, 'schedule.trigger'],
  ])('refuses %s', async (_, which, path) => {
    const result = await jackdaw.app.calls.call('explainTime', {
      ...which,
      at: '2026-11-23T10:00',
    });
    expect(result).toMatchObject({ ok: false, code: 'invalid', faults: [{ path }] });
  });
});
