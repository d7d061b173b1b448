import { useCallback } from 'react';
import type { ClockChange } from '../../../contract/preview.ts';
import { countOf } from '../../components/counts.ts';
import { Fold } from '../../components/Fold.tsx';
import { absoluteText } from '../../time/words.ts';
import { useTicking } from '../../time/use-ticking.ts';
import styles from './ClockChanges.module.css';

/** What the clock changes take. */
export interface ClockChangesProps {
  readonly changes: readonly ClockChange[];
  readonly zone: string;
}

/** The next two clock changes of the schedule's zone, and what they do to its times. */
export function ClockChanges({ changes, zone }: ClockChangesProps) {
  const [first] = changes;
  if (first === undefined) return null;
  return <Some first={first} changes={changes} zone={zone} />;
}

function Some({ first, changes, zone }: ClockChangesProps & { readonly first: ClockChange }) {
  const atMs = Date.parse(first.at);
  const soon = useTicking(
    useCallback((nowMs: number) => absoluteText(atMs, nowMs, zone), [atMs, zone]),
  );
  const touched = changes.reduce((sum, { times, more }) => sum + times.length + more, 0);
  const note =
    touched === 0 ? `${soon}; no run is touched` : `${soon}; ${countOf(touched, 'time')} touched`;
  return (
    <Fold title="Next clock changes" note={note}>
      <ol className={styles.changes} aria-label="Next clock changes">
        {changes.map((change) => (
          <li key={change.at}>
            <p>{change.text}</p>
            {change.times.length > 0 && (
              <ul className={styles.times}>
                {change.times.map((time) => (
                  <li key={`${time.local} ${time.effect}`}>{time.text}</li>
                ))}
                {change.more > 0 && <li>and {countOf(change.more, 'more time')}</li>}
              </ul>
            )}
          </li>
        ))}
      </ol>
    </Fold>
  );
}
