import {
  memo,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ComponentType,
  type ReactNode,
} from 'react';
import { TableBody } from 'react-aria-components';
import type { ScheduleView } from '../../../contract/views.ts';
import { useSchedule, type ScheduleRow } from '../../state/use-schedules.ts';
import { Button } from '../../components/Button.tsx';
import { Cell, Column, Row, Table, TableHeader } from '../../components/Table.tsx';
import { LastOutcome } from './LastOutcome.tsx';
import { NextRun } from './NextRun.tsx';
import { RowActions } from './RowActions.tsx';
import { ScheduleName } from './ScheduleName.tsx';
import { ScheduleSwitch } from './ScheduleSwitch.tsx';
import styles from './SchedulesTable.module.css';
import { StripLink } from './StripLink.tsx';

/** Each row that is drawn costs a little at every change, wherever it is. */
const pageLength = 40;

/** What the table takes: the rows to show, in their order; the same array while they are the same. */
export interface SchedulesTableProps {
  readonly rows: readonly ScheduleRow[];
}

/**
 * One row a schedule. Long lists are drawn in parts, each as the end of the one before comes into sight,
 * so that a window with thousands stays quick. React Aria draws every row again whenever its collection
 * changes; so the rows are names and places alone, and each cell asks for its own schedule.
 */
export const SchedulesTable = memo(function SchedulesTable({ rows }: SchedulesTableProps) {
  const [length, setLength] = useState(pageLength);
  // A cell shows a new name at once; that its row moves, which draws all of them again, may follow.
  const settled = useDeferredValue(rows);
  const drawn = useMemo(() => settled.slice(0, length), [settled, length]);
  return (
    <div className={styles.container}>
      <Table aria-label="Schedules">
        <TableHeader>
          <Column id="name" isRowHeader>
            Name
          </Column>
          <Column id="next" className={styles.next}>
            Next run
          </Column>
          <Column id="last" className={styles.last}>
            Last outcome
          </Column>
          <Column id="strip" className={styles.strip}>
            Last 30
          </Column>
          <Column id="enabled" className={styles.enabled}>
            On
          </Column>
          <Column id="actions" className={styles.actions} aria-label="Actions">
            {null}
          </Column>
        </TableHeader>
        <TableBody items={drawn}>{drawRow}</TableBody>
      </Table>
      {rows.length > length && (
        <More onMore={() => setLength(length + pageLength)}>
          Show {Math.min(pageLength, rows.length - length)} more of {rows.length}
        </More>
      )}
    </div>
  );
});

interface MoreProps {
  readonly onMore: () => void;
  readonly children: ReactNode;
}

/** The end of what is drawn: a button, pressed by itself once it is in sight. */
function More({ onMore, children }: MoreProps) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const observer = new IntersectionObserver((seen) => {
      if (seen.some(({ isIntersecting }) => isIntersecting)) onMore();
    });
    if (end.current !== null) observer.observe(end.current);
    return () => observer.disconnect();
  }, [onMore]);
  return (
    <div ref={end} className={styles.more}>
      <Button onPress={onMore}>{children}</Button>
    </div>
  );
}

/** What a cell shows of its row's schedule; nothing more once that is gone. */
function Of({ id, part: Part }: { readonly id: string; readonly part: ShownPart }) {
  const schedule = useSchedule(id);
  return schedule === undefined ? null : <Part schedule={schedule} />;
}

type ShownPart = ComponentType<{ readonly schedule: ScheduleView }>;

/** What stands in each column. */
const parts: readonly (readonly [column: string, part: ShownPart])[] = [
  ['name', ScheduleName],
  ['next', NextRun],
  ['last', LastOutcome],
  ['strip', StripLink],
  ['enabled', ScheduleSwitch],
  ['actions', RowActions],
];

function drawRow({ id, name }: ScheduleRow) {
  return (
    <Row id={id} textValue={name} className={styles.row}>
      {parts.map(([column, part]) => (
        <Cell key={column}>
          <Of id={id} part={part} />
        </Cell>
      ))}
    </Row>
  );
}
