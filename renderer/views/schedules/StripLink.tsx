import { Link } from 'react-aria-components';
import type { ScheduleView } from '../../../contract/views.ts';
import { go, routeHash } from '../../app/route.ts';
import { classes } from '../../components/classes.ts';
import { OutcomeStrip } from '../../components/OutcomeStrip.tsx';
import styles from './cells.module.css';

/**
 * The strip of the last outcomes; leads to this schedule's history, whose rows lead on. Under the pointer
 * each bar leads to its own story at once.
 */
export function StripLink({ schedule }: { readonly schedule: ScheduleView }) {
  return (
    <Link
      className={classes(styles.press, styles.strip)}
      href={routeHash({ view: 'runs', schedule: schedule.id })}
    >
      <OutcomeStrip strip={schedule.strip} onBar={(row) => go({ view: 'run', row })} />
    </Link>
  );
}
