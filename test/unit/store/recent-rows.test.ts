import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { placeOf } from '../../../main/store/history.ts';
import { recentRows } from '../../../main/store/recent-rows.ts';
import { endRun, noCounts } from '../../../main/store/runs.ts';
import { readHistory } from '../../support/read-history.ts';
import { openTestStore, type TestStore } from '../../support/test-store.ts';

let store: TestStore;
beforeEach(() => {
  store = openTestStore();
  store.schedule();
  store.schedule({ id: 'other' });
});
afterEach(() => {
  store.close();
});

/** The history's own answer, as a strip has it. */
function fromHistory(limit: number) {
  const query = { schedule: 1, outcomes: null, before: null, limit };
  return readHistory(store.db, query).map((row) => ({
    ...placeOf(row),
    outcome: row.outcome,
    reason: row.reason,
  }));
}

describe('store/recent-rows', () => {
  it('is empty before the first row', () => {
    expect(recentRows(store.db, 1, 30)).toEqual([]);
  });

  it('has the rows of the history in its order: runs, slots that never ran, what goes on', () => {
    const skipped = { outcome: 'skipped', reason: 'paused' } as const;
    store.slot({ ...skipped, slotAtMs: 4_000, recordedAtMs: 5_000 });
    const first = store.run({ recordedAtMs: 5_000 });
    const second = store.run({ recordedAtMs: 5_000 });
    store.slot({ outcome: 'missed', reason: 'asleep', slotAtMs: 5_000, recordedAtMs: 5_000 });
    const slot = store.slot({ slotAtMs: 6_000, recordedAtMs: 6_000 });
    store.run({ slot, recordedAtMs: 6_000 });
    store.slot({ slotAtMs: 7_000, recordedAtMs: 7_000 });
    store.run({ schedule: 2, recordedAtMs: 8_000 });
    store.slot({ ...skipped, schedule: 2, recordedAtMs: 8_000 });
    for (const [run, outcome] of [
      [first, 'success'],
      [second, 'failed'],
    ] as const)
      endRun(store.db, run, {
        ...{ outcome, reason: outcome === 'failed' ? 'dns' : null, message: null },
        ...{ endedAtMs: 5_500, durationMs: 500, counts: noCounts, bytes: 0 },
      });
    expect(recentRows(store.db, 1, 30)).toEqual(fromHistory(30));
    expect(recentRows(store.db, 1, 30).map(({ kind, outcome }) => [kind, outcome])).toEqual([
      ['run', null],
      ['run', 'failed'],
      ['run', 'success'],
      ['slot', 'missed'],
      ['slot', 'skipped'],
    ]);
    for (const limit of [1, 2, 3, 4])
      expect(recentRows(store.db, 1, limit)).toEqual(fromHistory(limit));
  });
});
