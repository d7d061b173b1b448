import { Table as AriaTable, TableLayout, Virtualizer } from 'react-aria-components';
import { classes } from './classes.ts';
import styles from './LongTable.module.css';
import type { TableProps } from './Table.tsx';

/** What a long table takes: what a table does, and the height that all of its rows share. */
export interface LongTableProps extends Omit<TableProps, 'minimumWidthPx'> {
  readonly rowHeightPx: number;
}

const headingHeightPx = 32;

/**
 * A table of any length that draws the rows in sight, and a few more: the keys walk all of it, and a
 * reader hears how many there are. It scrolls with what it stands in. Its columns take their `width` in
 * pixels, one of them none; and as rows lend each other their elements, what a cell remembers needs a key.
 */
export function LongTable({ className, rowHeightPx, ...rest }: LongTableProps) {
  return (
    <Virtualizer
      layout={TableLayout}
      layoutOptions={{ rowHeight: rowHeightPx, headingHeight: headingHeightPx }}
    >
      <AriaTable {...rest} className={classes(styles.table, className)} />
    </Virtualizer>
  );
}
