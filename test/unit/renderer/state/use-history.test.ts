import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallOutput } from '../../../../contract/calls.ts';
import type { HistoryEntry } from '../../../../contract/ledger.ts';
import type { Result } from '../../../../contract/result.ts';
import { setClient } from '../../../../renderer/state/client.ts';
import {
  followHistory,
  loadHistory,
  loadOlder,
  useHistory,
} from '../../../../renderer/state/use-history.ts';
import { putRun, replaceRuns, useRuns } from '../../../../renderer/state/use-runs.ts';
import { createFakeClient, ok } from '../../../support/fake-client.ts';
import { anEmptySnapshot, anEntry, aStill } from '../../../support/fake-data.ts';

const nowMs = Date.parse('2026-11-21T08:00:00Z');
const minuteMs = 60_000;

type Page = CallOutput<'listRuns'>;

/** A run so many minutes ago. */
function run(
  number: number,
  minutesAgo: number,
  changes: Partial<HistoryEntry> = {},
): HistoryEntry {
  const atMs = nowMs - minutesAgo * minuteMs;
  return anEntry(atMs, { run: number, cursor: `c${String(number)}`, ...changes });
}

function shown(): readonly (number | string)[] {
  return useHistory.getState().entries.map((entry) => entry.run ?? entry.cursor);
}

let end: () => void = () => undefined;

beforeEach(() => {
  useHistory.setState({ filter: {}, status: 'loading', entries: [], next: null, problem: null });
  useRuns.setState({ open: [], snapshots: 1 });
});

afterEach(() => {
  end();
  end = () => undefined;
});

describe('renderer/state/use-history', () => {
  it('pages back by the cursor main gave, without showing a row twice', async () => {
    const older: Page = { entries: [run(3, 3), run(2, 4)], next: null };
    const asked: unknown[] = [];
    setClient(
      createFakeClient(anEmptySnapshot(nowMs), {
        listRuns: (input) => {
          asked.push(input);
          return ok(
            input.before === undefined
              ? { entries: [run(5, 1), run(4, 2), run(3, 3)], next: 'c3' }
              : older,
          );
        },
      }),
    );
    await loadHistory({ schedule: 'flink-posts', outcomes: ['success'] });
    await loadOlder();
    expect(shown()).toEqual([5, 4, 3, 2]);
    expect(useHistory.getState().next).toBeNull();
    expect(asked).toEqual([
      { limit: 50, id: 'flink-posts', outcome: ['success'] },
      { limit: 50, id: 'flink-posts', outcome: ['success'], before: 'c3' },
    ]);
  });

  it('puts a new run on top and moves it on in its place', async () => {
    setClient(
      createFakeClient(anEmptySnapshot(nowMs), {
        listRuns: () => ok({ entries: [run(5, 1), run(4, 2)], next: null }),
      }),
    );
    end = followHistory({});
    await expect.poll(shown).toEqual([5, 4]);
    putRun(run(6, 0, { state: 'running', outcome: null }));
    expect(shown()).toEqual([6, 5, 4]);
    putRun(run(6, 0, { outcome: 'failed' }));
    expect(shown()).toEqual([6, 5, 4]);
    expect(useHistory.getState().entries[0]?.outcome).toBe('failed');
  });

  it('shows only rows that fit the filter, and lets a row go that no longer does', async () => {
    setClient(
      createFakeClient(anEmptySnapshot(nowMs), {
        listRuns: () => ok({ entries: [], next: null }),
      }),
    );
    end = followHistory({ schedule: 'flink-posts', outcomes: ['skipped'] });
    await expect.poll(() => useHistory.getState().status).toBe('ready');
    const still = { ...aStill(nowMs, 'skipped', 'paused'), cursor: 's1' };
    putRun(run(6, 0));
    putRun({ ...still, cursor: 's2', schedule: 'another' });
    putRun(still);
    expect(shown()).toEqual(['s1']);
    putRun({ ...still, outcome: 'missed' });
    expect(shown()).toEqual([]);
  });

  it('loses no row that comes while a page is on its way', async () => {
    let answer: (page: Result<Page>) => void = () => undefined;
    setClient(
      createFakeClient(anEmptySnapshot(nowMs), {
        listRuns: () => new Promise<Result<Page>>((resolve) => (answer = resolve)),
      }),
    );
    end = followHistory({});
    putRun(run(6, 0));
    answer(ok({ entries: [run(5, 1)], next: null }));
    await expect.poll(shown).toEqual([6, 5]);
  });

  it('shows the answer to the last filter, whichever answer comes last', async () => {
    const answers: ((page: Result<Page>) => void)[] = [];
    setClient(
      createFakeClient(anEmptySnapshot(nowMs), {
        listRuns: () => new Promise<Result<Page>>((resolve) => answers.push(resolve)),
      }),
    );
    const first = loadHistory({ outcomes: ['failed'] });
    const second = loadHistory({ outcomes: ['success'] });
    answers[1]?.(ok({ entries: [run(2, 1)], next: null }));
    await second;
    answers[0]?.(ok({ entries: [run(1, 1, { outcome: 'failed' })], next: null }));
    await first;
    expect(shown()).toEqual([2]);
  });

  it('fetches anew after a snapshot, which may stand for rows that were lost', async () => {
    let entries = [run(5, 1)];
    setClient(
      createFakeClient(anEmptySnapshot(nowMs), { listRuns: () => ok({ entries, next: null }) }),
    );
    end = followHistory({});
    await expect.poll(shown).toEqual([5]);
    entries = [run(7, 0), run(6, 0), run(5, 1)];
    replaceRuns([]);
    await expect.poll(shown).toEqual([7, 6, 5]);
  });

  it('says why there is no history', async () => {
    setClient(
      createFakeClient(anEmptySnapshot(nowMs), {
        listRuns: () => ({ ok: false, code: 'internal', message: 'The database is locked.' }),
      }),
    );
    await loadHistory({});
    expect(useHistory.getState()).toMatchObject({
      status: 'failed',
      problem: 'The database is locked.',
    });
  });
});
