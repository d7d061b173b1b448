import type { HistoryEntry } from '../../contract/ledger.ts';
import { classes } from './classes.ts';
import styles from './OutcomeMark.module.css';
import { faceOf } from './outcomes.ts';

/** What an outcome's mark takes. */
export interface OutcomeMarkProps {
  readonly entry: Pick<HistoryEntry, 'state' | 'outcome'>;
}

/** How a run ended or what it is doing: icon, word, colour; the word alone is enough. */
export function OutcomeMark({ entry }: OutcomeMarkProps) {
  const { word, icon: Icon, tone } = faceOf(entry);
  const turns = entry.state === 'running' || entry.state === 'starting';
  return (
    <span className={classes(styles.mark, styles[tone])}>
      <Icon className={classes(styles.icon, turns && styles.turning)} aria-hidden="true" />
      {word}
    </span>
  );
}
