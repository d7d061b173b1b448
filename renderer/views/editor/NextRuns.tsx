import { memo, useCallback } from 'react';
import type { Preview } from '../../../contract/preview.ts';
import { classes } from '../../components/classes.ts';
import { Fold } from '../../components/Fold.tsx';
import { Loading } from '../../components/States.tsx';
import { Trace } from '../../components/Trace.tsx';
import { isOtherZone } from '../../time/words.ts';
import { useTicking } from '../../time/use-ticking.ts';
import type { AskedOf } from '../explain/use-explained-time.ts';
import { WhyNotThen } from '../explain/WhyNotThen.tsx';
import { ClockChanges } from './ClockChanges.tsx';
import { EditChangesNote } from './EditChangesNote.tsx';
import { NextRunLine } from './NextRunLine.tsx';
import styles from './NextRuns.module.css';
import { PreviewAdvice } from './PreviewAdvice.tsx';

/** What the next runs take. */
export interface NextRunsProps {
  /** The newest answer to a draft whose times could be read; null before the first. */
  readonly readable: Preview | null;
  /** Whether that answer is older than what is wrong with the draft now. */
  readonly isStale: boolean;
  readonly problem: string | null;
  readonly isEnabled: boolean;
  /** Whether the draft differs from what is stored, so that it is told what saving would change. */
  readonly isEdited: boolean;
  /** The draft, to ask about other times; null while its times can't be read. */
  readonly of: AskedOf | null;
}

/**
 * The next ten runs of the draft with why each falls then, what saving would change, what to think of,
 * and the times that don't run. While the draft can't be read, the last answer stays where it is.
 */
export const NextRuns = memo(function NextRuns(props: NextRunsProps) {
  const { readable, isStale, isEnabled, of } = props;
  return (
    <section className={styles.panel} aria-labelledby="next-runs-title">
      <header className={styles.header}>
        <h2 id="next-runs-title" className={styles.title}>
          Next runs
        </h2>
        {readable !== null && isStale ? (
          <span className={styles.zone}>as before; the draft can’t be read yet</span>
        ) : (
          readable !== null && readable.timezone !== '' && <ZoneNote zone={readable.timezone} />
        )}
      </header>
      {!isEnabled && (
        <p className={styles.note}>It is switched off: these runs begin once it is on.</p>
      )}
      <Body {...props} />
      {readable !== null && (
        <div className={styles.folds}>
          <ClockChanges changes={readable.clockChanges} zone={readable.timezone} />
          {/* A chain has no times to ask about. */}
          {(readable.next.length > 0 || readable.why.length > 0) && (
            <Fold title="Why not then?">
              <WhyNotThen of={of} zone={readable.timezone} />
            </Fold>
          )}
        </div>
      )}
    </section>
  );
});

function ZoneNote({ zone }: { readonly zone: string }) {
  const isOther = useTicking(useCallback((nowMs: number) => isOtherZone(zone, nowMs), [zone]));
  return isOther ? <span className={styles.zone}>times in {zone}</span> : null;
}

function Body({ readable, isStale, problem, isEdited }: NextRunsProps) {
  if (problem !== null)
    return (
      <p className={styles.problem} role="alert">
        {problem}
      </p>
    );
  if (readable === null)
    return isStale ? (
      <p className={styles.note}>They appear once the trigger and the hours can be read.</p>
    ) : (
      <Loading label="Loading the next runs" rows={3} />
    );
  return (
    <div className={classes(styles.answer, isStale && styles.stale)}>
      {isEdited && readable.changes !== null && (
        <EditChangesNote changes={readable.changes} zone={readable.timezone} />
      )}
      <Runs preview={readable} />
      <PreviewAdvice advice={readable.advice} />
    </div>
  );
}

function Runs({ preview }: { readonly preview: Preview }) {
  if (preview.next.length > 0)
    return (
      <ol className={styles.slots} aria-label="Next runs">
        {preview.next.map((slot, index) => (
          // By its place: at each key all instants are others, and drawing in place is what is swift.
          <li key={index}>
            <NextRunLine slot={slot} zone={preview.timezone} />
          </li>
        ))}
      </ol>
    );
  if (preview.why.length > 0)
    return (
      <div className={styles.never}>
        <p className={styles.neverTitle}>It never runs</p>
        <Trace trace={preview.why} />
      </div>
    );
  return (
    <p className={styles.note}>
      It runs when another schedule’s run has ended: it has no times of its own.
    </p>
  );
}
