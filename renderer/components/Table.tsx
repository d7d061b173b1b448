import type { ReactNode } from 'react';
import {
  Cell as AriaCell,
  Column as AriaColumn,
  Row as AriaRow,
  Table as AriaTable,
  TableHeader as AriaTableHeader,
  type CellProps as AriaCellProps,
  type ColumnProps as AriaColumnProps,
  type RowProps as AriaRowProps,
  type TableProps as AriaTableProps,
} from 'react-aria-components';
import { classes } from './classes.ts';
import styles from './Table.module.css';

/** What a table takes: React Aria's own properties; give it an `aria-label`. */
export interface TableProps extends Omit<AriaTableProps, 'className' | 'style'> {
  readonly className?: string | undefined;
  /** The least width, for tables that scroll sideways rather than squeeze their columns. */
  readonly minimumWidthPx?: number;
}

/** A table with hairlines: arrows walk its cells, its columns keep their widths whatever they hold. */
export function Table({ className, minimumWidthPx, ...rest }: TableProps) {
  return (
    <AriaTable
      {...rest}
      className={classes(styles.table, className)}
      {...(minimumWidthPx === undefined ? {} : { style: { minWidth: minimumWidthPx } })}
    />
  );
}

/** The head of a table; it stays in sight. */
export function TableHeader({ children }: { readonly children: ReactNode }) {
  return <AriaTableHeader className={styles.header ?? ''}>{children}</AriaTableHeader>;
}

/** What a column takes; its width comes from a class. */
export interface ColumnProps extends Omit<AriaColumnProps, 'className' | 'style'> {
  readonly className?: string | undefined;
}

/** One column. Exactly one a table is the `isRowHeader`. */
export function Column({ className, ...rest }: ColumnProps) {
  return <AriaColumn {...rest} className={classes(styles.column, className)} />;
}

/** What a row takes. */
export interface RowProps<Item> extends Omit<AriaRowProps<Item>, 'className' | 'style'> {
  readonly className?: string | undefined;
}

/** One row; with an `onAction` the whole of it answers to a click or Enter. */
export function Row<Item>({ className, ...rest }: RowProps<Item>) {
  return <AriaRow {...rest} className={classes(styles.row, className)} />;
}

/** What a cell takes. */
export interface CellProps extends Omit<AriaCellProps, 'className' | 'style'> {
  readonly className?: string | undefined;
}

/** One cell. */
export function Cell({ className, ...rest }: CellProps) {
  return <AriaCell {...rest} className={classes(styles.cell, className)} />;
}
