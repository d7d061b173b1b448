import { useState } from 'react';
import { TableBody } from 'react-aria-components';
import type { RecordRow } from '../../../contract/ledger.ts';
import { Button } from '../../components/Button.tsx';
import { countOf } from '../../components/counts.ts';
import { RelativeTime } from '../../components/RelativeTime.tsx';
import { Cell, Column, Row, Table, TableHeader } from '../../components/Table.tsx';
import { RecordValue } from './RecordValue.tsx';
import styles from './RecordsTable.module.css';
import { StateMark } from './StateMark.tsx';

const pageLength = 200;

/** What the table takes: the rows, and the schedule's fields in their order. */
export interface RecordsTableProps {
  readonly name: string;
  readonly rows: readonly RecordRow[];
  readonly fields: readonly string[];
}

/** The columns: the schedule's fields, then fields only older rows have (the schedule was edited since). */
function columnsOf(rows: readonly RecordRow[], fields: readonly string[]): readonly string[] {
  const others = new Set(
    rows.flatMap((row) => Object.keys(row)).filter((name) => !name.startsWith('_')),
  );
  for (const field of fields) others.delete(field);
  return [...fields, ...others];
}

/** How much room a column's values ask for; a look at the first rows is enough. */
type Shape = 'number' | 'short' | 'long';

const looked = 50;
const shortLength = 16;
const shapeWidthsPx: Readonly<Record<Shape, number>> = { number: 104, short: 136, long: 240 };
const otherColumnsPx = 340;

function shapeOf(rows: readonly RecordRow[], column: string): Shape {
  const values = rows
    .slice(0, looked)
    .map((row) => row[column])
    .filter((value) => value !== null && value !== undefined);
  if (values.length > 0 && values.every((value) => typeof value === 'number')) return 'number';
  return values.every((value) => String(value).length <= shortLength) ? 'short' : 'long';
}

const mostDecimals = 4;

/** How many decimals the numbers of a column have at most, so that their points stand in one line. */
function decimalsOf(rows: readonly RecordRow[], column: string): number {
  const decimals = rows.slice(0, looked).map((row) => {
    const value = row[column];
    return typeof value === 'number' ? (String(value).split('.')[1]?.length ?? 0) : 0;
  });
  return Math.min(mostDecimals, Math.max(0, ...decimals));
}

/** The rows of a run, a column a field; long lists are drawn in parts. */
export function RecordsTable({ name, rows, fields }: RecordsTableProps) {
  const [length, setLength] = useState(pageLength);
  const columns = columnsOf(rows, fields);
  const shapes = new Map(columns.map((column) => [column, shapeOf(rows, column)]));
  const decimals = new Map(columns.map((column) => [column, decimalsOf(rows, column)]));
  const widthPx = [...shapes.values()].reduce(
    (sum, shape) => sum + shapeWidthsPx[shape],
    otherColumnsPx,
  );
  const items = rows.slice(0, length).map((row, index) => ({
    id: `${String(row._key)} ${String(index)}`,
    row,
  }));
  return (
    <>
      <Table aria-label={`Rows of ${name}`} minimumWidthPx={widthPx}>
        <TableHeader>
          <Column id="_state" className={styles.state}>
            State
          </Column>
          {columns.map((column, index) => (
            <Column
              key={column}
              id={column}
              isRowHeader={index === 0}
              className={styles[shapes.get(column) ?? 'long']}
            >
              {column}
            </Column>
          ))}
          <Column id="_firstSeenAt" className={styles.seen}>
            First seen
          </Column>
          <Column id="_lastSeenAt" className={styles.seen}>
            Last seen
          </Column>
        </TableHeader>
        <TableBody items={items} dependencies={[columns.join('\n')]}>
          {({ id, row }) => (
            <Row id={id} className={row._state === 'gone' ? styles.gone : undefined}>
              <Cell>
                <StateMark state={String(row._state)} />
              </Cell>
              {columns.map((column) => (
                <Cell
                  key={column}
                  className={shapes.get(column) === 'number' ? styles.digits : undefined}
                >
                  <RecordValue value={row[column]} decimals={decimals.get(column) ?? 0} />
                </Cell>
              ))}
              <Cell>
                <Seen at={row._firstSeenAt} />
              </Cell>
              <Cell>
                <Seen at={row._lastSeenAt} />
              </Cell>
            </Row>
          )}
        </TableBody>
      </Table>
      {rows.length > length && (
        <div className={styles.more}>
          <Button onPress={() => setLength(length + pageLength)}>
            Show {countOf(Math.min(pageLength, rows.length - length), 'more row')}
          </Button>
        </div>
      )}
    </>
  );
}

function Seen({ at }: { readonly at: RecordRow[string] | undefined }) {
  return typeof at === 'string' ? <RelativeTime at={at} /> : null;
}
