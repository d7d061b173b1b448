import { prune } from '../../../main/store/retention.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writePage } from '../../../main/store/pages.ts';
import { keepVersion, seeRecord, writeRunRows } from '../../../main/store/records.ts';
import { appendRunLog } from '../../../main/store/run-log.ts';
import {
  deleteSchedule,
  insertSchedule,
  listSchedules,
  undeleteSchedule,
  updateSchedule,
} from '../../../main/store/schedules.ts';
import { setHandledUntil } from '../../../main/store/handled.ts';
import { aSchedule } from '../../support/builders.ts';
import { openTestStore, type TestStore } from '../../support/test-store.ts';

let store: TestStore;

beforeEach(() => {
  store = openTestStore();
});
afterEach(() => {
  store.close();
});

/** Enters something of a schedule in every table that refers to it. */
function fill(schedule: number): void {
  const { db } = store;
  const slot = store.slot({ schedule });
  const run = store.run({ schedule, slot, cause: 'slot' });
  appendRunLog(db, run, { atMs: 1, level: 'info', message: 'Read page 1.' });
  const version = keepVersion(db, schedule, 'h', { title: 'One' });
  seeRecord(db, { schedule, key: 'a', version, run, seenAtMs: 1 });
  writeRunRows(db, run, [{ key: 'a', state: 'new', version }]);
  writePage(db, schedule, 'http://a.test/', {
    etag: null,
    lastModified: null,
    contentType: null,
    finalUrl: 'http://a.test/',
    body: Buffer.from('page'),
    fetchedAtMs: 1,
  });
}

const tables = [
  'schedules',
  'slots',
  'runs',
  'run_log',
  'row_versions',
  'records',
  'run_rows',
  'pages',
];

function counts(): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    tables.map((table) => [table, store.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()]),
  );
}

describe('store/schedules', () => {
  it('gives back every document as it was entered, in the order they were made', () => {
    const [b, a] = [aSchedule({ id: 'b', tags: ['x'] }), aSchedule({ id: 'a', enabled: false })];
    insertSchedule(store.db, b, 1_000);
    insertSchedule(store.db, a, 2_000);
    const state = {
      pause: null,
      failures: 0,
      succeededAtMs: null,
      changedAtMs: null,
      usualFromMs: null,
    };
    expect(listSchedules(store.db)).toEqual({
      schedules: [
        { number: 1, document: b, createdAtMs: 1_000, handledUntilMs: 1_000, ...state },
        { number: 2, document: a, createdAtMs: 2_000, handledUntilMs: 2_000, ...state },
      ],
      unreadable: [],
    });
  });

  it('keeps pause, counter and how far slots were judged beside the document', () => {
    const stored = insertSchedule(store.db, aSchedule(), 1_000);
    const changed = {
      ...stored,
      document: aSchedule({ name: 'Renamed' }),
      handledUntilMs: 5_000,
      pause: { untilMs: 9_000, why: 'failures' },
      failures: 5,
    } as const;
    updateSchedule(store.db, changed);
    expect(listSchedules(store.db).schedules).toEqual([changed]);
    setHandledUntil(store.db, [stored.number], 6_000);
    expect(listSchedules(store.db).schedules).toEqual([{ ...changed, handledUntilMs: 6_000 }]);
  });

  it('sets a row apart of which nothing says how far its slots were judged, and mends it by a save', () => {
    const stored = insertSchedule(store.db, aSchedule(), 1_000);
    store.db.prepare('DELETE FROM handled').run();
    const { schedules, unreadable } = listSchedules(store.db);
    expect(schedules).toEqual([]);
    expect(unreadable).toMatchObject([
      { number: 1, message: expect.stringMatching(/how far/) as string },
    ]);
    insertSchedule(store.db, aSchedule(), 7_000);
    expect(listSchedules(store.db).schedules).toEqual([{ ...stored, handledUntilMs: 7_000 }]);
  });

  it.each([
    ['is no JSON', '{ broken'],
    ['has a field this version doesn’t know', JSON.stringify({ ...aSchedule(), colour: 'red' })],
    ['lacks its page', JSON.stringify({ id: 'posts', name: 'Posts' })],
  ])('sets a row apart whose document %s, and reads the others', (_, text) => {
    store.schedule();
    store.schedule({ id: 'other' });
    store.db.prepare('UPDATE schedules SET document = ? WHERE number = 1').run(text);
    const { schedules, unreadable } = listSchedules(store.db);
    expect(schedules.map(({ document }) => document.id)).toEqual(['other']);
    expect(unreadable).toEqual([
      { number: 1, id: 'posts', message: expect.stringMatching(/\S/) as string },
    ]);
  });

  it('mends an unreadable row with the document that comes under its id; its history stays', () => {
    fill(store.schedule());
    store.db.prepare("UPDATE schedules SET document = '{ broken'").run();
    const before = counts();
    const mended = insertSchedule(store.db, aSchedule(), 7_000);
    expect(mended).toMatchObject({ number: 1, handledUntilMs: 7_000 });
    expect(listSchedules(store.db)).toEqual({ schedules: [mended], unreadable: [] });
    expect(counts()).toEqual(before);
  });

  it('lets an id come back after a delete as a new schedule', () => {
    const first = store.schedule();
    fill(first);
    deleteSchedule(store.db, first, 2_000);
    expect(listSchedules(store.db).schedules).toEqual([]);
    expect(store.schedule()).not.toBe(first);
  });

  it('brings back the schedule deleted last under an id, once', () => {
    const first = store.schedule({ name: 'First' });
    deleteSchedule(store.db, first, 2_000);
    const second = store.schedule({ name: 'Second' });
    deleteSchedule(store.db, second, 3_000);
    expect(undeleteSchedule(store.db, 'posts', 0)).toMatchObject({
      number: second,
      document: { name: 'Second' },
    });
    expect(undeleteSchedule(store.db, 'unknown', 0)).toBeNull();
    expect(listSchedules(store.db).schedules.map(({ number }) => number)).toEqual([second]);
  });

  it('removes for good what was deleted before an instant, with all its history and nobody else’s', () => {
    const [old, late, kept] = ['old', 'late', 'kept'].map((id) => store.schedule({ id }));
    for (const number of [old, late, kept]) fill(number ?? 0);
    deleteSchedule(store.db, old ?? 0, 2_000);
    deleteSchedule(store.db, late ?? 0, 3_000);
    expect(undeleteSchedule(store.db, 'old', 2_001)).toBeNull();
    Array.from(
      prune(store.db, {
        beforeMs: 0,
        pagesBeforeMs: 0,
        deletedBeforeMs: 3_000,
        rowsASchedule: 100,
        scrapedASchedule: 100,
      }),
    );
    expect(counts()).toEqual(Object.fromEntries(tables.map((table) => [table, 2])));
    expect(undeleteSchedule(store.db, 'old', 0)).toBeNull();
    expect(undeleteSchedule(store.db, 'late', 3_000)).not.toBeNull();
    expect(store.db.pragma('foreign_key_check')).toEqual([]);
  });
});
