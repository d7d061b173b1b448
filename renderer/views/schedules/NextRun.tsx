import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import type { ScheduleView } from '../../../contract/views.ts';
import { assertNever } from '../../assert-never.ts';
import { classes } from '../../components/classes.ts';
import { countOf } from '../../components/counts.ts';
import { reasonText } from '../../components/outcomes.ts';
import { Popover } from '../../components/Popover.tsx';
import { RelativeTime } from '../../components/RelativeTime.tsx';
import styles from './cells.module.css';
import { WhyThen } from './WhyThen.tsx';

/** What the schedule is doing and when it runs next; a press shows why then. */
export function NextRun({ schedule }: { readonly schedule: ScheduleView }) {
  const words = wordsOf(schedule);
  return (
    <Popover
      title={schedule.nextRun === null ? 'Why not?' : 'Why then?'}
      button={
        <Button className={classes(styles.press)}>
          <span className={styles.two}>
            <span className={classes(styles.above, words.tone !== null && styles[words.tone])}>
              {words.above}
            </span>
            <span className={classes(styles.below, styles.parted)}>
              <span className={styles.clip}>{words.below}</span>
              <span className={styles.why}>why?</span>
            </span>
          </span>
        </Button>
      }
    >
      <WhyThen schedule={schedule} />
    </Popover>
  );
}

interface Words {
  readonly above: ReactNode;
  readonly below: ReactNode;
  readonly tone: 'live' | 'person' | 'soft' | null;
}

function wordsOf(schedule: ScheduleView): Words {
  const { state, nextRun, timezone } = schedule;
  const clock = nextRun === null ? 'no next run' : <Clock at={nextRun.at} zone={timezone} />;
  switch (state) {
    case 'waiting':
      return {
        // A chain has no time of its own.
        above: nextRun === null ? 'Waits' : <RelativeTime at={nextRun.at} zone={timezone} />,
        below: nextRun === null ? schedule.trigger : clock,
        tone: nextRun === null ? 'soft' : null,
      };
    case 'running':
      return { above: 'Running now', below: clock, tone: 'live' };
    case 'queued':
      return { above: 'Queued', below: clock, tone: 'live' };
    case 'waiting-retry':
      return { above: 'Will try again', below: clock, tone: 'live' };
    case 'paused':
      return pausedWords(schedule);
    case 'off':
      return { above: 'Off', below: schedule.trigger, tone: 'soft' };
    case 'finished':
      return { above: 'Finished', below: schedule.trigger, tone: 'soft' };
    case 'never':
      return { above: 'Never runs', below: schedule.trigger, tone: 'person' };
    case 'quarantined':
      return { above: 'Can’t be read', below: 'edit or delete it', tone: 'person' };
    default:
      return assertNever(state);
  }
}

/** A pause in two lines: what it came from, and until when or by what. */
function pausedWords({ pause, failures, pausedBy }: ScheduleView): Words {
  if (pause?.why === 'failures') {
    const why = pausedBy === null ? null : reasonText(pausedBy);
    return {
      above: `Paused after ${countOf(failures, 'failure')}`,
      below: why ?? 'until you resume it',
      tone: 'person',
    };
  }
  const isSnooze = pause !== null && pause.until !== null;
  return { above: isSnooze ? 'Snoozed' : 'Paused', below: <Until pause={pause} />, tone: 'soft' };
}

function Clock({ at, zone }: { readonly at: string; readonly zone: string }) {
  return <RelativeTime at={at} absolute="only" zone={zone} />;
}

function Until({ pause }: { readonly pause: ScheduleView['pause'] }) {
  const until = pause?.until ?? null;
  if (until === null) return 'until you resume it';
  return (
    <>
      until <RelativeTime at={until} absolute="only" /> by you
    </>
  );
}
