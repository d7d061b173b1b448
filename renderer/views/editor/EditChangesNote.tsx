import { useCallback } from 'react';
import type { EditChanges } from '../../../contract/preview.ts';
import { countOf } from '../../components/counts.ts';
import { Fold } from '../../components/Fold.tsx';
import { absoluteText, fullText, relativeText } from '../../time/words.ts';
import { useTicking } from '../../time/use-ticking.ts';
import styles from './EditChangesNote.module.css';

/** What the note takes. */
export interface EditChangesNoteProps {
  readonly changes: EditChanges;
  readonly zone: string;
}

type Change = EditChanges['changes'][number];

/** As many as the next runs themselves. */
const most = 10;

const kindWords: Readonly<Record<Change['kind'], string>> = {
  added: 'Added',
  removed: 'Removed',
  moved: 'Moved',
};

/** What saving would change: a sentence, and on demand the first of the runs it touches. */
export function EditChangesNote({ changes, zone }: EditChangesNoteProps) {
  const shown = changes.changes.slice(0, most);
  const more = changes.added + changes.removed + changes.moved - shown.length;
  return (
    <section className={styles.note} aria-label="What this edit changes">
      <p className={styles.sentence}>{changes.text}</p>
      {shown.length > 0 && (
        <Fold title="Which runs">
          <ol className={styles.list} aria-label="Runs that change">
            {shown.map((change) => (
              <li key={`${change.kind} ${change.at}`} className={styles.change}>
                <ChangeLine change={change} zone={zone} />
              </li>
            ))}
          </ol>
          {more > 0 && <p className={styles.more}>and {countOf(more, 'more run')}</p>}
        </Fold>
      )}
    </section>
  );
}

function ChangeLine({ change, zone }: { readonly change: Change; readonly zone: string }) {
  const atMs = Date.parse(change.at);
  const fromAt = change.from?.at;
  const words = useTicking(
    useCallback(
      (nowMs: number) =>
        [...(fromAt === undefined ? [] : [Date.parse(fromAt)]), atMs]
          .map((one) => absoluteText(one, nowMs, zone))
          .join(' → '),
      [fromAt, atMs, zone],
    ),
  );
  const relative = useTicking(useCallback((nowMs: number) => relativeText(atMs, nowMs), [atMs]));
  return (
    <>
      <span className={styles.kind}>{kindWords[change.kind]}</span>
      <time dateTime={change.at} title={fullText(atMs, zone)} className={styles.at}>
        {words}
      </time>
      <span className={styles.relative}>{relative}</span>
    </>
  );
}
