import { Play } from 'lucide-react';
import { Link } from 'react-aria-components';
import { rowOfCursor } from '../../../contract/story.ts';
import type { Pause, ScheduleView } from '../../../contract/views.ts';
import { routeHash } from '../../app/route.ts';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { countOf } from '../../components/counts.ts';
import { reasonText } from '../../components/outcomes.ts';
import { RelativeTime } from '../../components/RelativeTime.tsx';
import { resume } from '../../state/pause.ts';
import styles from './HeldUp.module.css';

/** Why a schedule is paused, by whom and since when, with the way to resume it; nothing where it isn't. */
export function HeldUp({ schedule }: { readonly schedule: ScheduleView }) {
  const { pause } = schedule;
  if (pause === null) return null;
  const isFailing = pause.why === 'failures';
  return (
    <div className={classes(styles.held, isFailing && styles.person)}>
      <p>{isFailing ? <Failing schedule={schedule} /> : <ByUser pause={pause} />}</p>
      <div className={styles.actions}>
        <Button size="s" icon={<Play />} onPress={() => void resume(schedule)}>
          Resume
        </Button>
      </div>
    </div>
  );
}

function Failing({ schedule }: { readonly schedule: ScheduleView }) {
  const { failures, pausedBy } = schedule;
  const why = pausedBy === null ? null : reasonText(pausedBy);
  return (
    <>
      {`Paused after ${countOf(failures, 'failure')} in a row`}
      {why === null ? '.' : `: ${why.replace(/\.$/, '')}.`}
      {pausedBy !== null && (
        <>
          {' Since '}
          <RelativeTime at={pausedBy.endedAt ?? pausedBy.recordedAt} absolute="only" />.{' '}
          <Link
            className={styles.link ?? ''}
            href={routeHash({ view: 'run', row: rowOfCursor(pausedBy.cursor) })}
          >
            Show the last failure
          </Link>
        </>
      )}
    </>
  );
}

function ByUser({ pause }: { readonly pause: Pause }) {
  return (
    <>
      {pause.until === null ? (
        'Paused by you, until you resume it'
      ) : (
        <>
          Snoozed by you until <RelativeTime at={pause.until} absolute="only" />
        </>
      )}
      {pause.since !== undefined && (
        <>
          , since <RelativeTime at={pause.since} absolute="only" />
        </>
      )}
      . What comes due meanwhile is not made up for.
    </>
  );
}
