import { create } from 'zustand';
import type { HistoryEntry, Outcome } from '../../contract/ledger.ts';
import { call } from './client.ts';
import { isSameRow, onRun, useRuns } from './use-runs.ts';

/** Which rows of the history a person wants to see; left out: all. */
export interface HistoryFilter {
  readonly schedule?: string | undefined;
  /** None: all of them, and what goes on. */
  readonly outcomes?: readonly Outcome[] | undefined;
}

/** The pages of the history fetched so far, newest first, kept current by events. */
export interface HistoryState {
  readonly filter: HistoryFilter;
  readonly status: 'loading' | 'ready' | 'failed';
  readonly entries: readonly HistoryEntry[];
  /** The cursor of the next older page; null at the beginning of the history. */
  readonly next: string | null;
  readonly isLoadingOlder: boolean;
  /** Why the history couldn't be fetched. */
  readonly problem: string | null;
}

const nothing: Omit<HistoryState, 'filter'> = {
  status: 'loading',
  entries: [],
  next: null,
  isLoadingOlder: false,
  problem: null,
};

/** The history as the runs screen shows it. */
export const useHistory = create<HistoryState>()(() => ({ filter: {}, ...nothing }));

const pageLength = 50;

/** Rows heard of while a page is on its way; they are newer than the page. */
let heard: HistoryEntry[] = [];
let request = 0;

function isWanted(entry: HistoryEntry, filter: HistoryFilter): boolean {
  if (filter.schedule !== undefined && entry.schedule !== filter.schedule) return false;
  const { outcomes = [] } = filter;
  return outcomes.length === 0 || (entry.outcome !== null && outcomes.includes(entry.outcome));
}

/** Puts a row in its place: where it stood, else by the time it was recorded; out if it is no longer wanted. */
function withEntry(
  entries: readonly HistoryEntry[],
  entry: HistoryEntry,
  filter: HistoryFilter,
): readonly HistoryEntry[] {
  const index = entries.findIndex((one) => isSameRow(one, entry));
  if (!isWanted(entry, filter)) return index < 0 ? entries : entries.toSpliced(index, 1);
  if (index >= 0) return entries.with(index, entry);
  const older = entries.findIndex((one) => one.recordedAt <= entry.recordedAt);
  return older < 0 ? [...entries, entry] : entries.toSpliced(older, 0, entry);
}

function inputOf(filter: HistoryFilter, before: string | null) {
  const { outcomes = [] } = filter;
  return {
    limit: pageLength,
    ...(filter.schedule === undefined ? {} : { id: filter.schedule }),
    ...(outcomes.length === 0 ? {} : { outcome: [...outcomes] }),
    ...(before === null ? {} : { before }),
  };
}

function isSameFilter(one: HistoryFilter, other: HistoryFilter): boolean {
  const [mine = [], its = []] = [one.outcomes, other.outcomes];
  return one.schedule === other.schedule && mine.join() === its.join();
}

/** Fetches the newest page for a filter. Rows shown for the same filter stay in sight meanwhile. */
export async function loadHistory(filter: HistoryFilter): Promise<void> {
  request += 1;
  const mine = request;
  heard = [];
  const before = useHistory.getState();
  if (!isSameFilter(before.filter, filter) || before.status === 'failed')
    useHistory.setState({ filter, ...nothing });
  const result = await call('listRuns', inputOf(filter, null));
  if (mine !== request) return;
  if (!result.ok) {
    useHistory.setState({ filter, ...nothing, status: 'failed', problem: result.message });
    return;
  }
  const page = result.value;
  // Open runs of the snapshot belong to the history, also where a page doesn't name them yet.
  const live = [...useRuns.getState().open.filter((entry) => isWanted(entry, filter)), ...heard];
  heard = [];
  useHistory.setState({
    filter,
    status: 'ready',
    entries: live.reduce<readonly HistoryEntry[]>(
      (entries, entry) => withEntry(entries, entry, filter),
      page.entries,
    ),
    next: page.next,
    isLoadingOlder: false,
    problem: null,
  });
}

/** Fetches the next older page and puts it below. */
export async function loadOlder(): Promise<void> {
  const { filter, next, isLoadingOlder, status } = useHistory.getState();
  if (next === null || isLoadingOlder || status !== 'ready') return;
  const mine = request;
  useHistory.setState({ isLoadingOlder: true, problem: null });
  const result = await call('listRuns', inputOf(filter, next));
  if (mine !== request) return;
  if (!result.ok) {
    useHistory.setState({ isLoadingOlder: false, problem: result.message });
    return;
  }
  const { entries } = useHistory.getState();
  const older = result.value.entries.filter(
    (entry) => !entries.some((one) => isSameRow(one, entry)),
  );
  useHistory.setState({
    entries: [...entries, ...older],
    next: result.value.next,
    isLoadingOlder: false,
  });
}

function hear(entry: HistoryEntry): void {
  const { status, filter, entries } = useHistory.getState();
  if (status === 'loading') heard.push(entry);
  else if (status === 'ready') useHistory.setState({ entries: withEntry(entries, entry, filter) });
}

/**
 * Keeps the history current while a screen shows it: each row as it comes, and all of it anew after a
 * snapshot, which may stand for events that were lost. Answers the function that ends it.
 */
export function followHistory(filter: HistoryFilter): () => void {
  void loadHistory(filter);
  const endRuns = onRun(hear);
  const endSnapshots = useRuns.subscribe((state, before) => {
    if (state.snapshots !== before.snapshots && before.snapshots > 0) void loadHistory(filter);
  });
  return () => {
    endRuns();
    endSnapshots();
  };
}
