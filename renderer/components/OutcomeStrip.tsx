import { outcomes, type Outcome } from '../../contract/ledger.ts';
import type { ScheduleView } from '../../contract/views.ts';
import { fullText } from '../time/words.ts';
import styles from './OutcomeStrip.module.css';
import { outcomeFaces, reasonWords } from './outcomes.ts';

/** How many outcomes the strip has room for. */
export const stripLength = 30;

const stepPx = 5;
const barPx = 3;
const heightPx = 18;

/** The taller, the more it wants to be seen: shape says what colour repeats. */
const barHeights: Readonly<Record<Outcome, number>> = {
  success: 9,
  partial: 6,
  attention: 17,
  failed: 17,
  'timed-out': 17,
  cancelled: 9,
  interrupted: 9,
  skipped: 3,
  missed: 3,
};

const barClasses: Readonly<Record<Outcome, string | undefined>> = {
  success: styles.done,
  partial: styles.done,
  attention: styles.person,
  failed: styles.failure,
  'timed-out': styles.failure,
  cancelled: styles.pale,
  interrupted: styles.pale,
  skipped: styles.pale,
  missed: styles.pale,
};

/** What a strip takes: the newest outcomes, oldest first. */
export interface OutcomeStripProps {
  readonly strip: ScheduleView['strip'];
  /** Hears a press on one bar, with the name of its row. */
  readonly onBar?: (row: string) => void;
}

/** The last outcomes as a row of bars, the newest at the right; its width never changes. */
export function OutcomeStrip({ strip, onBar }: OutcomeStripProps) {
  const shown = strip.slice(-stripLength);
  const missing = stripLength - shown.length;
  return (
    <svg
      className={styles.strip}
      width={stripLength * stepPx}
      height={heightPx}
      role="img"
      aria-label={stripText(shown)}
    >
      {Array.from({ length: missing }, (_, index) => (
        <rect
          key={index}
          className={styles.none}
          x={index * stepPx}
          y={heightPx - 1}
          width={barPx}
          height={1}
        />
      ))}
      {shown.map((one, index) => {
        const height = barHeights[one.outcome];
        const x = (missing + index) * stepPx;
        return (
          <g
            key={`${one.row} ${String(index)}`}
            className={barClasses[one.outcome]}
            data-row={one.row}
            onClick={(event) => {
              if (onBar === undefined) return;
              // The strip itself may be a link to all of them.
              event.preventDefault();
              event.stopPropagation();
              onBar(one.row);
            }}
          >
            <title>{barText(one)}</title>
            <rect className={styles.reach} x={x - 1} y={0} width={stepPx} height={heightPx} />
            <rect
              className={styles.bar}
              x={x}
              y={heightPx - height}
              width={barPx}
              height={height}
              rx={1}
            />
          </g>
        );
      })}
    </svg>
  );
}

function barText(one: ScheduleView['strip'][number]): string {
  const why = reasonWords(one.reason);
  const word = outcomeFaces[one.outcome].word;
  return `${word}${why === null ? '' : `: ${why}`}\n${fullText(Date.parse(one.at))}`;
}

/** The strip in words: `Last 12 outcomes: 10 success, 2 failed`. */
function stripText(strip: ScheduleView['strip']): string {
  if (strip.length === 0) return 'No outcomes yet';
  const counts = outcomes
    .map((outcome) => ({ outcome, count: strip.filter((one) => one.outcome === outcome).length }))
    .filter(({ count }) => count > 0)
    .map(({ outcome, count }) => `${String(count)} ${outcomeFaces[outcome].word.toLowerCase()}`);
  return `Last ${String(strip.length)} outcomes: ${counts.join(', ')}`;
}
