import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aSchedule } from '../../support/builders.ts';
import { officeHours } from '../../support/busy-app.ts';
import { openTestApp, type TestApp } from '../../support/test-app.ts';

let jackdaw: TestApp;
beforeEach(async () => {
  // Friday, half past four in Berlin.
  jackdaw = await openTestApp({ at: '2026-11-20T15:30:00Z', zone: 'Europe/Berlin' });
  await jackdaw.call('saveHours', { profile: officeHours, create: true });
});
afterEach(async () => {
  await jackdaw.stop();
});

const whole = aSchedule({ hours: 'office' });
const twoRuns = ['2026-11-23T08:00:00Z', '2026-11-23T08:30:00Z'];

async function preview(schedule: unknown, count = 2) {
  const { faults, next, trigger, hours, timezone, why } = await jackdaw.call('previewSchedule', {
    schedule,
    count,
  });
  const at = next.map((slot) => slot.at);
  return { paths: faults.map(({ path }) => path), at, next, trigger, hours, timezone, why };
}

describe('calls/preview: a draft', () => {
  it('says of a whole draft when it would run, in its words, and why', async () => {
    const { paths, at, next, ...words } = await preview(whole);
    expect({ paths, at, ...words }).toEqual({
      paths: [],
      at: twoRuns,
      trigger: 'every 30 minutes',
      hours: 'Office hours: Mon–Fri 09:00–17:00',
      timezone: 'Europe/Berlin',
      why: [],
    });
    expect(next[0]?.local).toBe('2026-11-23T09:00:00+01:00');
    expect(next[0]?.trace.map(({ code }) => code)).toEqual(['trigger', 'closed', 'opening']);
  });

  it.each([
    ['without a page', { ...whole, scrape: undefined }, ['scrape']],
    ['with half a page', { ...whole, scrape: { kind: 'page', url: 'http', fields: {} } }, null],
    ['without a name', { ...whole, name: '' }, ['name']],
    ['without an id', { ...whole, id: '' }, ['id']],
    [
      'with a broken selector',
      { ...whole, scrape: { ...whole.scrape, items: 'a[' } },
      ['scrape.items'],
    ],
  ])('still shows the times of a draft %s, beside its faults', async (_, draft, paths) => {
    const found = await preview(draft);
    expect(found.at).toEqual(twoRuns);
    if (paths === null) expect(found.paths).not.toEqual([]);
    else expect(found.paths).toEqual(paths);
  });

  it.each([
    ['no trigger', { ...whole, trigger: undefined }, ['trigger']],
    [
      'a trigger half typed',
      { ...whole, trigger: { kind: 'interval', every: '' } },
      ['trigger.every'],
    ],
    [
      'a cron of 4 fields',
      { ...whole, trigger: { kind: 'cron', expression: '* * * *' } },
      ['trigger.expression'],
    ],
    ['unknown hours', { ...whole, hours: 'nobody' }, ['hours']],
    [
      'a window half typed',
      { ...whole, hours: { week: { mon: ['09:0'] } } },
      ['hours.week.mon[0]'],
    ],
    ['an unknown zone', { ...whole, timezone: 'Mars' }, ['timezone']],
    ['nothing at all', null, ['']],
    ['a text', 'draft', ['']],
  ])('shows only the faults of a draft with %s', async (_, draft, paths) => {
    expect(await preview(draft)).toEqual({
      paths,
      at: [],
      next: [],
      trigger: '',
      hours: '',
      timezone: '',
      why: [],
    });
  });

  it('says why there is no next run, where there is none', async () => {
    const never = {
      ...whole,
      hours: { week: { sat: ['10:00-10:20'] } },
      trigger: { kind: 'cron', expression: '30 * * * *' },
    };
    const { paths, at, why } = await preview(never);
    expect([paths, at, why.map(({ code }) => code)]).toEqual([
      [],
      [],
      ['trigger', 'closed', 'never-inside'],
    ]);
  });

  it('gives as many as asked', async () => {
    expect((await preview(whole, 1)).at).toEqual(twoRuns.slice(0, 1));
    expect((await preview(whole, 40)).at).toHaveLength(40);
  });

  it('shows a draft’s times whatever state the stored schedule is in', async () => {
    await jackdaw.call('saveSchedule', { schedule: whole, create: true });
    await jackdaw.call('pause', { id: 'posts' });
    expect((await preview({ ...whole, enabled: false })).at).toEqual(twoRuns);
  });
});

describe('calls/preview: what it says beside the times of a draft', () => {
  const edited = { ...whole, trigger: { kind: 'calendar', at: ['17:00'], on: ['fri'] } };

  it('says what to change, what the edit changes, and what the next clock changes do', async () => {
    await jackdaw.call('saveSchedule', { schedule: whole, create: true });
    const told = await jackdaw.call('previewSchedule', {
      schedule: { ...edited, hours: { week: { fri: ['09:00-17:00'], sun: ['02:00-03:00'] } } },
    });
    expect(told.advice.map(({ code }) => code)).toEqual(['never', 'at-close']);
    expect(told.changes).toMatchObject({
      days: 14,
      before: { at: twoRuns[0] },
      after: null,
      kept: 0,
      added: 0,
      moved: 0,
    });
    expect(told.clockChanges.map(({ at, kind }) => [at, kind])).toEqual([
      ['2027-03-28T01:00:00Z', 'forward'],
      ['2027-10-31T01:00:00Z', 'back'],
    ]);
  });

  it('has nothing to compare a new schedule with', async () => {
    const { changes } = await jackdaw.call('previewSchedule', { schedule: whole });
    expect(changes).toBeNull();
  });

  it('shows when a run starts where jitter spreads them', async () => {
    const { next } = await preview({ ...whole, jitter: '20m' }, 10);
    const started = next.map(({ at, startAt = at }) => Date.parse(startAt) - Date.parse(at));
    expect(started.some((delayMs) => delayMs > 0)).toBe(true);
    expect(Math.max(...started)).toBeLessThan(20 * 60_000);
  });

  it('says of a chain what it waits for', async () => {
    await jackdaw.call('saveSchedule', { schedule: whole, create: true });
    const told = await preview({
      ...whole,
      trigger: undefined,
      id: 'next',
      after: { schedule: 'posts', on: 'failure' },
    });
    expect(told).toMatchObject({ paths: [], at: [], trigger: 'after Posts fails' });
  });
});

describe('calls/preview: the next slots', () => {
  const slotsOf = async (given: Parameters<TestApp['call']>[1] = {}) =>
    (await jackdaw.call('nextSlots', { count: 2, ...given })).map(({ schedule, next, why }) => ({
      schedule,
      at: next.map(({ at }) => at),
      first: (next[0]?.trace ?? why)[0]?.code,
    }));

  beforeEach(async () => {
    await jackdaw.call('saveSchedule', { schedule: whole, create: true });
    await jackdaw.call('saveSchedule', { schedule: aSchedule({ id: 'free' }), create: true });
  });

  it('lists every schedule’s, or one’s', async () => {
    const posts = { schedule: 'posts', at: twoRuns, first: 'trigger' };
    const free = {
      schedule: 'free',
      at: ['2026-11-20T16:00:00Z', '2026-11-20T16:30:00Z'],
      first: 'trigger',
    };
    expect(await slotsOf()).toEqual([posts, free]);
    expect(await slotsOf({ id: 'free' })).toEqual([free]);
    expect(await slotsOf({ id: 'posts', count: 1 })).toEqual([
      { ...posts, at: twoRuns.slice(0, 1) },
    ]);
  });

  it('counts strictly from the instant asked for', async () => {
    expect(await slotsOf({ id: 'free', after: '2026-11-21T01:30:00+01:00' })).toEqual([
      { schedule: 'free', at: ['2026-11-21T01:00:00Z', '2026-11-21T01:30:00Z'], first: 'trigger' },
    ]);
  });

  it('puts a snooze before them, with its reason first', async () => {
    await jackdaw.call('pause', { id: 'free', until: '2026-11-20T18:00:00Z' });
    expect(await slotsOf({ id: 'free' })).toEqual([
      { schedule: 'free', at: ['2026-11-20T18:30:00Z', '2026-11-20T19:00:00Z'], first: 'paused' },
    ]);
    expect(await slotsOf({ id: 'free', after: '2026-11-20T19:00:00Z' })).toEqual([
      { schedule: 'free', at: ['2026-11-20T19:30:00Z', '2026-11-20T20:00:00Z'], first: 'trigger' },
    ]);
  });

  it('shows none while paused without an end or off, and says so', async () => {
    await jackdaw.call('pause', { id: 'free' });
    await jackdaw.call('setEnabled', { id: 'posts', enabled: false });
    expect(await slotsOf()).toEqual([
      { schedule: 'posts', at: [], first: 'off' },
      { schedule: 'free', at: [], first: 'paused' },
    ]);
  });

  it('looks at a file as if it were imported, and changes nothing', async () => {
    const file = JSON.stringify({
      jackdaw: 1,
      hours: [{ id: 'office', week: { sat: ['10:00-11:00'] } }],
      schedules: [
        { ...whole, id: 'one', enabled: false },
        { ...whole, id: 'two', hours: 'always', timezone: 'Asia/Kolkata' },
      ],
    });
    expect(await slotsOf({ file })).toEqual([
      { schedule: 'one', at: ['2026-11-21T09:00:00Z', '2026-11-21T09:30:00Z'], first: 'trigger' },
      { schedule: 'two', at: ['2026-11-20T16:00:00Z', '2026-11-20T16:30:00Z'], first: 'trigger' },
    ]);
    expect(await slotsOf({ file, id: 'two', count: 1 })).toEqual([
      { schedule: 'two', at: ['2026-11-20T16:00:00Z'], first: 'trigger' },
    ]);
    expect((await jackdaw.call('listSchedules', {})).map(({ id }) => id)).toEqual([
      'posts',
      'free',
    ]);
  });
});

describe('calls/preview: trying a page', () => {
  it('hands a page that can be read to the runner, and gives back what it says', async () => {
    const asked: unknown[] = [];
    const answer = {
      faults: [],
      url: 'http://a.test/',
      title: 'A',
      columns: ['title'],
      rows: [{ title: 'one' }],
      total: 1,
      next: null,
      message: null,
    };
    jackdaw.runner.tryPage = (scrape, options) => {
      asked.push([scrape, options]);
      return Promise.resolve(answer);
    };
    const { scrape } = whole;
    expect(await jackdaw.call('tryPage', { scrape, refresh: true })).toEqual(answer);
    expect(await jackdaw.call('tryPage', { scrape })).toEqual(answer);
    expect(asked).toEqual([
      [scrape, { refresh: true }],
      [scrape, { refresh: false }],
    ]);
  });
});
