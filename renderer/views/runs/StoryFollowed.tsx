import type { Story } from '../../../contract/story.ts';
import { outcomeFaces } from '../../components/outcomes.ts';
import { RelativeTime } from '../../components/RelativeTime.tsx';
import styles from './Story.module.css';
import { ToldLine } from './ToldLine.tsx';

/** What followed: the next attempt, the schedule's own pause, chained runs, and the next slot as it was then. */
export function StoryFollowed({ story }: { readonly story: Story }) {
  const { followed, slot } = story;
  const next = slot?.next ?? null;
  if (followed.length === 0 && next === null) return null;
  return (
    <section aria-labelledby="story-followed">
      <h2 id="story-followed" className={styles.heading}>
        What followed
      </h2>
      <div className={styles.sentences}>
        {followed.map((one) => (
          <ToldLine
            key={`${one.code} ${one.row ?? ''}`}
            told={{
              ...one,
              text:
                one.outcome === null
                  ? one.text
                  : `${one.text} It ended: ${outcomeFaces[one.outcome].word.toLowerCase()}.`,
            }}
          />
        ))}
        {next !== null && (
          <p className={styles.told}>
            The slot after it: <RelativeTime at={next.at} absolute="only" zone={story.timezone} />
            <span className={styles.soft}> as computed then</span>
          </p>
        )}
      </div>
    </section>
  );
}
