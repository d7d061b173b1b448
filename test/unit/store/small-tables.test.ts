import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listHours, removeHours, unreadableHours, writeHours } from '../../../main/store/hours.ts';
import { raiseEpoch, readEpoch, readMeta, writeMeta } from '../../../main/store/meta.ts';
import { keepPlan } from '../../../main/store/plans.ts';
import { readSettings, writeSettings } from '../../../main/store/settings.ts';
import { inTransaction } from '../../../main/store/statement.ts';
import { openTestStore, type TestStore } from '../../support/test-store.ts';

let store: TestStore;

beforeEach(() => {
  store = openTestStore();
});
afterEach(() => {
  store.close();
});

describe('store/settings', () => {
  it('gives back what was written, of any shape, the newest of each name', () => {
    expect(readSettings(store.db)).toEqual({});
    writeSettings(store.db, { concurrency: 3, timezone: null, theme: 'dark', startAtLogin: true });
    writeSettings(store.db, { concurrency: 4 });
    expect(readSettings(store.db)).toEqual({
      concurrency: 4,
      timezone: null,
      theme: 'dark',
      startAtLogin: true,
    });
  });

  it('has nothing for one that can’t be read any more, and the others all the same', () => {
    writeSettings(store.db, { concurrency: 3, theme: 'dark' });
    store.db.exec("UPDATE settings SET value = '\"da\u0012rk' WHERE name = 'theme'");
    expect(readSettings(store.db)).toEqual({ concurrency: 3, theme: undefined });
  });
});

describe('store/hours', () => {
  const office = {
    id: 'office',
    name: 'Office hours',
    week: { mon: ['09:00-12:30', '13:30-17:00'], fri: ['22:00-02:00'] },
    closed: { dates: ['2026-12-25'] },
  };

  it('keeps profiles by id, in the order of their ids', () => {
    writeHours(store.db, { id: 'nights' });
    writeHours(store.db, office);
    writeHours(store.db, { id: 'always-on' });
    expect(listHours(store.db)).toEqual([{ id: 'always-on' }, { id: 'nights' }, office]);
    writeHours(store.db, { ...office, name: 'Office' });
    removeHours(store.db, 'nights');
    expect(listHours(store.db)).toEqual([{ id: 'always-on' }, { ...office, name: 'Office' }]);
  });
});

describe('store/hours: unreadable ones', () => {
  it('leaves them out, names them, and mends one that is written anew', () => {
    for (const id of ['office', 'nights']) writeHours(store.db, { id });
    store.db
      .prepare(`UPDATE hours SET document = '{"id":"office","colour":"red"}' WHERE id = 'office'`)
      .run();
    expect([listHours(store.db), unreadableHours(store.db)]).toEqual([
      [{ id: 'nights' }],
      ['office'],
    ]);
    writeHours(store.db, { id: 'office' });
    expect(unreadableHours(store.db)).toEqual([]);
    expect(listHours(store.db)).toHaveLength(2);
  });
});

describe('store/meta', () => {
  it('keeps single values, and forgets one with null', () => {
    expect(readMeta(store.db, 'pause')).toBeNull();
    writeMeta(store.db, 'pause', 'a');
    writeMeta(store.db, 'pause', 'b');
    expect(readMeta(store.db, 'pause')).toBe('b');
    writeMeta(store.db, 'pause', null);
    expect(readMeta(store.db, 'pause')).toBeNull();
  });

  it('counts the leaders up', () => {
    expect(readEpoch(store.db)).toBe(0);
    expect([raiseEpoch(store.db), raiseEpoch(store.db)]).toEqual([1, 2]);
    expect(readEpoch(store.db)).toBe(2);
  });
});

describe('store/plans', () => {
  it('keeps the same plan once, as it was first', () => {
    keepPlan(store.db, { hash: 'h', document: '{"first":true}' });
    keepPlan(store.db, { hash: 'h', document: '{"first":true}' });
    expect(store.db.prepare("SELECT * FROM plans WHERE hash = 'h'").all()).toEqual([
      { hash: 'h', document: '{"first":true}' },
    ]);
  });
});

describe('store/statement', () => {
  it('commits all of a transaction, or nothing of it', () => {
    expect(
      inTransaction(store.db, () => {
        writeMeta(store.db, 'one', '1');
        return 'done';
      }),
    ).toBe('done');
    expect(() =>
      inTransaction(store.db, () => {
        writeMeta(store.db, 'one', '2');
        inTransaction(store.db, () => {
          writeMeta(store.db, 'two', '2');
        });
        throw new Error('no');
      }),
    ).toThrow('no');
    expect([readMeta(store.db, 'one'), readMeta(store.db, 'two')]).toEqual(['1', null]);
  });
});
