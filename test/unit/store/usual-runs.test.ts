import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Outcome } from '../../../contract/ledger.ts';
import { endRun, noCounts } from '../../../main/store/runs.ts';
import { usualRun } from '../../../main/store/usual-runs.ts';
import { openTestStore, type TestStore } from '../../support/test-store.ts';

let store: TestStore;

beforeEach(() => {
  store = openTestStore();
  store.schedule();
});
afterEach(() => {
  store.close();
});

let atMs = 10_000;

/** Enters a run of schedule 1, the newest so far, that has ended. */
function ended(outcome: Outcome, durationMs: number | null, pages = 1, schedule = 1): void {
  atMs += 1_000;
  const run = store.run({ schedule, recordedAtMs: atMs });
  endRun(store.db, run, {
    outcome,
    reason: null,
    message: null,
    endedAtMs: atMs,
    durationMs,
    counts: { ...noCounts, pages },
    bytes: 0,
  });
}

describe('store/usual-runs', () => {
  it('is unknown before the first good run', () => {
    expect(usualRun(store.db, 1)).toBeNull();
    store.run();
    ended('failed', 5_000);
    ended('success', null);
    expect(usualRun(store.db, 1)).toBeNull();
  });

  it('is the average of the good runs of that schedule alone', () => {
    store.schedule({ id: 'other' });
    ended('success', 1_000, 1);
    ended('success', 4_000, 2);
    ended('partial', 90_000, 50);
    ended('timed-out', 600_000, 50);
    ended('success', 77_000, 9, 2);
    expect(usualRun(store.db, 1)).toEqual({ runMs: 2_500, pages: 1.5 });
    expect(usualRun(store.db, 2)).toEqual({ runMs: 77_000, pages: 9 });
  });

  it('goes by the last twenty', () => {
    for (let run = 0; run < 5; run += 1) ended('success', 60_000, 100);
    for (let run = 0; run < 20; run += 1) ended('success', 2_000, 3);
    ended('failed', 1);
    expect(usualRun(store.db, 1)).toEqual({ runMs: 2_000, pages: 3 });
  });

  it('forgets good runs that lie more than two hundred runs back', () => {
    ended('success', 2_000);
    for (let run = 0; run < 199; run += 1) ended('failed', 1);
    expect(usualRun(store.db, 1)).toEqual({ runMs: 2_000, pages: 1 });
    ended('failed', 1);
    expect(usualRun(store.db, 1)).toBeNull();
  });

  it('reads along the index of a schedule’s runs, and sorts none of them', () => {
    const asked: string[] = [];
    const prepare = store.db.prepare.bind(store.db);
    store.db.prepare = (sql: string) => {
      asked.push(sql);
      return prepare(sql);
    };
    usualRun(store.db, 1);
    const steps = store.db
      .prepare<[number], { detail: string }>(`EXPLAIN QUERY PLAN ${asked[0] ?? ''}`)
      .all(1)
      .map(({ detail }) => detail);
    expect(steps.join('\n')).toContain('USING INDEX runs_of_schedule (schedule=?)');
    expect(steps.join('\n')).not.toMatch(/SCAN runs\b/);
  });
});
