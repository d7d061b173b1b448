import { useFormContext } from 'react-hook-form';
import type { Advice } from '../../../contract/preview.ts';
import { classes } from '../../components/classes.ts';
import type { ScheduleDraft } from './draft.ts';
import { formPath } from './faults.ts';
import { focusPlace } from './form.ts';
import { placeName } from './place-names.ts';
import styles from './PreviewAdvice.module.css';

/** What advice on a draft takes. */
export interface PreviewAdviceProps {
  readonly advice: readonly Advice[];
}

/** What to think of before saving; each line leads to its field. It keeps nothing from being saved. */
export function PreviewAdvice({ advice }: PreviewAdviceProps) {
  const { getValues } = useFormContext<ScheduleDraft>();
  if (advice.length === 0) return null;
  const draft = getValues();
  const inOrder = [
    ...advice.filter(({ level }) => level === 'warning'),
    ...advice.filter(({ level }) => level === 'hint'),
  ];
  return (
    <section className={styles.advice} aria-label="Advice">
      <h3 className={styles.title}>Worth a look</h3>
      <ul>
        {inOrder.map(({ code, level, path, text }) => {
          const place = formPath(path, draft);
          return (
            <li key={`${code} ${path} ${text}`} className={classes(styles.line, styles[level])}>
              <button
                type="button"
                className={styles.place}
                onClick={() => {
                  focusPlace(place);
                }}
              >
                {placeName(place, draft)}
              </button>
              <span>{text}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
