import { useCallback, useMemo, useState } from 'react';
import type { ScheduleDraft } from './draft.ts';
import type { FormFault } from './faults.ts';
import { tryOutFaults, tryOutQuestion } from './try-out.ts';
import { useTryOut, type TryOutState } from './use-try-out.ts';

/** The try-out of a draft. */
export interface DraftTryOut {
  readonly tryOut: TryOutState;
  readonly hasAddress: boolean;
  /** What the page found wrong, at its places in the form. */
  readonly faults: readonly FormFault[];
  /** Tries at once, with the page as it was fetched. */
  readonly onTry: () => void;
}

const noFaults: readonly FormFault[] = [];

/**
 * Tries a draft on its page. A stored schedule's page is left alone until the person touches what is
 * read of it: to change its hours nobody needs the page.
 */
export function useDraftTryOut(draft: ScheduleDraft, isNew: boolean): DraftTryOut {
  const question = useMemo(() => tryOutQuestion(draft), [draft]);
  const asked = JSON.stringify(question?.scrape);
  const [firstAsked] = useState(asked);
  const tryOut = useTryOut(question, isNew || asked !== firstAsked);
  const { isCurrent, answer, tryNow } = tryOut;
  const faults = useMemo(
    () =>
      isCurrent && answer !== null && question !== null
        ? tryOutFaults(answer.faults, question.rows)
        : noFaults,
    [isCurrent, answer, question],
  );
  const onTry = useCallback(() => {
    tryNow(false);
  }, [tryNow]);
  return { tryOut, hasAddress: question !== null, faults, onTry };
}
