import { useEffect, useState } from 'react';
import type { HistoryEntry, RunLogLine } from '../../contract/ledger.ts';
import type { Refusal } from '../../contract/result.ts';
import { call } from './client.ts';
import { onRun } from './use-runs.ts';

/** A run and its log, as far as they are known. */
export interface RunDetail {
  /** Null until it is fetched. */
  readonly entry: HistoryEntry | null;
  /** Null until it is fetched. */
  readonly log: readonly RunLogLine[] | null;
  readonly problem: Refusal | null;
}

const unknown: RunDetail = { entry: null, log: null, problem: null };

/** One run with its log: fetched at once, the log again at each event of the run, one fetch at a time. */
export function useRun(run: number): RunDetail & { readonly retry: () => void } {
  const [detail, setDetail] = useState<RunDetail>(unknown);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let ended = false;
    let fetching = false;
    let again = false;
    const fetchLog = async (): Promise<void> => {
      again = fetching;
      if (fetching) return;
      fetching = true;
      const log = await call('getRunLog', { run });
      fetching = false;
      if (ended) return;
      if (log.ok) setDetail((known) => ({ ...known, log: log.value }));
      else setDetail((known) => ({ ...known, problem: log }));
      if (again) void fetchLog();
    };
    void call('getRun', { run }).then((result) => {
      if (ended) return;
      if (!result.ok) setDetail({ ...unknown, problem: result });
      else setDetail((known) => ({ ...known, entry: known.entry ?? result.value, problem: null }));
    });
    void fetchLog();
    const endRuns = onRun((entry) => {
      if (entry.run !== run) return;
      setDetail((known) => ({ ...known, entry }));
      void fetchLog();
    });
    return () => {
      ended = true;
      endRuns();
    };
  }, [run, attempt]);
  return { ...detail, retry: () => setAttempt(attempt + 1) };
}
