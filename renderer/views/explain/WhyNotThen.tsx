import { useCallback, useState } from 'react';
import type { ExplainedTime } from '../../../contract/preview.ts';
import type { SlotView } from '../../../contract/views.ts';
import { Trace } from '../../components/Trace.tsx';
import { useTicking } from '../../time/use-ticking.ts';
import { absoluteText, fullText, relativeText } from '../../time/words.ts';
import { isWholeWallTime, useExplainedTime, type AskedOf } from './use-explained-time.ts';
import { WallTimeInput } from './WallTimeInput.tsx';
import styles from './WhyNotThen.module.css';

/** What the question takes. */
export interface WhyNotThenProps {
  /** Null while the draft's times can't be read. */
  readonly of: AskedOf | null;
  /** The zone the time is meant in. */
  readonly zone: string;
}

/** A wall time to ask about, and whether it runs then, why or why not, with its neighbours. */
export function WhyNotThen({ of, zone }: WhyNotThenProps) {
  const [at, setAt] = useState('');
  const { answer, problem } = useExplainedTime(of, at);
  return (
    <div className={styles.question}>
      <WallTimeInput label="Time to ask about" value={at} onChange={setAt} />
      <div aria-live="polite" className={styles.answer}>
        <Answer
          answer={answer}
          problem={problem}
          canAsk={of !== null}
          isWhole={isWholeWallTime(at)}
          zone={zone}
        />
      </div>
    </div>
  );
}

interface AnswerProps {
  readonly answer: ExplainedTime | null;
  readonly problem: string | null;
  readonly canAsk: boolean;
  readonly isWhole: boolean;
  readonly zone: string;
}

function Answer({ answer, problem, canAsk, isWhole, zone }: AnswerProps) {
  if (!canAsk)
    return (
      <p className={styles.help}>It is answered once the trigger and the hours can be read.</p>
    );
  if (!isWhole)
    return (
      <p className={styles.help}>Give a date and a time to see whether it runs then, and why.</p>
    );
  if (problem !== null) return <p className={styles.problem}>{problem}</p>;
  if (answer === null) return null;
  return (
    <>
      <p className={styles.verdict}>{answer.runs ? 'It runs then' : 'It doesn’t run then'}</p>
      <Trace trace={answer.why} />
      <dl className={styles.beside}>
        <dt>The run before</dt>
        <dd>
          <Neighbour slot={answer.before} zone={zone} />
        </dd>
        <dt>The run after</dt>
        <dd>
          <Neighbour slot={answer.after} zone={zone} />
        </dd>
      </dl>
    </>
  );
}

function Neighbour({ slot, zone }: { readonly slot: SlotView | null; readonly zone: string }) {
  return slot === null ? 'none' : <At at={slot.at} zone={zone} />;
}

function At({ at, zone }: { readonly at: string; readonly zone: string }) {
  const atMs = Date.parse(at);
  const absolute = useTicking(
    useCallback((nowMs: number) => absoluteText(atMs, nowMs, zone), [atMs, zone]),
  );
  const relative = useTicking(useCallback((nowMs: number) => relativeText(atMs, nowMs), [atMs]));
  return (
    <time dateTime={at} title={fullText(atMs, zone)}>
      {absolute} <span className={styles.relative}>{relative}</span>
    </time>
  );
}
