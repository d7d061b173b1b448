import { ChevronRight } from 'lucide-react';
import { memo, useCallback } from 'react';
import { Button, Disclosure, DisclosurePanel } from 'react-aria-components';
import type { SlotView } from '../../../contract/views.ts';
import { classes } from '../../components/classes.ts';
import { Trace } from '../../components/Trace.tsx';
import { sameValue } from '../../forms/same-value.ts';
import { absoluteText, fullText, relativeText, startText } from '../../time/words.ts';
import { useTicking } from '../../time/use-ticking.ts';
import styles from './NextRuns.module.css';

/** What a line of the next runs takes. */
export interface NextRunLineProps {
  readonly slot: SlotView;
  readonly zone: string;
}

/** One of the next runs; a press opens why it falls then. Each answer is new, so it is told by its value. */
export const NextRunLine = memo(function NextRunLine({ slot, zone }: NextRunLineProps) {
  const atMs = Date.parse(slot.at);
  const startMs = Date.parse(slot.startAt ?? slot.at);
  const relative = useTicking(
    useCallback((nowMs: number) => relativeText(startMs, nowMs), [startMs]),
  );
  const absolute = useTicking(
    useCallback((nowMs: number) => absoluteText(atMs, nowMs, zone), [atMs, zone]),
  );
  // A slot right on its rhythm needs no words; one that was moved says by what. Its start is told beside.
  const steps = slot.trace.filter(({ code }) => code !== 'jitter');
  const why = steps.length > 1 ? steps.map((entry) => entry.text).join('; ') : '';
  return (
    <Disclosure className={styles.slot ?? ''}>
      {({ isExpanded }) => (
        <>
          <Button
            slot="trigger"
            className={classes(styles.line, slot.startAt !== undefined && styles.spread)}
          >
            <time dateTime={slot.at} title={fullText(atMs, zone)} className={styles.at}>
              {absolute}
            </time>
            {slot.startAt !== undefined && (
              <span className={styles.start} title={fullText(startMs, zone)}>
                starts {startText(startMs, zone)}
              </span>
            )}
            <span className={styles.why} title={why}>
              {why}
            </span>
            <span className={styles.relative}>{relative}</span>
            <ChevronRight className={styles.chevron} aria-hidden="true" />
          </Button>
          <DisclosurePanel>
            {isExpanded && (
              <div className={styles.trace}>
                <Trace trace={slot.trace} />
              </div>
            )}
          </DisclosurePanel>
        </>
      )}
    </Disclosure>
  );
}, sameValue);
