import { useCallback, useEffect, useRef, useState } from 'react';
import type { TryOut } from '../../../contract/calls.ts';
import { call } from '../../state/client.ts';
import type { TryOutQuestion } from './try-out.ts';

/** What the page gave. */
export interface TryOutState {
  /** The newest answer, kept while the next is on its way; null before the first. */
  readonly answer: TryOut | null;
  /** Why there is no answer, as one plain sentence. */
  readonly problem: string | null;
  readonly isReading: boolean;
  /** Whether the answer is to the draft as it stands now. */
  readonly isCurrent: boolean;
  /** Tries at once; with `refresh` the page is fetched anew. */
  readonly tryNow: (refresh: boolean) => void;
}

interface Answer {
  readonly key: string;
  readonly answer: TryOut | null;
  readonly problem: string | null;
}

const selectorPauseMs = 250;
const addressPauseMs = 800;

/**
 * Tries a draft's selectors on its page, a moment after each change; after a change of the address
 * it waits longer, so that no half-typed host is asked for. Where `isAutomatic` is off, nothing is
 * read until `tryNow`.
 */
export function useTryOut(question: TryOutQuestion | null, isAutomatic: boolean): TryOutState {
  const key = question === null ? null : JSON.stringify(question.scrape);
  const address = question?.url ?? null;
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [isReading, setIsReading] = useState(false);
  const newest = useRef(0);
  const triedAddress = useRef<string | null>(null);

  const ask = useCallback(async (asked: string, url: string | null, refresh: boolean) => {
    newest.current += 1;
    const number = newest.current;
    triedAddress.current = url;
    setIsReading(true);
    const scrape: unknown = JSON.parse(asked);
    const result = await call('tryPage', { scrape, refresh });
    if (number !== newest.current) return;
    setIsReading(false);
    setAnswer(
      result.ok
        ? { key: asked, answer: result.value, problem: result.value.message }
        : { key: asked, answer: null, problem: result.message },
    );
  }, []);

  const tried = answer?.key ?? null;
  useEffect(() => {
    if (!isAutomatic || key === null || key === tried) return;
    const isNewAddress = triedAddress.current !== address;
    const timer = setTimeout(
      () => void ask(key, address, false),
      isNewAddress ? addressPauseMs : selectorPauseMs,
    );
    return () => {
      clearTimeout(timer);
    };
  }, [isAutomatic, key, tried, address, ask]);

  useEffect(
    () => () => {
      newest.current += 1;
    },
    [],
  );

  const tryNow = useCallback(
    (refresh: boolean) => {
      if (key !== null) void ask(key, address, refresh);
    },
    [key, address, ask],
  );
  return {
    answer: answer?.answer ?? null,
    problem: answer?.problem ?? null,
    isReading,
    isCurrent: key !== null && tried === key,
    tryNow,
  };
}
