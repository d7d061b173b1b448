import { useEffect, useState } from 'react';
import type { ClosedView } from '../../../contract/calendars.ts';
import { call } from '../../state/client.ts';
import { useHost } from '../../state/use-host.ts';

/** What main says of the holidays or the calendar of some hours. */
export interface ClosedReading {
  /** Null while it is read, and where it couldn't be. */
  readonly view: ClosedView | null;
  /** Why there is no answer, as one plain sentence. */
  readonly problem: string | null;
  readonly retry: () => void;
  /** Takes an answer got already, so that it isn't asked for twice. */
  readonly know: (value: string, view: ClosedView) => void;
}

interface Answer {
  readonly value: string;
  readonly zone: string | undefined;
  readonly view: ClosedView | null;
  readonly problem: string | null;
}

/** Asks main what holidays (`US-NY`) or a calendar's text would close. */
export function readClosed(part: 'holidays' | 'ics', value: string, timezone: string | undefined) {
  const closed = part === 'ics' ? { ics: value } : { holidays: value };
  return call('readClosed', { closed, ...(timezone === undefined ? {} : { timezone }) });
}

/**
 * Keeps what main says of the holidays or the calendar: asked once for each value and zone. A
 * calendar's text may have a million characters; it is told apart by comparing, never written out.
 *
 * @param timezone Left out: this computer's.
 */
export function useReadClosed(
  part: 'holidays' | 'ics',
  value: string | null,
  timezone: string | undefined,
): ClosedReading {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const computers = useHost(({ host }) => host?.timezone);
  const zone = timezone ?? computers;
  const current = answer?.value === value && answer.zone === zone ? answer : null;
  const isAnswered = current !== null;

  useEffect(() => {
    if (value === null || isAnswered) return;
    let isWanted = true;
    void readClosed(part, value, timezone).then((result) => {
      if (!isWanted) return;
      const told = result.ok
        ? { view: result.value, problem: null }
        : { view: null, problem: result.message };
      setAnswer({ value, zone, ...told });
    });
    return () => {
      isWanted = false;
    };
  }, [part, value, timezone, zone, isAnswered]);

  return {
    view: current?.view ?? null,
    problem: current?.problem ?? null,
    retry: () => {
      setAnswer(null);
    },
    know: (known, view) => {
      setAnswer({ value: known, zone, view, problem: null });
    },
  };
}
