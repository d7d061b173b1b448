import { useState } from 'react';
import type { WakeReview } from '../../../contract/wake.ts';
import { Button } from '../../components/Button.tsx';
import { countOf } from '../../components/counts.ts';
import { RelativeTime } from '../../components/RelativeTime.tsx';
import { perform } from '../../state/client.ts';
import { useHost } from '../../state/use-host.ts';
import { WakeLineRow } from './WakeLineRow.tsx';
import styles from './WakeReviewCard.module.css';

/** How many schedules the card names before it is asked for more. */
const firstLines = 3;

/** What was missed while the computer slept or Jackdaw didn't run, and what was done; until put away. */
export function WakeReviewCard() {
  const review = useHost(({ host }) => host?.review ?? null);
  return review === null ? null : <Card review={review} />;
}

const causeWords = {
  asleep: 'while the computer slept',
  'not-running': 'while Jackdaw wasn’t running',
} as const;

function Card({ review }: { readonly review: WakeReview }) {
  const [isOpen, setIsOpen] = useState(false);
  const shown = isOpen ? review.lines : review.lines.slice(0, firstLines);
  const hidden = review.lines.length - shown.length;
  const unlisted = review.schedules - review.lines.length;
  const cause =
    review.cause === null
      ? 'while the computer slept or Jackdaw wasn’t running'
      : causeWords[review.cause];
  return (
    <section className={styles.card} aria-labelledby="wake-review">
      <header className={styles.header}>
        <p className={styles.words} role="status">
          <strong id="wake-review">
            {`${countOf(review.schedules, 'schedule')} missed ${countOf(review.slots, 'slot')}`}
          </strong>{' '}
          {cause} (<RelativeTime at={review.from} absolute="only" /> to{' '}
          <RelativeTime at={review.until} absolute="only" />)
        </p>
        <Button size="s" onPress={() => void perform('dismissNotice', { notice: 'wake-review' })}>
          Dismiss
        </Button>
      </header>
      <ul className={styles.lines} aria-label="Missed">
        {shown.map((line) => (
          <WakeLineRow key={line.schedule} line={line} />
        ))}
      </ul>
      {(hidden > 0 || (isOpen && unlisted > 0)) && (
        <footer className={styles.footer}>
          {hidden > 0 && (
            <Button size="s" variant="quiet" onPress={() => setIsOpen(true)}>
              {hidden === 1 ? 'Show the other one' : `Show the other ${String(hidden)}`}
            </Button>
          )}
          {isOpen && unlisted > 0 && (
            <span className={styles.soft}>
              {`${countOf(unlisted, 'more schedule')} missed slots; the runs screen lists them all.`}
            </span>
          )}
        </footer>
      )}
    </section>
  );
}
