import { Link } from 'react-aria-components';
import type { ScheduleView } from '../../../contract/views.ts';
import { routeHash } from '../../app/route.ts';
import { classes } from '../../components/classes.ts';
import styles from './cells.module.css';
import { hoursInFull, hoursSource } from './hours-source.ts';

/** The name, which leads to the editor; the address it reads, and whose hours it keeps. */
export function ScheduleName({ schedule }: { readonly schedule: ScheduleView }) {
  const { url } = schedule.document.scrape;
  return (
    <div className={classes(styles.two, !schedule.enabled && styles.off)}>
      <Link
        className={styles.name ?? ''}
        href={routeHash({ view: 'editor', schedule: schedule.id })}
      >
        {schedule.name}
      </Link>
      <span className={classes(styles.below, styles.parted)}>
        <span className={classes(styles.clip, styles.address)} title={url}>
          {url.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '')}
        </span>
        <span className={styles.hours} title={hoursInFull(schedule)}>
          {hoursSource(schedule)}
        </span>
      </span>
    </div>
  );
}
