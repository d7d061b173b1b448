import { useCallback } from 'react';
import { absoluteText, fullText, isOtherZone, relativeText } from '../time/words.ts';
import { useTicking } from '../time/use-ticking.ts';
import { classes } from './classes.ts';
import styles from './RelativeTime.module.css';

/** What a relative time takes. */
export interface RelativeTimeProps {
  /** An instant of the wire. */
  readonly at: string;
  /** Where the absolute time stands: `beside` on the same line, `below` on its own, under the pointer (`tip`), or
   * in place of the relative one (`only`). */
  readonly absolute?: 'beside' | 'below' | 'tip' | 'only';
  /** The zone a schedule keeps; shown too where its clocks differ from the reader's. */
  readonly zone?: string | undefined;
}

/** An instant as a person reads it: `in 4 min`, with the clock time beside it. It keeps itself current. */
export function RelativeTime({ at, absolute = 'tip', zone }: RelativeTimeProps) {
  const atMs = Date.parse(at);
  const relative = useTicking(useCallback((nowMs: number) => relativeText(atMs, nowMs), [atMs]));
  const clock = useTicking(useCallback((nowMs: number) => absoluteText(atMs, nowMs), [atMs]));
  const full =
    zone !== undefined && isOtherZone(zone, atMs)
      ? `${fullText(atMs)}\n${fullText(atMs, zone)}, ${zone}`
      : fullText(atMs);
  return (
    <time dateTime={at} title={full} className={classes(styles.time, styles[absolute])}>
      {absolute !== 'only' && <span>{relative}</span>}
      {absolute !== 'tip' && <span className={styles.absolute}>{clock}</span>}
    </time>
  );
}
