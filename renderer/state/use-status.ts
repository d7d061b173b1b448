import { useEffect, useState } from 'react';
import type { Status } from '../../contract/views.ts';
import { call } from './client.ts';
import { useHost } from './use-host.ts';
import { useRuns } from './use-runs.ts';
import { useSchedules } from './use-schedules.ts';

/** How often it is asked anew while somebody can see it. */
const askAnewMs = 5_000;
/** Events come in bursts; one question answers for all of them. */
const gatherMs = 300;

/** The state of the scheduler as main last told it. */
export interface StatusDetail {
  /** Null until it is fetched. */
  readonly status: Status | null;
  /** Why the last question wasn't answered; what was known before stays in sight. */
  readonly problem: string | null;
}

/**
 * The status, asked at once, after events, and every 5 s while the window is visible; a hidden window
 * asks nothing.
 */
export function useStatus(): StatusDetail & { readonly retry: () => void } {
  const [detail, setDetail] = useState<StatusDetail>({ status: null, problem: null });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let ended = false;
    let asking = false;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const askIn = (delayMs: number): void => {
      clearTimeout(timer);
      if (!document.hidden) timer = setTimeout(() => void ask(), delayMs);
    };
    const ask = async (): Promise<void> => {
      if (asking) return;
      asking = true;
      const result = await call('getStatus', {});
      asking = false;
      if (ended) return;
      setDetail(({ status }) =>
        result.ok ? { status: result.value, problem: null } : { status, problem: result.message },
      );
      askIn(askAnewMs);
    };
    const soon = (): void => askIn(gatherMs);
    const onVisibility = (): void => {
      if (document.hidden) clearTimeout(timer);
      else void ask();
    };

    void ask();
    document.addEventListener('visibilitychange', onVisibility);
    const ends = [useHost, useRuns, useSchedules].map((store) => store.subscribe(soon));
    return () => {
      ended = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisibility);
      for (const end of ends) end();
    };
  }, [attempt]);
  return { ...detail, retry: () => setAttempt(attempt + 1) };
}
