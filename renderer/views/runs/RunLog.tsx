import { CircleX, TriangleAlert } from 'lucide-react';
import type { RunLogLine } from '../../../contract/ledger.ts';
import { classes } from '../../components/classes.ts';
import { clockText, fullText } from '../../time/words.ts';
import styles from './RunLog.module.css';

/** What a log takes: its lines, null while they are being fetched. */
export interface RunLogProps {
  readonly log: readonly RunLogLine[] | null;
  readonly isGoing: boolean;
}

/** A run's own log; lines come in while it goes. */
export function RunLog({ log, isGoing }: RunLogProps) {
  if (log === null) return <p className={styles.soft}>Loading…</p>;
  if (log.length === 0)
    return (
      <p className={styles.soft}>{isGoing ? 'Nothing written yet.' : 'This run wrote nothing.'}</p>
    );
  return (
    <ol className={styles.log} aria-label="Log">
      {log.map((line, index) => (
        <li key={index} className={classes(styles.line, styles[line.level])}>
          <time dateTime={line.at} title={fullText(Date.parse(line.at))}>
            {clockText(Date.parse(line.at))}
          </time>
          <span className={styles.sign}>
            <Sign level={line.level} />
          </span>
          <span className={styles.message}>{line.message}</span>
        </li>
      ))}
    </ol>
  );
}

function Sign({ level }: { readonly level: RunLogLine['level'] }) {
  switch (level) {
    case 'info':
      return null;
    case 'warning':
      return <TriangleAlert aria-label="Warning" />;
    case 'error':
      return <CircleX aria-label="Error" />;
  }
}
