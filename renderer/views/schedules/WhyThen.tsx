import { useMemo } from 'react';
import type { ScheduleView } from '../../../contract/views.ts';
import { Fold } from '../../components/Fold.tsx';
import { RelativeTime } from '../../components/RelativeTime.tsx';
import { Trace } from '../../components/Trace.tsx';
import { fullText, isOtherZone } from '../../time/words.ts';
import { WhyNotThen } from '../explain/WhyNotThen.tsx';
import { HeldUp } from './HeldUp.tsx';
import { hoursInFull } from './hours-source.ts';
import styles from './WhyThen.module.css';

/** Why the next run is when it is, or why there is none: the scheduler's own steps, in order. */
export function WhyThen({ schedule }: { readonly schedule: ScheduleView }) {
  const { id, nextRun, timezone } = schedule;
  const of = useMemo(() => ({ id }), [id]);
  return (
    <>
      {nextRun !== null && (
        <p className={styles.when}>
          {fullText(Date.parse(nextRun.at))} (<RelativeTime at={nextRun.at} />)
        </p>
      )}
      <HeldUp schedule={schedule} />
      <div className={styles.steps}>
        <Trace trace={schedule.why} />
      </div>
      <dl className={styles.rules}>
        <dt>Rhythm</dt>
        <dd>{schedule.trigger}</dd>
        <dt>Hours</dt>
        <dd>{hoursInFull(schedule)}</dd>
        <dt>Time zone</dt>
        <dd>
          {timezone}
          {nextRun !== null && isOtherZone(timezone, Date.parse(nextRun.at)) && (
            <>, where it is {nextRun.local.slice(11, 16)}</>
          )}
        </dd>
      </dl>
      {schedule.document.trigger !== undefined && (
        <div className={styles.other}>
          <Fold title="Why not then?">
            <WhyNotThen of={of} zone={timezone} />
          </Fold>
        </div>
      )}
    </>
  );
}
