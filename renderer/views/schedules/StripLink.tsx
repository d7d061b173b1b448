import { Link } from 'react-aria-components';
import type { ScheduleView } from '../../../contract/views.ts';
import { routeHash } from '../../app/route.ts';
import { classes } from '../../components/classes.ts';
import { OutcomeStrip } from '../../components/OutcomeStrip.tsx';
import styles from './cells.module.css';

/** The strip of the last outcomes; leads to this schedule's history. */
export function StripLink({ schedule }: { readonly schedule: ScheduleView }) {
  return (
    <Link
      className={classes(styles.press, styles.strip)}
      href={routeHash({ view: 'runs', schedule: schedule.id })}
    >
      <OutcomeStrip strip={schedule.strip} />
    </Link>
  );
}
