import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { calls as contract } from '../../../contract/calls.ts';
import { callNames, type CallName } from '../../../contract/names.ts';
import type { ErrorCode } from '../../../contract/result.ts';
import { aSchedule } from '../../support/builders.ts';
import { busyBackup, everythingSeen, openBusyApp, type BusyRuns } from '../../support/busy-app.ts';
import { aDesktop } from '../../support/fake-desktop.ts';
import type { TestApp } from '../../support/test-app.ts';

type Input = Readonly<Record<string, unknown>>;
/** What is wrong, the input, the code it is refused with, and the path of its first fault. */
type Bad = readonly [what: string, input: unknown, code: ErrorCode, path?: string | undefined];

interface Cases {
  readonly good: (runs: BusyRuns) => readonly Input[];
  readonly bad: (runs: BusyRuns) => readonly Bad[];
}

const extra: Bad = ['a field it has not', { colour: 'red' }, 'invalid', 'colour'];
const nothing: Cases = { good: () => [{}], bad: () => [extra] };
const unknownSchedule: Bad = ['an unknown schedule', { id: 'nobody' }, 'not-found', 'id'];
const badId: readonly Bad[] = [
  ['no id', {}, 'invalid', 'id'],
  ['an id with spaces', { id: 'Not An Id' }, 'invalid', 'id'],
  ['an id that is a number', { id: 7 }, 'invalid', 'id'],
];
const badRun: readonly Bad[] = [
  ['no run', {}, 'invalid', 'run'],
  ['a run as text', { run: '1' }, 'invalid', 'run'],
  ['run 0', { run: 0 }, 'invalid', 'run'],
  ['an unknown run', { run: 999_999 }, 'not-found', 'run'],
];
const schedule = aSchedule({ hours: 'office' });
const file = (text: string): string =>
  `jackdaw: 1\nschedules:\n  - id: filed\n    name: Filed\n    trigger: { kind: interval, every: 30m }\n` +
  `    scrape: { kind: page, url: "http://a.test/", fields: { title: h2 } }\n${text}`;

const cases: Readonly<Record<CallName, Cases>> = {
  getSnapshot: nothing,
  getStatus: nothing,
  listSchedules: nothing,
  getSchedule: {
    good: () => [{ id: 'posts' }, { id: 'prices' }],
    bad: () => [...badId, unknownSchedule],
  },
  saveSchedule: {
    good: () => [
      { schedule: { ...schedule, name: 'Renamed' } },
      { schedule: { ...schedule, id: 'fresh' }, create: true },
    ],
    bad: () => [
      ['no schedule', {}, 'invalid', 'schedule'],
      ['a taken id', { schedule, create: true }, 'conflict', 'schedule.id'],
      ['an unknown id', { schedule: { ...schedule, id: 'nobody' } }, 'not-found', 'schedule.id'],
      ['unknown hours', { schedule: { ...schedule, hours: 'x' } }, 'invalid', 'schedule.hours'],
      ['an unknown field', { schedule: { ...schedule, x: 1 } }, 'invalid', 'schedule.x'],
      [
        'a cron of 4 fields',
        { schedule: { ...schedule, trigger: { kind: 'cron', expression: '* * * *' } } },
        'invalid',
        'schedule.trigger.expression',
      ],
      [
        'a selector that does not parse',
        { schedule: { ...schedule, scrape: { ...schedule.scrape, items: 'li[' } } },
        'invalid',
        'schedule.scrape.items',
      ],
    ],
  },
  duplicateSchedule: { good: () => [{ id: 'posts' }], bad: () => [...badId, unknownSchedule] },
  setEnabled: {
    good: () => [
      { id: 'posts', enabled: false },
      { id: 'posts', enabled: true },
    ],
    bad: () => [
      ['no state', { id: 'posts' }, 'invalid', 'enabled'],
      ['a text for it', { id: 'posts', enabled: 'no' }, 'invalid', 'enabled'],
      ['an unknown schedule', { id: 'nobody', enabled: true }, 'not-found', 'id'],
    ],
  },
  setMissed: {
    good: () => [
      { id: 'posts', policy: 'skip' },
      { id: 'posts', policy: 'latest' },
    ],
    bad: () => [
      ['no policy', { id: 'posts' }, 'invalid', 'policy'],
      ['a policy there is none of', { id: 'posts', policy: 'some' }, 'invalid', 'policy'],
      ['an unknown schedule', { id: 'nobody', policy: 'all' }, 'not-found', 'id'],
    ],
  },
  deleteSchedule: { good: () => [{ id: 'posts' }], bad: () => [...badId, unknownSchedule] },
  undeleteSchedule: {
    good: () => [{ id: 'old' }],
    bad: () => [
      ...badId,
      ['one that was never there', { id: 'nobody' }, 'not-found', 'id'],
      ['one that is there', { id: 'posts' }, 'conflict', 'id'],
    ],
  },
  previewSchedule: {
    good: () => [{ schedule, count: 3 }, { schedule: { id: 7 } }, { schedule: null }],
    bad: () => [
      ['no draft', {}, 'invalid', 'schedule'],
      ['a count of 0', { schedule, count: 0 }, 'invalid', 'count'],
      ['a count of 1001', { schedule, count: 1001 }, 'invalid', 'count'],
      ['a broken count', { schedule, count: 1.5 }, 'invalid', 'count'],
    ],
  },
  nextSlots: {
    good: () => [
      {},
      { id: 'posts', count: 3, after: '2026-11-21T00:00:00+01:00' },
      { file: file(''), count: 2 },
      { file: file(''), id: 'filed' },
    ],
    bad: () => [
      unknownSchedule,
      ['no instant', { after: 'tomorrow' }, 'invalid', 'after'],
      ['an instant without its offset', { after: '2026-11-21T00:00:00' }, 'invalid', 'after'],
      ['no YAML', { file: '[' }, 'invalid', ''],
      [
        'unknown hours in the file',
        { file: file('    hours: x') },
        'invalid',
        'schedules[0].hours',
      ],
      ['a schedule the file has not', { file: file(''), id: 'posts' }, 'not-found', 'id'],
    ],
  },
  explainTime: {
    good: () => [
      { id: 'posts', at: '2026-11-23T10:00' },
      { schedule, at: '2026-11-23T10:00:30' },
    ],
    bad: () => [
      ['an unknown schedule', { id: 'nobody', at: '2026-11-23T10:00' }, 'not-found', 'id'],
      ['no time', { id: 'posts' }, 'invalid', 'at'],
      ['an instant', { id: 'posts', at: '2026-11-23T10:00Z' }, 'invalid', 'at'],
      ['neither a schedule nor a draft', { at: '2026-11-23T10:00' }, 'invalid', 'id'],
      ['both', { id: 'posts', schedule, at: '2026-11-23T10:00' }, 'invalid', 'id'],
      [
        'a draft without times',
        { schedule: { ...schedule, trigger: 7 }, at: '2026-11-23T10:00' },
        'invalid',
        'schedule.trigger',
      ],
    ],
  },
  listHolidayPlaces: nothing,
  readClosed: {
    good: () => [
      { closed: { holidays: 'US-NY' } },
      { closed: { holidays: 'XX', ics: 'no calendar' }, timezone: 'Europe/Berlin' },
      { closed: {} },
    ],
    bad: () => [
      ['nothing', {}, 'invalid', 'closed'],
      ['a country in words', { closed: { holidays: 'Germany' } }, 'invalid', 'closed.holidays'],
      ['a zone there is not', { closed: {}, timezone: 'Mars' }, 'invalid', 'timezone'],
      ['dates', { closed: { dates: [] } }, 'invalid', 'closed.dates'],
    ],
  },
  tryPage: {
    good: () => [{ scrape: schedule.scrape }, { scrape: 'nonsense', refresh: true }],
    bad: () => [
      ['no page', {}, 'invalid', 'scrape'],
      ['a text', { scrape: schedule.scrape, refresh: 'yes' }, 'invalid', 'refresh'],
    ],
  },
  saveHours: {
    good: () => [
      { profile: { id: 'office', week: {} } },
      { profile: { id: 'fresh', closed: { dates: ['2026-12-25'] } }, create: true },
    ],
    bad: () => [
      ['no profile', {}, 'invalid', 'profile'],
      ['a taken id', { profile: { id: 'office' }, create: true }, 'conflict', 'profile.id'],
      ['an unknown id', { profile: { id: 'nobody' } }, 'not-found', 'profile.id'],
      ['the id always', { profile: { id: 'always' }, create: true }, 'invalid', 'profile.id'],
      [
        '24:30',
        { profile: { id: 'office', week: { mon: ['09:00-24:30'] } } },
        'invalid',
        'profile.week.mon[0]',
      ],
      [
        'equal ends',
        { profile: { id: 'office', week: { mon: ['09:00-12:00', '13:00-13:00'] } } },
        'invalid',
        'profile.week.mon[1]',
      ],
      [
        'a date there is not',
        { profile: { id: 'office', closed: { dates: ['2026-02-30'] } } },
        'invalid',
        'profile.closed.dates[0]',
      ],
      [
        'holidays of nowhere',
        { profile: { id: 'office', closed: { holidays: 'XX' } } },
        'invalid',
        'profile.closed.holidays',
      ],
      [
        'no calendar',
        { profile: { id: 'office', closed: { ics: 'BEGIN:VCALENDAR' } } },
        'invalid',
        'profile.closed.ics',
      ],
    ],
  },
  deleteHours: {
    good: () => [{ id: 'nights' }],
    bad: () => [
      ...badId,
      ['unknown hours', { id: 'nobody' }, 'not-found', 'id'],
      ['hours in use', { id: 'office' }, 'conflict', 'id'],
    ],
  },
  importFile: {
    good: () => [{ text: file('') }, { text: file(''), dryRun: true, disabled: true }],
    bad: () => [
      ['no text', {}, 'invalid', 'text'],
      ['no YAML', { text: 'a: [' }, 'invalid', ''],
      ['an empty file', { text: '' }, 'invalid', ''],
      ['a file over 1 MB', { text: ' '.repeat(1_000_001) }, 'too-large'],
      ['a file over 1 MB of wide letters', { text: `#${'ä'.repeat(500_000)}` }, 'too-large'],
    ],
  },
  exportFile: {
    good: () => [{}, { ids: ['posts'] }, { ids: [] }],
    bad: () => [
      ['an unknown schedule', { ids: ['posts', 'nobody'] }, 'not-found', 'ids[1]'],
      ['an id with spaces', { ids: ['a b'] }, 'invalid', 'ids[0]'],
    ],
  },
  getFileSchema: nothing,
  startRun: {
    good: () => [{ id: 'posts' }],
    bad: () => [...badId, unknownSchedule, ['one that is running', { id: 'prices' }, 'conflict']],
  },
  cancelRun: {
    good: ({ going }) => [{ run: going }],
    bad: ({ ended }) => [...badRun, ['one that has ended', { run: ended }, 'conflict']],
  },
  getRun: { good: ({ ended, going }) => [{ run: ended }, { run: going }], bad: () => badRun },
  getRunLog: { good: ({ ended, going }) => [{ run: ended }, { run: going }], bad: () => badRun },
  getStory: {
    good: ({ ended, going }) => [
      { cursor: `r${String(ended)}` },
      { cursor: `1764000000000.r${String(going)}` },
    ],
    bad: () => [
      ['no row', {}, 'invalid', 'cursor'],
      ['a number', { cursor: '12' }, 'invalid', 'cursor'],
      ['a row there is none of', { cursor: 'r999999' }, 'not-found', 'cursor'],
      ['a slot there is none of', { cursor: 's999999' }, 'not-found', 'cursor'],
    ],
  },
  listRuns: {
    good: () => [
      {},
      { id: 'posts', outcome: 'success', limit: 1 },
      { outcome: ['failed', 'timed-out', 'failed'] },
      { before: '0.r0' },
    ],
    bad: () => [
      unknownSchedule,
      ['an unknown outcome', { outcome: 'great' }, 'invalid', 'outcome'],
      ['one of them unknown', { outcome: ['failed', 'great'] }, 'invalid', 'outcome[1]'],
      ['no outcome at all', { outcome: [] }, 'invalid', 'outcome'],
      ['a limit of 0', { limit: 0 }, 'invalid', 'limit'],
      ['what is no cursor', { before: 'r1' }, 'invalid', 'before'],
      ['a long cursor', { before: '1'.repeat(101) }, 'invalid', 'before'],
    ],
  },
  listRunDays: {
    good: () => [{}, { id: 'posts' }, { id: 'prices', days: 1 }, { days: 92 }],
    bad: () => [
      unknownSchedule,
      ['no day', { days: 0 }, 'invalid', 'days'],
      ['more days than there may be', { days: 93 }, 'invalid', 'days'],
      ['half a day', { days: 1.5 }, 'invalid', 'days'],
      ['days as text', { days: '30' }, 'invalid', 'days'],
      extra,
    ],
  },
  listRecords: {
    good: ({ ended }) => [
      { id: 'posts' },
      { id: 'posts', run: ended, gone: true },
      { id: 'prices' },
    ],
    bad: ({ going }) => [
      ...badId,
      unknownSchedule,
      ['another schedule’s run', { id: 'posts', run: going }, 'not-found', 'run'],
      ['an unknown run', { id: 'posts', run: 999_999 }, 'not-found', 'run'],
    ],
  },
  exportRecords: {
    good: () => ['jsonl', 'csv', 'json'].map((format) => ({ id: 'posts', format })),
    bad: () => [
      ['no format', { id: 'posts' }, 'invalid', 'format'],
      ['an unknown format', { id: 'posts', format: 'xml' }, 'invalid', 'format'],
      ['an unknown schedule', { id: 'nobody', format: 'csv' }, 'not-found', 'id'],
    ],
  },
  pause: {
    good: () => [{}, { id: 'posts' }, { id: 'posts', until: '2026-11-20T10:00:00+01:00' }],
    bad: () => [
      unknownSchedule,
      ['no instant', { until: 'later' }, 'invalid', 'until'],
      ['an instant that is past', { until: '2026-11-20T08:00:00Z' }, 'invalid', 'until'],
    ],
  },
  resume: { good: () => [{}, { id: 'posts' }], bad: () => [unknownSchedule] },
  changeSettings: {
    good: () => [
      {},
      { concurrency: 5, theme: 'dark', hostGap: '2s', contact: 'me@a.test', onClose: 'quit' },
      { timezone: 'Asia/Tokyo', defaultHours: 'office', startAtLogin: true },
    ],
    bad: () => [
      ['an unknown setting', { colour: 'red' }, 'invalid', 'colour'],
      ['no run at once', { concurrency: 0 }, 'invalid', 'concurrency'],
      ['a gap too long', { hostGap: '2h' }, 'invalid', 'hostGap'],
      ['an unknown zone', { timezone: 'Mars/Olympus' }, 'invalid', 'timezone'],
      ['an offset for a zone', { timezone: '+02:00' }, 'invalid', 'timezone'],
      ['hours there are not', { theme: 'dark', defaultHours: 'x' }, 'not-found', 'defaultHours'],
    ],
  },
  dismissNotice: {
    good: () => [
      { notice: 'zone-move' },
      { notice: 'zone-data' },
      { notice: 'repaired' },
      { notice: 'wake-review' },
    ],
    bad: () => [
      ['no notice', {}, 'invalid', 'notice'],
      ['a notice there is none of', { notice: 'weather' }, 'invalid', 'notice'],
    ],
  },
  tryAgain: nothing,
  addSample: nothing,
  runDoctor: {
    good: () => [{}, { ledger: true }],
    bad: () => [
      ['no answer to a question', { ledger: 'yes' }, 'invalid', 'ledger'],
      ['something else', { database: true }, 'invalid', 'database'],
    ],
  },
  backUp: nothing,
  listBackups: nothing,
  restoreBackup: {
    good: () => [{ name: busyBackup }],
    bad: () => [
      ['no name', {}, 'invalid', 'name'],
      ['a name that is not listed', { name: 'daily-2026-11-19.db' }, 'not-found', 'name'],
      ['a path', { name: `../backups/${busyBackup}` }, 'not-found', 'name'],
    ],
  },
  openFolder: {
    good: () => [{ folder: 'data' }, { folder: 'log' }],
    bad: () => [
      ['no folder', {}, 'invalid', 'folder'],
      ['another folder', { folder: 'home' }, 'invalid', 'folder'],
    ],
  },
};

describe('calls: every call', () => {
  it('has its cases here', () => {
    expect(Object.keys(cases).sort()).toEqual([...callNames].sort());
  });

  describe('answers a good input with what the contract says', () => {
    let jackdaw: TestApp | null = null;
    afterEach(async () => {
      await jackdaw?.stop();
    });

    it.each(callNames)('%s', async (name) => {
      const busy = await openBusyApp({ desktop: aDesktop() });
      jackdaw = busy.jackdaw;
      for (const input of cases[name].good(busy.runs)) {
        const result = await jackdaw.app.calls.invoke(name, input);
        expect(result).toMatchObject({ ok: true });
        if (!result.ok) continue;
        const read = (contract[name].output as z.ZodType).safeParse(result.value);
        expect(read.error?.issues ?? []).toEqual([]);
        // Nothing crosses that the contract doesn't name.
        expect(read.data).toEqual(result.value);
        expect(JSON.parse(JSON.stringify(result.value))).toEqual(result.value);
      }
    });
  });

  describe('refuses a bad input, says where, and changes nothing', () => {
    let jackdaw: TestApp;
    let runs: BusyRuns;
    beforeAll(async () => {
      ({ jackdaw, runs } = await openBusyApp({ desktop: aDesktop() }));
    });
    afterAll(async () => {
      await jackdaw.stop();
    });

    it.each(callNames)('%s', async (name) => {
      const before = await everythingSeen(jackdaw);
      const always: readonly Bad[] = [
        ['a text', 'text', 'invalid', ''],
        ['a list', [], 'invalid', ''],
        ['a number', 7, 'invalid', ''],
      ];
      for (const [what, input, code, path] of [...always, ...cases[name].bad(runs)]) {
        const result = await jackdaw.app.calls.invoke(name, input);
        const told = result.ok ? result : { code: result.code, path: result.path };
        expect(told, `${name}: ${what}`).toEqual({ code, path });
        if (result.ok) continue;
        expect(result.message).toMatch(/^[^\n]{10,400}$/);
        expect(result.faults?.[0]?.path).toBe(path);
        expect(await everythingSeen(jackdaw)).toEqual(before);
      }
    });

    it('a call there is not', async () => {
      for (const name of ['getEverything', '', '__proto__', 'toString', 'x'.repeat(5_000)]) {
        const result = await jackdaw.app.calls.invoke(name, {});
        expect(result).toMatchObject({ ok: false, code: 'not-found' });
        expect(JSON.stringify(result).length).toBeLessThan(300);
      }
    });
  });
});
