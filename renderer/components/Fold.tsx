import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Disclosure, DisclosurePanel } from 'react-aria-components';
import styles from './Fold.module.css';

/** What a fold takes: the words of its button, and what it opens. */
export interface FoldProps {
  readonly title: ReactNode;
  /** A few soft words beside the title. */
  readonly note?: string | undefined;
  readonly children: ReactNode;
}

/** More for whoever wants it: closed at first, and quiet. */
export function Fold({ title, note, children }: FoldProps) {
  return (
    <Disclosure className={styles.fold ?? ''}>
      {({ isExpanded }) => (
        <>
          <Button slot="trigger" className={styles.button ?? ''}>
            <ChevronRight className={styles.chevron} aria-hidden="true" />
            <span className={styles.title}>{title}</span>
            {note !== undefined && <span className={styles.note}>{note}</span>}
          </Button>
          <DisclosurePanel>
            {isExpanded && <div className={styles.panel}>{children}</div>}
          </DisclosurePanel>
        </>
      )}
    </Disclosure>
  );
}
