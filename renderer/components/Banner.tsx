import type { ReactNode } from 'react';
import styles from './Banner.module.css';

/** What a banner takes. */
export interface BannerProps {
  /** `person` is amber: someone has to decide. `failure` is red. */
  readonly tone: 'person' | 'failure';
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

/** Something the person must know before going on, across the top of what it concerns. */
export function Banner({ tone, children, actions }: BannerProps) {
  return (
    <div className={`${styles.banner ?? ''} ${styles[tone] ?? ''}`} role="alert">
      <p className={styles.words}>{children}</p>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
