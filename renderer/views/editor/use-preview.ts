import { useEffect, useRef, useState } from 'react';
import type { Preview } from '../../../contract/preview.ts';
import { call } from '../../state/client.ts';
import { useHost } from '../../state/use-host.ts';
import { useHours } from '../../state/use-hours.ts';
import { useSettings } from '../../state/use-settings.ts';
import type { Candidate } from './candidate.ts';

/** What main says of the draft. */
export interface PreviewState {
  /** The newest answer, kept while the next is on its way; null before the first. */
  readonly preview: Preview | null;
  /** Why there is no answer, as one plain sentence. */
  readonly problem: string | null;
  /** Whether the answer is to the draft as it stands now. */
  readonly isCurrent: boolean;
}

interface Answer {
  readonly key: string;
  readonly preview: Preview | null;
  readonly problem: string | null;
}

const pauseMs = 50;
/** After this long without a question the next one goes out at once: a press is not typing. */
const restMs = 200;
const longestTimerMs = 2 ** 31 - 1;

/**
 * Asks main what the draft would do, a moment after each change: of the draft, of the hours, of the
 * settings or the zone, and when the first of the next runs has come. Null asks nothing.
 */
export function usePreview(asked: Candidate | null): PreviewState {
  const key = asked === null ? null : JSON.stringify(asked);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [round, setRound] = useState(0);
  const hours = useHours((state) => state.hours);
  const settings = useSettings((state) => state.settings);
  const zone = useHost(({ host }) => host?.timezone);

  const changedAtMs = useRef(-restMs);
  useEffect(() => {
    if (key === null) return;
    const nowMs = performance.now();
    const isRested = nowMs - changedAtMs.current >= restMs;
    changedAtMs.current = nowMs;
    let isWanted = true;
    const ask = async (): Promise<void> => {
      const schedule: unknown = JSON.parse(key);
      const result = await call('previewSchedule', { schedule });
      if (!isWanted) return;
      setAnswer(
        result.ok
          ? { key, preview: result.value, problem: null }
          : { key, preview: null, problem: result.message },
      );
    };
    const timer = setTimeout(() => void ask(), isRested ? 0 : pauseMs);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [key, hours, settings, zone, round]);

  const firstAt = answer?.preview?.next[0]?.at;
  useEffect(() => {
    if (firstAt === undefined) return;
    const waitMs = Math.max(Date.parse(firstAt) - Date.now(), 0) + 1_000;
    const timer = setTimeout(
      () => {
        setRound((before) => before + 1);
      },
      Math.min(waitMs, longestTimerMs),
    );
    return () => {
      clearTimeout(timer);
    };
  }, [firstAt, round]);

  return {
    preview: answer?.preview ?? null,
    problem: answer?.problem ?? null,
    isCurrent: key !== null && answer?.key === key,
  };
}
