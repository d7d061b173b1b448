import { useState } from 'react';
import type { RecordRow } from '../../../contract/ledger.ts';
import { Button } from '../../components/Button.tsx';
import { countOf } from '../../components/counts.ts';
import { RelativeTime } from '../../components/RelativeTime.tsx';
import { Cell, Column, Row, Table, TableBody, TableHeader } from '../../components/Table.tsx';
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

/** The rows of a run, a column a field; long lists are drawn in parts. */
export function RecordsTable({ name, rows, fields }: RecordsTableProps) {
  const [length, setLength] = useState(pageLength);
  const columns = columnsOf(rows, fields);
  const items = rows.slice(0, length).map((row, index) => ({
    id: `${String(row._key)} ${String(index)}`,
    row,
  }));
  return (
    <>
      <div className={styles.scroll}>
        <Table aria-label={`Rows of ${name}`} className={styles.table}>
          <TableHeader>
            <Column id="_state" className={styles.state}>
              State
            </Column>
            {columns.map((column, index) => (
              <Column key={column} id={column} isRowHeader={index === 0} className={styles.field}>
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
                  <Cell key={column}>
                    <RecordValue value={row[column]} />
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
      </div>
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
