import { useId, type ReactNode } from 'react';
import styles from './Section.module.css';

/** What a section takes. */
export interface SectionProps {
  readonly title: string;
  /** A line of words under the title. */
  readonly note?: string | undefined;
  /** At the right of the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** One part of the form, under its title. */
export function Section({ title, note, actions, children }: SectionProps) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <header className={styles.header}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {note !== undefined && (
          <span className={styles.note} title={note}>
            {note}
          </span>
        )}
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      <div className={styles.fields}>{children}</div>
    </section>
  );
}
