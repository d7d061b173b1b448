import { Link } from 'react-aria-components';
import type { Told } from '../../../contract/story.ts';
import { routeHash } from '../../app/route.ts';
import styles from './Story.module.css';

/** A sentence of a story; where it speaks of another row, it leads there. */
export function ToldLine({ told }: { readonly told: Told }) {
  const { text, row } = told;
  return (
    <p className={styles.told}>
      {text}
      {row !== null && (
        <>
          {' '}
          <Link className={styles.link ?? ''} href={routeHash({ view: 'run', row })}>
            {row.startsWith('r') ? `Show run ${row.slice(1)}` : `Show slot ${row.slice(1)}`}
          </Link>
        </>
      )}
    </p>
  );
}
