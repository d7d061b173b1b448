import type { TraceEntry } from '../../contract/views.ts';
import styles from './Trace.module.css';

/** What a trace takes: its steps, in order. */
export interface TraceProps {
  readonly trace: readonly TraceEntry[];
}

/** An explanation as a chain of steps; the last one is the answer. */
export function Trace({ trace }: TraceProps) {
  return (
    <ol className={styles.trace}>
      {trace.map((entry, index) => (
        <li key={`${entry.code} ${String(index)}`} className={styles.step}>
          {entry.text}
        </li>
      ))}
    </ol>
  );
}
