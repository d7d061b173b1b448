import { useEffect, useState } from 'react';
import type { CallInput } from '../../../contract/calls.ts';
import type { ExplainedTime } from '../../../contract/preview.ts';
import { call } from '../../state/client.ts';

/** Whose times are asked about: a stored schedule's, or a draft's. */
export type AskedOf = Omit<CallInput<'explainTime'>, 'at'>;

/** What main says of one wall time. */
export interface Explained {
  /** The newest answer, kept while the next is on its way; null before the first. */
  readonly answer: ExplainedTime | null;
  /** Why there is no answer, as one plain sentence. */
  readonly problem: string | null;
}

const nothing: Explained = { answer: null, problem: null };
const pauseMs = 50;
const wallTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/;

/** Whether a wall time is typed to its end, so that it can be asked about. */
export function isWholeWallTime(text: string): boolean {
  return wallTime.test(text);
}

/**
 * Asks main whether and why a schedule runs at a wall time, a moment after each change of either; null
 * or an unfinished time asks nothing.
 */
export function useExplainedTime(of: AskedOf | null, at: string): Explained {
  const [explained, setExplained] = useState<Explained>(nothing);
  useEffect(() => {
    if (of === null || !isWholeWallTime(at)) return;
    let isWanted = true;
    const ask = async (): Promise<void> => {
      const result = await call('explainTime', { ...of, at });
      if (isWanted)
        setExplained(
          result.ok
            ? { answer: result.value, problem: null }
            : { answer: null, problem: result.message },
        );
    };
    const timer = setTimeout(() => void ask(), pauseMs);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [of, at]);
  return explained;
}
