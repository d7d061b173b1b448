import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import styles from './ComingList.module.css';

/** One thing to come: when, and what it is called. */
export interface Coming {
  readonly when: string;
  readonly name: string;
}

/** What a list of things to come takes. */
export interface ComingListProps {
  /** Its name, read aloud: `Coming public holidays`. */
  readonly label: string;
  readonly coming: readonly Coming[];
}

const shownAtFirst = 4;
/** Main tells no more than these. */
const mostTold = 20;

/** The next few things to come, each with its date; the rest that is known on a press. */
export function ComingList({ label, coming }: ComingListProps) {
  const [isWhole, setIsWhole] = useState(false);
  const rest = coming.length - shownAtFirst;
  const shown = isWhole ? coming : coming.slice(0, shownAtFirst);
  return (
    <div className={styles.coming}>
      <ul className={styles.list} aria-label={label}>
        {shown.map(({ when, name }, index) => (
          <li key={index} className={styles.entry}>
            <span className={styles.when}>{when}</span>
            <span className={styles.name}>{name}</span>
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <div className={styles.rest}>
          <Button
            size="s"
            variant="quiet"
            aria-expanded={isWhole}
            onPress={() => {
              setIsWhole(!isWhole);
            }}
          >
            {isWhole ? 'Show fewer' : `and ${String(rest)} more`}
          </Button>
          {isWhole && coming.length >= mostTold && <span>Later ones count too.</span>}
        </div>
      )}
    </div>
  );
}

/** Lines where the things to come will be, so that nothing moves when they are there. */
export function ComingLoading({ label }: { readonly label: string }) {
  return (
    <div className={styles.loading} role="status" aria-label={label}>
      {Array.from({ length: shownAtFirst }, (_, index) => (
        <span key={index} className={styles.bone} aria-hidden="true" />
      ))}
    </div>
  );
}
