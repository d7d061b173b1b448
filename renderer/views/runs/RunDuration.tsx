import { useCallback } from 'react';
import type { HistoryEntry } from '../../../contract/ledger.ts';
import { durationText } from '../../time/words.ts';
import { useTicking } from '../../time/use-ticking.ts';

/** How long a run took, or has been going on. */
export function RunDuration({ entry }: { readonly entry: HistoryEntry }) {
  const { durationMs, startedAt, state } = entry;
  const isGoing = state === 'running' && startedAt !== null;
  const going = useTicking(
    useCallback(
      (nowMs: number) =>
        isGoing
          ? `${String(Math.max(0, Math.floor((nowMs - Date.parse(startedAt)) / 1000)))} s`
          : '',
      [isGoing, startedAt],
    ),
  );
  return <>{durationMs === null ? going : durationText(durationMs)}</>;
}
