import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './View.module.css';

/** What a view takes. */
export interface ViewProps {
  readonly title: string;
  /** Stands before the title: a way back. */
  readonly lead?: ReactNode;
  /** A few soft words after the title. */
  readonly note?: ReactNode;
  /** The view's own buttons and filters, at the right of the title. */
  readonly actions?: ReactNode;
  /** Without padding, for tables that reach the edges. */
  readonly flush?: boolean;
  /** For what scrolls by itself: the view does only where that has too little room. */
  readonly still?: boolean;
  readonly children: ReactNode;
}

/** A screen: its title, what one can do here, and the part that scrolls. */
export function View({
  title,
  lead,
  note,
  actions,
  flush = false,
  still = false,
  children,
}: ViewProps) {
  return (
    <section className={styles.view} aria-labelledby="view-title">
      <header className={styles.header}>
        {lead}
        <h1 id="view-title" className={styles.title}>
          {title}
        </h1>
        {note !== undefined && <div className={styles.note}>{note}</div>}
        <div className={styles.actions}>{actions}</div>
      </header>
      <div className={classes(styles.body, !flush && styles.padded, still && styles.still)}>
        {children}
      </div>
    </section>
  );
}
