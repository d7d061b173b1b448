import type { RunDay } from '../../../contract/run-days.ts';
import { countText } from '../../components/counts.ts';
import { calendarDayText } from '../../time/words.ts';
import styles from './DayBars.module.css';
import colours from './outcome-groups.module.css';
import { dayCount, figuresText, groupCount, outcomeGroups } from './outcome-groups.ts';

const stepPx = 10;
const barPx = 7;
const heightPx = 64;
/** However many others there were: one failure is to be seen. */
const leastPx = 2;

/** What the bars take: days, oldest first, and all of it in one sentence. */
export interface DayBarsProps {
  readonly days: readonly RunDay[];
  readonly label: string;
}

interface Piece {
  readonly group: string;
  readonly y: number;
  readonly height: number;
}

/** The parts of a day's bar, from its foot up. */
function piecesOf(day: RunDay, most: number): readonly Piece[] {
  const heights = outcomeGroups.map((group) => {
    const count = groupCount(day, group);
    return count === 0 ? 0 : Math.max(leastPx, (count / most) * heightPx);
  });
  // What the least heights add beyond the top comes off the greatest part.
  const beyond = Math.max(0, heights.reduce((sum, height) => sum + height, 0) - heightPx);
  const greatest = heights.indexOf(Math.max(...heights));
  const pieces: Piece[] = [];
  let y = heightPx;
  for (const [index, { id }] of outcomeGroups.entries()) {
    const height = (heights[index] ?? 0) - (index === greatest ? beyond : 0);
    y -= height;
    if (height > 0) pieces.push({ group: id, y, height });
  }
  return pieces;
}

/** A bar a day, each as high as its rows are many; the whole width is theirs, whatever it is. */
export function DayBars({ days, label }: DayBarsProps) {
  const most = Math.max(1, ...days.map(dayCount));
  return (
    <div className={styles.bars}>
      <span className={styles.most} aria-hidden="true">
        {countText(most)}
      </span>
      <svg
        className={styles.drawing}
        viewBox={`0 0 ${String(days.length * stepPx)} ${String(heightPx)}`}
        height={heightPx}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        {days.map((day, index) => (
          <g key={day.date} className={styles.day} data-day={day.date}>
            <title>{`${calendarDayText(day.date, 'long')}\n${figuresText(day)}`}</title>
            <rect
              className={styles.reach}
              x={index * stepPx}
              y={0}
              width={stepPx}
              height={heightPx}
            />
            {piecesOf(day, most).map(({ group, y, height }) => (
              <rect
                key={group}
                className={colours[group]}
                fill="currentColor"
                x={index * stepPx + (stepPx - barPx) / 2}
                y={y}
                width={barPx}
                height={height}
              />
            ))}
          </g>
        ))}
      </svg>
      <div className={styles.dates} aria-hidden="true">
        {days.map(({ date }, index) => (
          <span key={date}>
            {(days.length - 1 - index) % 7 === 0 && (
              <span className={styles.date}>
                {index === days.length - 1 ? 'Today' : calendarDayText(date, 'short')}
              </span>
            )}
          </span>
        ))}
      </div>
    </div>
  );
}
