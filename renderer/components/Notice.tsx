import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './Notice.module.css';

/** What a notice takes. */
export interface NoticeProps {
  /** What it is about, for those who don't see it. */
  readonly label: string;
  /** `question` offers something; `person` is amber: someone has to decide; `plain` only tells. */
  readonly tone: 'question' | 'person' | 'plain';
  readonly children: ReactNode;
  readonly actions: ReactNode;
}

/** Something about Jackdaw as a whole, across the window above every screen, until it is answered. */
export function Notice({ label, tone, children, actions }: NoticeProps) {
  return (
    <aside className={classes(styles.notice, styles[tone])} aria-label={label}>
      <div className={styles.words}>{children}</div>
      <div className={styles.actions}>{actions}</div>
    </aside>
  );
}
