import { useEffect, useState } from 'react';
import type { RecordRow } from '../../contract/ledger.ts';
import { call } from './client.ts';
import { useSchedules } from './use-schedules.ts';

/** The rows of a schedule's last good run. */
export interface Records {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly rows: readonly RecordRow[];
  readonly problem: string | null;
}

interface Fetched extends Records {
  readonly schedule: string;
  readonly gone: boolean;
}

/**
 * The rows of the last good run, or those that are gone. Fetched again when a new run
 * has ended; the old rows stay in sight meanwhile.
 */
export function useRecords(
  schedule: string,
  gone: boolean,
): Records & { readonly retry: () => void } {
  const [fetched, setFetched] = useState<Fetched | null>(null);
  const [attempt, setAttempt] = useState(0);
  const newest = useSchedules(({ schedules }) => {
    const last = schedules?.find((one) => one.id === schedule)?.last;
    return `${String(last?.run ?? '')} ${last?.cursor ?? ''}`;
  });
  useEffect(() => {
    let ended = false;
    void call('listRecords', { id: schedule, gone }).then((result) => {
      if (ended) return;
      setFetched(
        result.ok
          ? { schedule, gone, status: 'ready', rows: result.value, problem: null }
          : { schedule, gone, status: 'failed', rows: [], problem: result.message },
      );
    });
    return () => {
      ended = true;
    };
  }, [schedule, gone, newest, attempt]);
  const retry = (): void => setAttempt(attempt + 1);
  if (fetched?.schedule !== schedule || fetched.gone !== gone)
    return { status: 'loading', rows: [], problem: null, retry };
  return { status: fetched.status, rows: fetched.rows, problem: fetched.problem, retry };
}
