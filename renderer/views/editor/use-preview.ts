import { useEffect, useRef, useState } from 'react';
import type { Preview } from '../../../contract/preview.ts';
import type { Result } from '../../../contract/result.ts';
import { sameValue } from '../../forms/same-value.ts';
import { call } from '../../state/client.ts';
import { useHost } from '../../state/use-host.ts';
import { useHours } from '../../state/use-hours.ts';
import { useSettings } from '../../state/use-settings.ts';
import type { Candidate } from './candidate.ts';

/** What main says of the draft. */
export interface PreviewState {
  /** The newest answer, kept while the next is on its way; null before the first. */
  readonly preview: Preview | null;
  /** The newest answer to a draft whose times could be read, kept while they can't; null before the first. */
  readonly readable: Preview | null;
  /** Why there is no answer, as one plain sentence. */
  readonly problem: string | null;
  /** Whether the answer is to the draft as it stands now. */
  readonly isCurrent: boolean;
}

interface Answer {
  readonly asked: Candidate;
  readonly preview: Preview | null;
  readonly readable: Preview | null;
  readonly problem: string | null;
}

const pauseMs = 50;
/** After this long without a question the next one goes out at once: a press is not typing. */
const restMs = 200;
const longestTimerMs = 2 ** 31 - 1;

/** Whether main could read the times: then it names their zone, or finds nothing wrong. */
function hasTimes(preview: Preview): boolean {
  return preview.timezone !== '' || preview.faults.length === 0;
}

function answerOf(asked: Candidate, result: Result<Preview>, before: Answer | null): Answer {
  const last = before?.readable ?? null;
  if (!result.ok) return { asked, preview: null, readable: last, problem: result.message };
  const preview = result.value;
  return { asked, preview, readable: hasTimes(preview) ? preview : last, problem: null };
}

/**
 * Asks main what the draft would do, a moment after each change: of the draft, of the hours, of the
 * settings or the zone, and when the first of the next runs has come. Null asks nothing.
 */
export function usePreview(asked: Candidate | null): PreviewState {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [round, setRound] = useState(0);
  const hours = useHours((state) => state.hours);
  const settings = useSettings((state) => state.settings);
  const zone = useHost(({ host }) => host?.timezone);

  const changedAtMs = useRef(-restMs);
  useEffect(() => {
    if (asked === null) return;
    const nowMs = performance.now();
    const isRested = nowMs - changedAtMs.current >= restMs;
    changedAtMs.current = nowMs;
    let isWanted = true;
    const ask = async (): Promise<void> => {
      const result = await call('previewSchedule', { schedule: asked });
      if (!isWanted) return;
      setAnswer((before) => answerOf(asked, result, before));
    };
    const timer = setTimeout(() => void ask(), isRested ? 0 : pauseMs);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [asked, hours, settings, zone, round]);

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
    readable: answer?.readable ?? null,
    problem: answer?.problem ?? null,
    // By value and not by text: the draft may hold a calendar of a megabyte.
    isCurrent: asked !== null && sameValue(answer?.asked, asked),
  };
}
