import { Link } from 'react-aria-components';
import type { ScheduleView } from '../../../contract/views.ts';
import { routeHash } from '../../app/route.ts';
import { classes } from '../../components/classes.ts';
import styles from './cells.module.css';

/** The name, which leads to the editor, and the address it reads. */
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
      <span className={styles.below} title={url}>
        {url.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '')}
      </span>
    </div>
  );
}
