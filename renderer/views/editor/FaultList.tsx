import type { ScheduleDraft } from './draft.ts';
import styles from './FaultList.module.css';
import { focusPlace } from './form.ts';
import type { FormFault } from './faults.ts';
import { sentence } from '../../forms/sentence.ts';
import { placeName } from './place-names.ts';

/** What a list of faults takes. */
export interface FaultListProps {
  readonly faults: readonly FormFault[];
  readonly draft: ScheduleDraft;
}

/** All that keeps the draft from being saved; each line leads to its place. */
export function FaultList({ faults, draft }: FaultListProps) {
  if (faults.length === 0) return null;
  return (
    <section className={styles.faults} aria-label="To finish before saving">
      <h2 className={styles.title}>To finish before saving</h2>
      <ul>
        {faults.map(({ path, message }) => (
          <li key={path} className={styles.fault}>
            <button
              type="button"
              className={styles.place}
              onClick={() => {
                focusPlace(path);
              }}
            >
              {placeName(path, draft)}
            </button>
            <span>{sentence(message)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
