import styles from './Jackdaw.module.css';

const head =
  'M9 64 C6 46 8 31 15 21 C22 10 34 7 43 12 C48 15 51 19 52 24 L61.5 30.5 ' +
  'C63 31.6 62.4 33.6 60.6 33.7 L49.5 35.5 C49 44 51 54 57 64 Z';
const nape =
  'M15 21 C8 31 6 46 9 64 L27 64 C22 52 23 41 31 33 C33.5 30 32 25 28 22.5 C24 20 19 19 15 21 Z';

/** What the bird takes. */
export interface JackdawProps {
  readonly sizePx: number;
}

/** The bird itself: charcoal, a silver nape, a pale eye. A decoration, never the only sign of anything. */
export function Jackdaw({ sizePx }: JackdawProps) {
  return (
    <svg
      className={styles.bird}
      width={sizePx}
      height={sizePx}
      viewBox="4 6 60 58"
      aria-hidden="true"
    >
      <path className={styles.head} d={head} />
      <path className={styles.nape} d={nape} />
      <circle className={styles.eye} cx="39" cy="23" r="5.4" />
      <circle className={styles.pupil} cx="39.6" cy="23" r="2.6" />
    </svg>
  );
}
