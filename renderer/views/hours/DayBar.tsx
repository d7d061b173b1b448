import styles from './DayBar.module.css';
import type { Stretch } from './week-shape.ts';

const dayMinutes = 24 * 60;

/** A day from midnight to midnight, drawn: open stretches filled. The words beside it say the same. */
export function DayBar({ stretches }: { readonly stretches: readonly Stretch[] }) {
  return (
    <svg
      className={styles.bar}
      viewBox={`0 0 ${String(dayMinutes)} 10`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect className={styles.closed} width={dayMinutes} height="10" />
      {stretches.map(({ fromMinute, toMinute }) => (
        <rect
          key={fromMinute}
          className={styles.open}
          x={fromMinute}
          width={toMinute - fromMinute}
          height="10"
        />
      ))}
      {[6, 12, 18].map((hour) => (
        <line key={hour} className={styles.mark} x1={hour * 60} x2={hour * 60} y1="0" y2="10" />
      ))}
    </svg>
  );
}
