import { create } from 'zustand';
import type { HistoryEntry } from '../../contract/ledger.ts';

/** The runs that go on or wait, and the newest thing heard of any run. */
export interface RunsState {
  readonly open: readonly HistoryEntry[];
  /** Counts the snapshots: after each, what was fetched before may have a hole. */
  readonly snapshots: number;
}

/** The open runs as main last told them. Only `sync` writes here. */
export const useRuns = create<RunsState>()(() => ({ open: [], snapshots: 0 }));

type RunListener = (entry: HistoryEntry) => void;
const listeners = new Set<RunListener>();

/** Whether two entries are the same row of the history: a row keeps its run, a slot's row its cursor. */
export function isSameRow(one: HistoryEntry, other: HistoryEntry): boolean {
  return one.run !== null && other.run !== null
    ? one.run === other.run
    : one.cursor === other.cursor;
}

/** Takes the open runs of a snapshot. */
export function replaceRuns(open: readonly HistoryEntry[]): void {
  useRuns.setState(({ snapshots }) => ({ open, snapshots: snapshots + 1 }));
}

/** Takes one row of the history, new or changed, and tells the views that hold pages of it. */
export function putRun(entry: HistoryEntry): void {
  useRuns.setState(({ open }) => {
    const index = open.findIndex((one) => isSameRow(one, entry));
    if (entry.state === 'ended') return index < 0 ? {} : { open: open.toSpliced(index, 1) };
    return { open: index < 0 ? [...open, entry] : open.with(index, entry) };
  });
  for (const listener of listeners) listener(entry);
}

/** Hears each row as it comes or changes; answers the function that ends it. */
export function onRun(listener: RunListener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** The open run of a schedule, if it has one. */
export function useOpenRun(schedule: string): HistoryEntry | undefined {
  return useRuns(({ open }) => open.find((entry) => entry.schedule === schedule));
}
