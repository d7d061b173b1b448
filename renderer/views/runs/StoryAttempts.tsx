import { Link } from 'react-aria-components';
import type { Story } from '../../../contract/story.ts';
import { routeHash } from '../../app/route.ts';
import { OutcomeMark } from '../../components/OutcomeMark.tsx';
import { reasonText } from '../../components/outcomes.ts';
import { RelativeTime } from '../../components/RelativeTime.tsx';
import { spanText } from '../../time/words.ts';
import { RunDuration } from './RunDuration.tsx';
import styles from './Story.module.css';

/** Every attempt in order, with the waits between; nothing where there was only one. */
export function StoryAttempts({ story }: { readonly story: Story }) {
  const { attempts, slot } = story;
  if (attempts.length < 2 && (slot?.retryAt ?? null) === null) return null;
  const retryAt = slot?.retryAt ?? null;
  return (
    <section aria-labelledby="story-attempts">
      <h2 id="story-attempts" className={styles.heading}>
        Attempts
      </h2>
      <ol className={styles.attempts}>
        {attempts.map((attempt) => (
          <Attempt key={attempt.row} attempt={attempt} isShown={attempt.row === story.row} />
        ))}
        {retryAt !== null && (
          <li className={styles.attempt}>
            <span className={styles.soft}>
              The next one follows <RelativeTime at={retryAt} absolute="beside" />
            </span>
          </li>
        )}
      </ol>
    </section>
  );
}

interface AttemptProps {
  readonly attempt: Story['attempts'][number];
  readonly isShown: boolean;
}

function Attempt({ attempt, isShown }: AttemptProps) {
  const { entry, waitedMs, row } = attempt;
  const reason = entry.outcome === 'success' ? null : reasonText(entry);
  return (
    <li className={styles.attempt} aria-current={isShown ? 'true' : undefined}>
      <span className={styles.attemptHead}>
        {isShown ? (
          <strong>Attempt {entry.attempt}</strong>
        ) : (
          <Link className={styles.link ?? ''} href={routeHash({ view: 'run', row })}>
            Attempt {entry.attempt}
          </Link>
        )}
        <OutcomeMark entry={entry} />
        <span className={styles.soft}>
          <RelativeTime at={entry.startedAt ?? entry.recordedAt} absolute="only" />
          {entry.startedAt !== null && (
            <>
              , took <RunDuration entry={entry} />
            </>
          )}
          {waitedMs !== null && `, after a wait of ${spanText(waitedMs)}`}
        </span>
      </span>
      {reason !== null && <span className={styles.reason}>{reason}</span>}
    </li>
  );
}
