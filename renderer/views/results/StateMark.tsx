import { Minus, Pencil, Plus } from 'lucide-react';
import { classes } from '../../components/classes.ts';
import styles from './StateMark.module.css';

/** Whether a row is new, changed or gone since the good run before; the same has no mark. */
export function StateMark({ state }: { readonly state: string }) {
  switch (state) {
    case 'new':
      return (
        <span className={classes(styles.mark, styles.new)}>
          <Plus aria-hidden="true" /> New
        </span>
      );
    case 'changed':
      return (
        <span className={classes(styles.mark, styles.changed)}>
          <Pencil aria-hidden="true" /> Changed
        </span>
      );
    case 'gone':
      return (
        <span className={classes(styles.mark, styles.gone)}>
          <Minus aria-hidden="true" /> Gone
        </span>
      );
    default:
      return <span className={classes(styles.mark, styles.gone)}>Same</span>;
  }
}
