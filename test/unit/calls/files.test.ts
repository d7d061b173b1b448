import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ScheduleFileInput } from '../../../contract/file.ts';
import { settle } from '../../support/virtual-clock.ts';
import { everythingSeen, officeHours } from '../../support/busy-app.ts';
import { openTestApp, type TestApp } from '../../support/test-app.ts';

let jackdaw: TestApp;
beforeEach(async () => {
  jackdaw = await openTestApp();
});
afterEach(async () => {
  await jackdaw.stop();
});

const scrape = { kind: 'page', url: 'http://a.test/', fields: { title: 'h2' } } as const;
const posts = {
  id: 'posts',
  name: 'Posts',
  trigger: { kind: 'interval', every: '30m' },
  hours: 'office',
  scrape,
} as const;
const prices = { ...posts, id: 'prices', name: 'Prices', hours: 'always' } as const;
const file: ScheduleFileInput = { jackdaw: 1, hours: [officeHours], schedules: [posts, prices] };
const text = JSON.stringify(file);

const nothing = { added: [], replaced: [], unchanged: [] };

/** Two schedules of one host that meet every half hour. */
const meeting = [
  { schedule: 'posts', code: 'same-minute' },
  { schedule: 'prices', code: 'same-minute' },
].map((one) => expect.objectContaining(one) as unknown);

function textOf(...schedules: readonly unknown[]): string {
  return JSON.stringify({ jackdaw: 1, schedules });
}

describe('calls/files: import', () => {
  it('adds hours and schedules, and says so', async () => {
    expect(await jackdaw.call('importFile', { text })).toEqual({
      dryRun: false,
      added: ['posts', 'prices'],
      replaced: [],
      unchanged: [],
      hours: { added: ['office'], replaced: [], unchanged: [] },
      advice: meeting,
    });
    const views = await jackdaw.call('listSchedules', {});
    expect(views.map(({ id, nextRun }) => [id, nextRun?.at])).toEqual([
      ['posts', '2026-11-20T09:00:00Z'],
      ['prices', '2026-11-20T08:30:00Z'],
    ]);
  });

  it('changes nothing with the same file again, however it is written', async () => {
    await jackdaw.call('importFile', { text });
    const before = await everythingSeen(jackdaw);
    const unchanged = ['posts', 'prices'];
    const report = {
      dryRun: false,
      ...nothing,
      unchanged,
      hours: { ...nothing, unchanged: ['office'] },
      advice: meeting,
    };
    expect(await jackdaw.call('importFile', { text })).toEqual(report);
    const wordy = {
      ...file,
      schedules: [
        { ...posts, enabled: true, retry: { attempts: 3 }, scrape: { ...scrape, maxPages: 50 } },
        { ...prices, trigger: { kind: 'interval', every: '30m', anchor: '00:00' } },
      ],
    };
    expect(await jackdaw.call('importFile', { text: JSON.stringify(wordy) })).toEqual(report);
    expect(await everythingSeen(jackdaw)).toEqual(before);
  });

  it('replaces in place: history, pause and the counter of failures stay, the rest is untouched', async () => {
    await jackdaw.call('importFile', { text: textOf({ ...posts, hours: 'always' }, prices) });
    jackdaw.app.start();
    const report = { outcome: 'failed', reason: 'http-404', message: 'Not found.' } as const;
    jackdaw.runner.answer = { afterMs: 1_000, report };
    await jackdaw.clock.advance(2 * 1_800_000 + 5_000);
    await jackdaw.call('pause', { id: 'posts' });
    const others = await jackdaw.call('getSchedule', { id: 'prices' });
    const history = await jackdaw.history('posts');
    expect(history.map(({ outcome }) => outcome)).toEqual(['failed', 'failed']);

    const next = { ...posts, hours: 'always', name: 'Renamed', pauseAfterFailures: 3 };
    expect(await jackdaw.call('importFile', { text: textOf(next) })).toEqual({
      dryRun: false,
      ...nothing,
      replaced: ['posts'],
      hours: nothing,
      advice: meeting.slice(0, 1),
    });
    const view = await jackdaw.call('getSchedule', { id: 'posts' });
    expect(view).toMatchObject({ name: 'Renamed', pause: { until: null, why: 'user' } });
    expect(await jackdaw.history('posts')).toEqual(
      history.map((entry) => ({ ...entry, scheduleName: 'Renamed' })),
    );
    expect(await jackdaw.call('getSchedule', { id: 'prices' })).toEqual(others);
  });

  it('lets the counter of failures go on over a replace', async () => {
    await jackdaw.call('importFile', { text: textOf({ ...prices, pauseAfterFailures: 3 }) });
    jackdaw.app.start();
    jackdaw.runner.answer = { afterMs: 1_000, report: { outcome: 'failed', reason: 'http-404' } };
    await jackdaw.clock.advance(2 * 1_800_000 + 5_000);
    await jackdaw.call('importFile', {
      text: textOf({ ...prices, name: 'Renamed', pauseAfterFailures: 3 }),
    });
    await jackdaw.clock.advance(1_800_000);
    expect(await jackdaw.call('getSchedule', { id: 'prices' })).toMatchObject({
      name: 'Renamed',
      pause: { until: null, why: 'failures' },
    });
  });

  it('counts slots of a replaced schedule from the import on', async () => {
    await jackdaw.call('importFile', { text: textOf(prices) });
    jackdaw.app.start();
    await jackdaw.clock.advance(600_000);
    await jackdaw.call('importFile', {
      text: textOf({ ...prices, trigger: { kind: 'cron', expression: '5 * * * *' } }),
    });
    await jackdaw.clock.advance(3_300_000);
    expect((await jackdaw.history()).map(({ slotAt }) => slotAt)).toEqual(['2026-11-20T09:05:00Z']);
  });

  it('says what it would do, and does nothing, in a dry run', async () => {
    await jackdaw.call('importFile', { text: textOf(prices) });
    const before = await everythingSeen(jackdaw);
    const changed = { ...file, schedules: [posts, { ...prices, name: 'Renamed' }] };
    expect(
      await jackdaw.call('importFile', { text: JSON.stringify(changed), dryRun: true }),
    ).toEqual({
      dryRun: true,
      added: ['posts'],
      replaced: ['prices'],
      unchanged: [],
      hours: { ...nothing, added: ['office'] },
      advice: meeting,
    });
    expect(await everythingSeen(jackdaw)).toEqual(before);
  });

  it('imports everything switched off where asked to', async () => {
    await jackdaw.call('importFile', { text, disabled: true });
    const views = await jackdaw.call('listSchedules', {});
    expect(views.map(({ enabled, state, nextRun }) => [enabled, state, nextRun])).toEqual([
      [false, 'off', null],
      [false, 'off', null],
    ]);
    jackdaw.app.start();
    await jackdaw.clock.advance(7_200_000);
    expect(await jackdaw.history()).toEqual([]);
  });

  it('makes a deleted id that comes back a new schedule, without the history of the old', async () => {
    await jackdaw.call('importFile', { text: textOf(prices) });
    await jackdaw.call('startRun', { id: 'prices' });
    await jackdaw.clock.advance(2_000);
    expect(await jackdaw.history('prices')).toHaveLength(1);
    await jackdaw.call('deleteSchedule', { id: 'prices' });
    expect((await jackdaw.call('importFile', { text: textOf(prices) })).added).toEqual(['prices']);
    expect(await jackdaw.history('prices')).toEqual([]);
    expect(await jackdaw.call('getSchedule', { id: 'prices' })).toMatchObject({
      last: null,
      rows: null,
    });
  });

  it('gives every schedule that keeps replaced hours its new next run', async () => {
    await jackdaw.call('importFile', { text });
    const hours = [{ ...officeHours, week: { fri: ['16:00-17:00'] } }];
    expect(
      await jackdaw.call('importFile', { text: JSON.stringify({ jackdaw: 1, hours }) }),
    ).toMatchObject({ hours: { replaced: ['office'] } });
    expect((await jackdaw.call('getSchedule', { id: 'posts' })).nextRun?.at).toBe(
      '2026-11-20T16:00:00Z',
    );
  });

  it('mends a schedule that can’t be read, as the doctor says', async () => {
    await jackdaw.call('importFile', { text: textOf(prices, { ...prices, id: 'other' }) });
    await jackdaw.call('startRun', { id: 'prices' });
    await jackdaw.clock.advance(2_000);
    const { openDatabase } = await import('../../../main/store/database.ts');
    const db = openDatabase(jackdaw.folder);
    db.prepare("UPDATE schedules SET document = '{ broken' WHERE id = 'prices'").run();
    db.close();
    jackdaw = await jackdaw.restart();
    expect(jackdaw.lines).toContain('schedule set aside');
    expect((await jackdaw.call('listSchedules', {})).map(({ id }) => id)).toEqual(['other']);
    expect(await jackdaw.call('runDoctor', {})).toMatchObject({
      ok: false,
      checks: [
        { check: 'database', ok: true },
        { check: 'backups', ok: true },
        { check: 'rights', ok: true },
        {
          check: 'schedules',
          ok: false,
          finding: "These schedules can't be read and don't run: prices.",
          remedy: 'Import them again from a file.',
        },
        { check: 'hours', ok: true },
        { check: 'zone data', ok: true },
      ],
    });
    expect(await jackdaw.history()).toHaveLength(1);
    expect((await jackdaw.call('importFile', { text: textOf(prices) })).added).toEqual(['prices']);
    expect(await jackdaw.history('prices')).toHaveLength(1);
    expect((await jackdaw.call('runDoctor', {})).ok).toBe(true);
  });
});

describe('calls/files: what a file is refused for', () => {
  const timed = (trigger: unknown) => ({ ...prices, trigger });
  const open = (hours: unknown) => ({ ...prices, hours });
  const reading = (given: unknown) => ({ ...prices, scrape: { ...scrape, ...(given as object) } });
  const first = 'schedules[0]';

  it.each([
    ['an unknown field', { ...prices, colour: 'red' }, 'invalid', `${first}.colour`],
    ['an unknown zone', { ...prices, timezone: 'Mars/Olympus' }, 'invalid', `${first}.timezone`],
    ['24:30', open({ week: { mon: ['09:00-24:30'] } }), 'invalid', `${first}.hours.week.mon[0]`],
    ['equal ends', open({ week: { fri: ['9:00-9:00'] } }), 'invalid', `${first}.hours.week.fri[0]`],
    [
      'a cron of 4 fields',
      timed({ kind: 'cron', expression: '0 9 * *' }),
      'invalid',
      `${first}.trigger.expression`,
    ],
    [
      'a selector that doesn’t parse',
      reading({ items: 'article.' }),
      'invalid',
      `${first}.scrape.items`,
    ],
    [
      'a selector of a field that doesn’t parse',
      reading({ fields: { title: 'h2 >' } }),
      'invalid',
      `${first}.scrape.fields.title`,
    ],
    [
      'an address that isn’t http',
      reading({ url: 'ftp://a.test/' }),
      'invalid',
      `${first}.scrape.url`,
    ],
    ['an address that is none', reading({ url: 'a.test' }), 'invalid', `${first}.scrape.url`],
    [
      'a duration in words',
      timed({ kind: 'interval', every: 'often' }),
      'invalid',
      `${first}.trigger.every`,
    ],
    ['unknown hours', open('nobody'), 'invalid', `${first}.hours`],
    ['neither trigger nor chain', { ...prices, trigger: undefined }, 'invalid', `${first}.trigger`],
    ['a key that is no field', reading({ key: 'url' }), 'invalid', `${first}.scrape.key`],
    [
      'a chain after nobody',
      { ...prices, trigger: undefined, after: { schedule: 'nobody' } },
      'invalid',
      `${first}.after.schedule`,
    ],
    [
      'a condition that isn’t known',
      { ...prices, conditions: { power: 'sun' } },
      'invalid',
      `${first}.conditions.power`,
    ],
    [
      'holidays of nowhere',
      open({ closed: { holidays: 'XX' } }),
      'invalid',
      `${first}.hours.closed.holidays`,
    ],
    ['no calendar', open({ closed: { ics: 'BEGIN:' } }), 'invalid', `${first}.hours.closed.ics`],
  ])('refuses %s, with its place, all or nothing', async (_, schedule, code, path) => {
    const before = await everythingSeen(jackdaw);
    const good = { ...prices, id: 'good' };
    const input = { text: JSON.stringify({ ...file, schedules: [schedule, good] }) };
    for (const dryRun of [false, true]) {
      const result = await jackdaw.app.calls.invoke('importFile', { ...input, dryRun });
      expect(result).toMatchObject({ ok: false, code, path });
      if (result.ok) return;
      expect(result.message).toMatch(/^schedules\[0\][^\n]+$/);
      expect(result.faults).toHaveLength(1);
    }
    expect(await everythingSeen(jackdaw)).toEqual(before);
  });

  it('refuses two entries with one id', async () => {
    const result = await jackdaw.app.calls.invoke('importFile', { text: textOf(prices, prices) });
    expect(result).toEqual({
      ok: false,
      code: 'invalid',
      path: 'schedules[1].id',
      message: 'schedules[1].id: is prices, which schedules[0] has already; give each its own',
      faults: [
        {
          path: 'schedules[1].id',
          message: 'is prices, which schedules[0] has already; give each its own',
        },
      ],
    });
  });

  it('names the faults of hours and of every schedule, in the order of the file', async () => {
    const result = await jackdaw.app.calls.invoke('importFile', {
      text: JSON.stringify({
        jackdaw: 1,
        hours: [{ id: 'office', closed: { holidays: 'XX' } }],
        schedules: [open('nobody'), { ...posts, hours: 'nobody' }],
      }),
    });
    expect(result.ok ? [] : result.faults?.map(({ path }) => path)).toEqual([
      'hours[0].closed.holidays',
      'schedules[0].hours',
      'schedules[1].hours',
    ]);
  });

  it('accepts hours that are stored already', async () => {
    await jackdaw.call('saveHours', { profile: officeHours, create: true });
    expect((await jackdaw.call('importFile', { text: textOf(posts) })).added).toEqual(['posts']);
  });
});

describe('calls/files: export', () => {
  it('gives the shortest file that means the same: importing it elsewhere gives it again', async () => {
    await jackdaw.call('importFile', { text });
    const exported = await jackdaw.call('exportFile', {});
    expect(exported).toEqual(file);
    const other = await openTestApp();
    await other.call('importFile', { text: JSON.stringify(exported) });
    expect(await other.call('exportFile', {})).toEqual(exported);
    await other.stop();
  });

  it('gives named schedules in the order asked, once each, with the hours they keep', async () => {
    await jackdaw.call('importFile', { text });
    expect(await jackdaw.call('exportFile', { ids: ['prices'] })).toEqual({
      jackdaw: 1,
      schedules: [prices],
    });
    expect(await jackdaw.call('exportFile', { ids: ['prices', 'posts', 'prices'] })).toEqual({
      jackdaw: 1,
      hours: [officeHours],
      schedules: [prices, posts],
    });
  });

  it('leaves pause and history out', async () => {
    await jackdaw.call('importFile', { text });
    await jackdaw.call('pause', { id: 'prices' });
    await jackdaw.call('pause', {});
    await settle();
    expect(await jackdaw.call('exportFile', {})).toEqual(file);
  });
});
