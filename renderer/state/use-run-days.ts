import { useEffect, useState } from 'react';
import type { RunDays } from '../../contract/run-days.ts';
import { call } from './client.ts';
import { onRun, useRuns } from './use-runs.ts';

/** Runs end in bursts; one question answers for all of them. */
const gatherMs = 300;
/** How soon a new day is asked for at the earliest, should this computer's clock be another than the host's. */
const soonestMs = 60_000;

/** The last days of the history as main last told them. */
export interface RunDaysDetail {
  /** Null until they are fetched. */
  readonly runDays: RunDays | null;
  /** Why the last question wasn't answered; what was known before stays in sight. */
  readonly problem: string | null;
}

/** The last days of one schedule's history, or of all: asked at once, after rows that ended, and when a day ends. */
export function useRunDays(schedule: string | undefined): RunDaysDetail {
  const [detail, setDetail] = useState<RunDaysDetail>({ runDays: null, problem: null });
  useEffect(() => {
    let ended = false;
    let request = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const askIn = (delayMs: number): void => {
      clearTimeout(timer);
      timer = setTimeout(() => void ask(), delayMs);
    };
    const ask = async (): Promise<void> => {
      request += 1;
      const mine = request;
      const result = await call('listRunDays', schedule === undefined ? {} : { id: schedule });
      if (ended || mine !== request) return;
      setDetail(({ runDays }) =>
        result.ok ? { runDays: result.value, problem: null } : { runDays, problem: result.message },
      );
      const untilMs = result.ok ? Date.parse(result.value.until) - Date.now() : 0;
      askIn(Math.max(soonestMs, untilMs));
    };

    void ask();
    const ends = [
      onRun((entry) => {
        const isWanted = schedule === undefined || entry.schedule === schedule;
        if (isWanted && entry.outcome !== null) askIn(gatherMs);
      }),
      useRuns.subscribe((state, before) => {
        if (state.snapshots !== before.snapshots && before.snapshots > 0) askIn(0);
      }),
    ];
    return () => {
      ended = true;
      clearTimeout(timer);
      for (const end of ends) end();
    };
  }, [schedule]);
  return detail;
}
