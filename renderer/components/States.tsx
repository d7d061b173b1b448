import { CircleX } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { classes } from './classes.ts';
import styles from './States.module.css';

/** What an empty state takes. */
export interface EmptyStateProps {
  readonly title: string;
  /** What would be here, and how it gets here. */
  readonly children?: ReactNode;
  /** The one or two things to do now. */
  readonly actions?: ReactNode;
  /** A drawing or an icon above the words. */
  readonly picture?: ReactNode;
}

/** A place with nothing in it yet: says what belongs here, and offers the next step. */
export function EmptyState({ title, children, actions, picture }: EmptyStateProps) {
  return (
    <div className={styles.state}>
      {picture !== undefined && (
        <div className={styles.picture} aria-hidden="true">
          {picture}
        </div>
      )}
      <h2 className={styles.title}>{title}</h2>
      {children !== undefined && <div className={styles.words}>{children}</div>}
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}

/** What a loading state takes. */
export interface LoadingProps {
  /** What is being fetched, for those who can't see it: `Loading the schedules`. */
  readonly label: string;
  readonly rows?: number;
}

/** Lines where rows will be. They show only after a moment, so that a quick answer doesn't flicker. */
export function Loading({ label, rows = 5 }: LoadingProps) {
  return (
    <div className={styles.loading} role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className={styles.row} aria-hidden="true">
          <span className={classes(styles.bone, styles.wide)} />
          <span className={styles.bone} />
          <span className={styles.bone} />
        </div>
      ))}
    </div>
  );
}

/** What an error state takes. */
export interface ErrorStateProps {
  readonly title: string;
  /** What went wrong, as one plain sentence. */
  readonly message: string;
  readonly onRetry?: () => void;
  readonly retryLabel?: string;
}

/** What couldn't be shown, why, and the way on. */
export function ErrorState({ title, message, onRetry, retryLabel = 'Try again' }: ErrorStateProps) {
  return (
    <div className={styles.state} role="alert">
      <div className={styles.fault} aria-hidden="true">
        <CircleX />
      </div>
      <h2 className={styles.title}>{title}</h2>
      <p className={styles.words}>{message}</p>
      {onRetry !== undefined && (
        <div className={styles.actions}>
          <Button onPress={onRetry}>{retryLabel}</Button>
        </div>
      )}
    </div>
  );
}
