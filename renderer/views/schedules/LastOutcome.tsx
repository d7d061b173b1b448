import { Link } from 'react-aria-components';
import type { ScheduleView } from '../../../contract/views.ts';
import { rowOfCursor } from '../../../contract/story.ts';
import { routeHash } from '../../app/route.ts';
import { changeText, countOf } from '../../components/counts.ts';
import { OutcomeMark } from '../../components/OutcomeMark.tsx';
import { reasonText } from '../../components/outcomes.ts';
import { RelativeTime } from '../../components/RelativeTime.tsx';
import styles from './cells.module.css';

/** How the newest slot or run ended, when, and what it brought; leads to its story. */
export function LastOutcome({ schedule }: { readonly schedule: ScheduleView }) {
  const { last } = schedule;
  if (last === null) return <span className={styles.soft}>Not run yet</span>;
  const words =
    last.counts !== null && last.outcome === 'success'
      ? `${countOf(last.counts.rows, 'row')}, ${changeText(last.counts)}`
      : reasonText(last);
  const hash = routeHash({ view: 'run', row: rowOfCursor(last.cursor) });
  return (
    <Link className={styles.press ?? ''} href={hash}>
      <span className={styles.two}>
        <span className={styles.above}>
          <OutcomeMark entry={last} />
        </span>
        <span className={styles.below} title={words ?? undefined}>
          <RelativeTime at={last.endedAt ?? last.recordedAt} />
          {words !== null && ` · ${words}`}
        </span>
      </span>
    </Link>
  );
}
