import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  keepVersion,
  knownRecords,
  lastGoodRun,
  loseRecord,
  readFullRows,
  readRunRows,
  rowsOf,
  seeRecord,
  setRowsOf,
  writeRunRows,
} from '../../../main/store/records.ts';
import { endRun, noCounts } from '../../../main/store/runs.ts';
import { openTestStore, type TestStore } from '../../support/test-store.ts';

let store: TestStore;

beforeEach(() => {
  store = openTestStore();
  store.schedule({ id: 'one' });
  store.schedule({ id: 'two' });
});
afterEach(() => {
  store.close();
});

const document = { title: 'Ä “quote”', price: 1.5, tags: ['a', 'b'], sold: false, none: null };

describe('store/records', () => {
  it('keeps one version of the same document, per schedule', () => {
    const first = keepVersion(store.db, 1, 'hash', document);
    expect(keepVersion(store.db, 1, 'hash', document)).toBe(first);
    expect(keepVersion(store.db, 1, 'other', document)).not.toBe(first);
    expect(keepVersion(store.db, 2, 'hash', document)).not.toBe(first);
  });

  it('knows when a record was first and last seen, with its newest document', () => {
    const before = keepVersion(store.db, 1, 'h1', document);
    const after = keepVersion(store.db, 1, 'h2', { ...document, price: 2 });
    const seen = { schedule: 1, key: 'a' };
    seeRecord(store.db, { ...seen, version: before, run: 1, seenAtMs: 1_000 });
    seeRecord(store.db, { ...seen, version: after, run: 2, seenAtMs: 2_000 });
    expect(knownRecords(store.db, 1)).toEqual([
      {
        key: 'a',
        hash: 'h2',
        version: after,
        document: { ...document, price: 2 },
        firstSeenAtMs: 1_000,
        lastSeenAtMs: 2_000,
        lastRun: 2,
        goneRun: null,
      },
    ]);
    expect(knownRecords(store.db, 2)).toEqual([]);
  });

  it('marks a record gone, and there again when it comes back', () => {
    const version = keepVersion(store.db, 1, 'h', document);
    seeRecord(store.db, { schedule: 1, key: 'a', version, run: 1, seenAtMs: 1_000 });
    seeRecord(store.db, { schedule: 2, key: 'a', version, run: 1, seenAtMs: 1_000 });
    loseRecord(store.db, 1, 'a', 2);
    expect(knownRecords(store.db, 1)).toMatchObject([{ goneRun: 2, lastRun: 1 }]);
    expect(knownRecords(store.db, 2)).toMatchObject([{ goneRun: null }]);
    seeRecord(store.db, { schedule: 1, key: 'a', version, run: 3, seenAtMs: 3_000 });
    expect(knownRecords(store.db, 1)).toMatchObject([{ goneRun: null, firstSeenAtMs: 1_000 }]);
  });

  it('keeps the rows of a run in their order, and lets another run point at them', () => {
    const version = keepVersion(store.db, 1, 'h', document);
    const [first, second] = [store.run(), store.run()];
    expect(rowsOf(store.db, first)).toBeNull();
    const rows = [
      { key: 'z', state: 'new', version },
      { key: 'a', state: 'same', version },
    ] as const;
    writeRunRows(store.db, first, rows);
    setRowsOf(store.db, second, first);
    expect([rowsOf(store.db, first), rowsOf(store.db, second)]).toEqual([first, first]);
    expect(readRunRows(store.db, first)).toEqual(rows);
    expect(readRunRows(store.db, second)).toEqual([]);
    expect(rowsOf(store.db, 99)).toBeNull();
  });

  it('gives a run’s rows their documents; what no good run saw has no dates', () => {
    const version = keepVersion(store.db, 1, 'h', document);
    const run = store.run();
    seeRecord(store.db, { schedule: 1, key: 'a', version, run, seenAtMs: 1_000 });
    writeRunRows(store.db, run, [
      { key: 'b', state: 'new', version },
      { key: 'a', state: 'changed', version },
    ]);
    expect(readFullRows(store.db, 1, run)).toEqual([
      { key: 'b', state: 'new', document, firstSeenAtMs: null, lastSeenAtMs: null },
      { key: 'a', state: 'changed', document, firstSeenAtMs: 1_000, lastSeenAtMs: 1_000 },
    ]);
  });

  it('takes the newest success for the last good run, whatever came after it', () => {
    const end = (run: number, outcome: 'success' | 'partial', rows: number): void => {
      endRun(store.db, run, {
        outcome,
        reason: null,
        message: null,
        endedAtMs: 9_000,
        durationMs: 1,
        counts: { ...noCounts, rows },
        bytes: 0,
      });
    };
    expect(lastGoodRun(store.db, 1)).toBeNull();
    end(store.run({ recordedAtMs: 1_000 }), 'success', 7);
    const good = store.run({ recordedAtMs: 2_000 });
    end(good, 'success', 3);
    end(store.run({ recordedAtMs: 3_000 }), 'partial', 9);
    end(store.run({ schedule: 2, recordedAtMs: 4_000 }), 'success', 1);
    store.run({ recordedAtMs: 5_000 });
    expect(lastGoodRun(store.db, 1)).toEqual({ run: good, rows: 3, fieldHash: null });
  });
});
