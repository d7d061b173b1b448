import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ScheduleAdvice } from '../../../contract/preview.ts';
import type { Schedule } from '../../../contract/schedule.ts';
import { defaultSettings } from '../../../contract/settings.ts';
import {
  adviceOn,
  adviceOnFile,
  adviceOnStored,
  type AdviceContext,
} from '../../../main/calls/advice.ts';
import { createBook } from '../../../main/scheduler/book.ts';
import { planOf, type World } from '../../../main/scheduler/plan.ts';
import { endRun, noCounts } from '../../../main/store/runs.ts';
import { insertSchedule } from '../../../main/store/schedules.ts';
import { aSchedule } from '../../support/builders.ts';
import { openTestApp, type TestApp } from '../../support/test-app.ts';
import { openTestStore, type TestStore } from '../../support/test-store.ts';
import { virtualClock } from '../../support/virtual-clock.ts';

const world: World = {
  zone: 'America/New_York',
  settings: defaultSettings,
  profiles: new Map(),
  calendarsOf: () => [],
};

function at(url: string, given: Parameters<typeof aSchedule>[0] = {}): Schedule {
  return aSchedule({ scrape: { kind: 'page', url, fields: { title: 'h2' } }, ...given });
}

function shop(id: string, given: Parameters<typeof aSchedule>[0] = {}): Schedule {
  return at('https://shop.example/things', { id, name: id.toUpperCase(), ...given });
}

function said(advice: readonly ScheduleAdvice[]): readonly string[] {
  return advice.map(({ schedule, code }) => `${schedule}: ${code}`);
}

describe('calls/advice: what it makes of schedules', () => {
  let store: TestStore;
  let context: AdviceContext;
  beforeEach(() => {
    store = openTestStore();
    context = {
      db: store.db,
      clock: virtualClock('2026-11-25T18:00:00Z'),
      scheduler: { book: createBook(() => world) },
    };
  });
  afterEach(() => {
    store.close();
  });

  const keep = (schedule: Schedule) => {
    const stored = insertSchedule(store.db, schedule, 1_000);
    context.scheduler.book.put({ ...stored, handledUntilMs: context.clock.now() });
    return stored.number;
  };
  const onDraft = (schedule: Schedule) => adviceOn(context, schedule, planOf(schedule, world));

  it('advises on a draft beside the stored schedules of its host, which it isn’t compared with itself', () => {
    keep(shop('a'));
    keep(shop('b'));
    keep(at('https://shop.example:8443/', { id: 'port' }));
    keep(at('https://other.example/', { id: 'elsewhere' }));
    keep(shop('off', { enabled: false }));
    expect(onDraft(shop('a'))).toMatchObject([
      { code: 'same-minute', params: { host: 'shop.example', others: 'B' } },
    ]);
    expect(onDraft(shop('new'))).toMatchObject([{ params: { others: 'A and B' } }]);
    expect(onDraft(shop('new', { jitter: '5m' }))).toEqual([]);
  });

  it('takes what its runs usually take from the history', () => {
    const number = keep(shop('a'));
    const run = store.run({ schedule: number });
    endRun(store.db, run, {
      outcome: 'success',
      reason: null,
      message: null,
      endedAtMs: 9_000,
      durationMs: 2_400_000,
      counts: { ...noCounts, pages: 200 },
      bytes: 0,
    });
    expect(onDraft(shop('a'))).toMatchObject([
      { code: 'long-run', params: { run: '40 minutes', gap: '30 minutes', overlap: 'skip' } },
      { code: 'many-requests', params: { requests: 400, schedules: 1 } },
    ]);
    expect(onDraft(shop('a', { overlap: 'queue' }))[0]?.params['overlap']).toBe('queue');
    expect(onDraft(at('https://other.example/', { id: 'new' }))).toEqual([]);
  });

  it.each(['http://localhost:8080/', 'http://127.0.0.1/', 'http://[::1]:3000/'])(
    'doesn’t count requests to this computer: %s',
    (url) => {
      const trigger = { kind: 'interval', every: '10s' } as const;
      expect(onDraft(at(url, { trigger }))).toEqual([]);
      expect(onDraft(at('https://shop.example/', { trigger }))).toMatchObject([
        { code: 'many-requests' },
      ]);
    },
  );

  it('puts the schedules of a file in the place of stored ones with their ids', () => {
    keep(shop('a'));
    keep(shop('b'));
    const moved = shop('b', { trigger: { kind: 'interval', every: '30m', anchor: '00:10' } });
    expect(said(adviceOnFile(context, [moved], world))).toEqual([]);
    expect(said(adviceOnFile(context, [moved, shop('c')], world))).toEqual(['c: same-minute']);
    expect(said(adviceOnFile(context, [shop('c'), shop('d')], world))).toEqual([
      'c: same-minute',
      'd: same-minute',
    ]);
  });

  it('advises on stored schedules that are on, and not on those whose one time has passed', () => {
    keep(shop('a', { hours: { week: {} } }));
    keep(shop('off', { enabled: false, hours: { week: {} } }));
    keep(shop('done', { trigger: { kind: 'once', at: '2026-11-20T09:00' } }));
    expect(adviceOnStored(context)).toEqual([
      {
        schedule: 'a',
        code: 'never',
        level: 'warning',
        path: 'hours',
        params: { reason: 'no-window', why: 'the hours never open' },
        text: 'It never runs: the hours never open; give the hours a window, or keep other hours.',
      },
    ]);
  });

  it('looks at the first thousand of very many, says so, and doesn’t stop the host for long', () => {
    const one = shop('s');
    const many = Array.from({ length: 10_000 }, (_, index) => ({
      ...one,
      id: `s${String(index)}`,
    }));
    const before = process.cpuUsage();
    const advice = adviceOnFile(context, many, world);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(5_000);
    expect(new Set(advice.map(({ schedule }) => schedule)).size).toBe(1_001);
    expect(advice.at(-1)).toEqual({
      schedule: 's1000',
      code: 'not-looked-at',
      level: 'hint',
      path: '',
      params: { looked: 1_000, left: 9_000 },
      text: "Advice was given on the first 1000 schedules; this one and 8999 more weren't looked at: open it in the editor to have advice on it.",
    });
    const [last] = adviceOnFile(context, many.slice(0, 1_001), world).slice(-1);
    expect(last?.text).toBe(
      "Advice was given on the first 1000 schedules; this one wasn't looked at: open it in the editor to have advice on it.",
    );
  });
});

describe('calls/advice: where it is asked for', () => {
  let jackdaw: TestApp;
  beforeEach(async () => {
    jackdaw = await openTestApp({ zone: 'Europe/Berlin' });
  });
  afterEach(async () => {
    await jackdaw.stop();
  });

  const office = {
    id: 'office',
    name: 'Office hours',
    week: Object.fromEntries(
      ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, ['09:00-17:00']]),
    ),
  };
  const text = JSON.stringify({
    jackdaw: 1,
    hours: [office],
    schedules: [
      {
        id: 'posts',
        name: 'Posts',
        trigger: { kind: 'calendar', at: ['09:00', '17:00'] },
        hours: 'office',
        scrape: { kind: 'page', url: 'http://127.0.0.1:9/', fields: { title: 'h2' } },
      },
    ],
  });
  const advice = [
    {
      schedule: 'posts',
      code: 'at-close',
      level: 'warning',
      path: 'trigger.at',
      params: { hours: 'Office hours', time: '17:00', days: 'Mon–Fri', opening: '' },
      text: '17:00 (Mon–Fri) is when Office hours close, and a window leaves its end out, so it never runs then; choose an earlier time, or let the window end later.',
    },
  ];

  it('comes with an import, the file’s own hours counted, and with its dry run', async () => {
    expect((await jackdaw.call('importFile', { text, dryRun: true })).advice).toEqual(advice);
    expect((await jackdaw.call('importFile', { text })).advice).toEqual(advice);
    const again = await jackdaw.call('importFile', { text });
    expect([again.unchanged, again.advice]).toEqual([['posts'], advice]);
  });

  it('comes from the doctor, and is no fault', async () => {
    await jackdaw.call('importFile', { text });
    expect(await jackdaw.call('runDoctor', {})).toMatchObject({ ok: true, advice });
  });
});
