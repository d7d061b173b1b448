import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Outcome } from '../../../contract/ledger.ts';
import {
  endRun,
  insertFirstRuns,
  lastAttempt,
  markRunRunning,
  noCounts,
  openRuns,
  runFigures,
  startRun,
  type RunEnd,
} from '../../../main/store/runs.ts';
import { appendRunLog, maxLogLines, readRunLog } from '../../../main/store/run-log.ts';
import { openTestStore, type TestStore } from '../../support/test-store.ts';

let store: TestStore;

beforeEach(() => {
  store = openTestStore();
  store.schedule();
});
afterEach(() => {
  store.close();
});

function anEnd(outcome: Outcome, given: Partial<RunEnd> = {}): RunEnd {
  return {
    outcome,
    reason: null,
    message: null,
    endedAtMs: 9_000,
    durationMs: 1_000,
    counts: noCounts,
    bytes: 0,
    ...given,
  };
}

describe('store/runs', () => {
  it('goes from queued over starting to running, and is open until it ends', () => {
    const run = store.run();
    const open = { run, schedule: 1, slot: null };
    expect(openRuns(store.db)).toEqual([{ ...open, state: 'queued' }]);
    markRunRunning(store.db, run);
    expect(openRuns(store.db)).toEqual([{ ...open, state: 'queued' }]);
    startRun(store.db, run, 6_000);
    expect(openRuns(store.db)).toEqual([{ ...open, state: 'starting' }]);
    markRunRunning(store.db, run);
    expect(openRuns(store.db)).toEqual([{ ...open, state: 'running' }]);
    endRun(store.db, run, anEnd('success'));
    expect(openRuns(store.db)).toEqual([]);
  });

  it('enters the first attempts of slots, each by its own slot', () => {
    store.schedule({ id: 'two' });
    const slots = [
      store.slot({ slotAtMs: 5_000, cause: 'catch-up', recordedAtMs: 6_000 }),
      store.slot({ schedule: 2, slotAtMs: 7_000, recordedAtMs: 7_500 }),
    ].map(Number);
    const runs = insertFirstRuns(store.db, slots.toReversed());
    const stored = store.db
      .prepare(
        `SELECT run, slot, schedule, attempt, cause, state, recorded_at AS atMs, epoch FROM runs ORDER BY slot`,
      )
      .all();
    const row = { attempt: 1, state: 'queued', epoch: 1 };
    expect(stored).toEqual([
      { ...row, run: runs.get(1), slot: 1, schedule: 1, cause: 'catch-up', atMs: 6_000 },
      { ...row, run: runs.get(2), slot: 2, schedule: 2, cause: 'slot', atMs: 7_500 },
    ]);
  });

  it('keeps the end it had first', () => {
    const slot = store.slot();
    const run = store.run({ slot, cause: 'slot' });
    endRun(store.db, run, anEnd('interrupted', { reason: 'crash', message: 'It ended.' }));
    endRun(store.db, run, anEnd('success'));
    expect(lastAttempt(store.db, slot ?? 0)).toEqual({
      outcome: 'interrupted',
      reason: 'crash',
      message: 'It ended.',
    });
  });

  it('takes the newest of two attempts of one number: the first was queued when its leader died', () => {
    const slot = store.slot();
    const lost = store.run({ slot, cause: 'retry', attempt: 2 });
    const again = store.run({ slot, cause: 'retry', attempt: 2 });
    endRun(store.db, lost, anEnd('missed', { reason: 'not-running' }));
    endRun(store.db, again, anEnd('failed', { reason: 'http-500' }));
    expect(lastAttempt(store.db, slot ?? 0)).toMatchObject({ outcome: 'failed' });
  });

  it('knows how a slot’s newest ended attempt ended; an open one says nothing', () => {
    const slot = store.slot();
    expect(lastAttempt(store.db, slot ?? 0)).toBeNull();
    const first = store.run({ slot, cause: 'slot' });
    const second = store.run({ slot, cause: 'retry', attempt: 2 });
    store.run({ slot, cause: 'retry', attempt: 3 });
    endRun(store.db, second, anEnd('timed-out', { reason: 'deadline' }));
    endRun(store.db, first, anEnd('failed', { reason: 'http-500' }));
    expect(lastAttempt(store.db, slot ?? 0)).toEqual({
      outcome: 'timed-out',
      reason: 'deadline',
      message: null,
    });
  });

  it('counts runs, failures, durations and lateness of a stretch; what never started is no run', () => {
    const begun = (recordedAtMs: number, outcome: Outcome, durationMs: number): void => {
      const slot = store.slot({ slotAtMs: recordedAtMs });
      const run = store.run({ slot, cause: 'slot', recordedAtMs });
      startRun(store.db, run, recordedAtMs + 250);
      endRun(store.db, run, anEnd(outcome, { durationMs }));
    };
    begun(1_000, 'success', 1);
    begun(2_000, 'success', 100);
    begun(3_000, 'failed', 200);
    begun(4_000, 'timed-out', 300);
    begun(5_000, 'attention', 400);
    const manual = store.run({ recordedAtMs: 6_000 });
    startRun(store.db, manual, 6_100);
    endRun(store.db, store.run({ recordedAtMs: 7_000 }), anEnd('cancelled', { durationMs: null }));
    expect(runFigures(store.db, { fromMs: 2_000, untilMs: Infinity }, 100)).toEqual({
      runs: 5,
      failed: 2,
      durationsMs: [400, 300, 200, 100],
      latenessMs: [250, 250, 250, 250],
    });
    expect(runFigures(store.db, { fromMs: 2_000, untilMs: 5_000 }, 2)).toEqual({
      runs: 2,
      failed: 2,
      durationsMs: [300, 200],
      latenessMs: [250, 250],
    });
  });
});

describe('store/run-log', () => {
  it('keeps the lines of a run in order, apart from another’s', () => {
    const [one, other] = [store.run(), store.run()];
    const lines = [
      { atMs: 3, level: 'info', message: 'Read page 1.' },
      { atMs: 1, level: 'error', message: 'Page 2 could not be read.' },
      { atMs: 2, level: 'warning', message: 'Gave up.' },
    ] as const;
    for (const line of lines) appendRunLog(store.db, one, line);
    appendRunLog(store.db, other, lines[0]);
    expect(readRunLog(store.db, one)).toEqual(lines);
    expect(readRunLog(store.db, other)).toEqual([lines[0]]);
    expect(readRunLog(store.db, 99)).toEqual([]);
  });

  it('keeps a thousand lines of a run and drops what comes after', () => {
    const run = store.run();
    for (let count = 1; count <= maxLogLines + 5; count += 1)
      appendRunLog(store.db, run, { atMs: count, level: 'info', message: String(count) });
    const kept = readRunLog(store.db, run);
    expect([kept.length, kept.at(-1)?.message]).toEqual([maxLogLines, String(maxLogLines)]);
  });
});
