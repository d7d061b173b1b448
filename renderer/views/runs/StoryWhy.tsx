import type { Story } from '../../../contract/story.ts';
import { RelativeTime } from '../../components/RelativeTime.tsx';
import { Trace } from '../../components/Trace.tsx';
import { startText } from '../../time/words.ts';
import styles from './Story.module.css';

/** Why then: what it was judged by, told as it was then, even where the schedule was changed since. */
export function StoryWhy({ story }: { readonly story: Story }) {
  const { plan, slot, timezone } = story;
  if (plan === null || slot === null) return null;
  return (
    <section className={styles.why} aria-labelledby="story-why">
      <h2 id="story-why" className={styles.heading}>
        Why then?
      </h2>
      {plan.trace.length > 0 && <Trace trace={plan.trace} />}
      <dl className={styles.rules}>
        <dt>Rhythm</dt>
        <dd>{plan.trigger}</dd>
        <dt>Hours</dt>
        <dd>{plan.hours}</dd>
        {slot.window !== null && (
          <>
            <dt>Open</dt>
            <dd>
              <Window window={slot.window} zone={timezone} />
            </dd>
          </>
        )}
        {plan.outside === 'defer' && (
          <>
            <dt>Outside them</dt>
            <dd>put off to the opening</dd>
          </>
        )}
        {slot.startAt !== slot.at && (
          <>
            <dt>Spread</dt>
            <dd>
              by up to {plan.jitter}: it was to start at{' '}
              {startText(Date.parse(slot.startAt), timezone)}
            </dd>
          </>
        )}
        <dt>Time zone</dt>
        <dd>
          {timezone}, zone data {plan.tz}
        </dd>
      </dl>
      {!plan.isCurrent && (
        <p className={styles.note}>
          The schedule or its hours were changed since; this is how it was then.
        </p>
      )}
    </section>
  );
}

interface WindowProps {
  readonly window: NonNullable<NonNullable<Story['slot']>['window']>;
  readonly zone: string;
}

function Window({ window: { opened, closes }, zone }: WindowProps) {
  return (
    <>
      {opened === null ? (
        'ever since'
      ) : (
        <>
          from <RelativeTime at={opened.at} absolute="only" zone={zone} />
        </>
      )}
      {closes !== null && (
        <>
          {' '}
          to <RelativeTime at={closes.at} absolute="only" zone={zone} />
        </>
      )}
    </>
  );
}
