import {
  createContext,
  memo,
  useContext,
  useDeferredValue,
  useRef,
  type ComponentType,
} from 'react';
import { Collection, TableBody } from 'react-aria-components';
import type { ScheduleView } from '../../../contract/views.ts';
import { useSchedule, type ScheduleRow } from '../../state/use-schedules.ts';
import { usePaintedFirst } from '../../components/use-painted-first.ts';
import { LongTable } from '../../components/LongTable.tsx';
import { Cell, Row, TableHeader } from '../../components/Table.tsx';
import { LastOutcome } from './LastOutcome.tsx';
import { NextRun } from './NextRun.tsx';
import { RowActions } from './RowActions.tsx';
import { RoomContext, ScheduleColumns, useRoom } from './ScheduleColumns.tsx';
import { ScheduleName } from './ScheduleName.tsx';
import { ScheduleSwitch } from './ScheduleSwitch.tsx';
import styles from './SchedulesTable.module.css';
import { StripLink } from './StripLink.tsx';

/** More than a window shows; the rest follows once these are painted. */
const firstLength = 40;

/** What the table takes: the rows to show, in their order; the same array while they are the same. */
export interface SchedulesTableProps {
  readonly rows: readonly ScheduleRow[];
}

/**
 * One row a schedule. React Aria draws every row in sight again whenever its collection changes; so the
 * rows are names and places alone, and each cell asks for its own schedule.
 */
export const SchedulesTable = memo(function SchedulesTable({ rows }: SchedulesTableProps) {
  const container = useRef<HTMLDivElement>(null);
  const room = useRoom(container);
  // A cell shows a new name at once; that its row moves, which draws all in sight again, follows.
  const settled = useDeferredValue(usePaintedFirst(rows), firstOf(rows));
  return (
    <div ref={container} className={styles.container}>
      <RoomContext value={room}>
        <RowsContext value={settled}>{table}</RowsContext>
      </RoomContext>
    </div>
  );
});

function firstOf(rows: readonly ScheduleRow[]): readonly ScheduleRow[] {
  return rows.length > firstLength ? rows.slice(0, firstLength) : rows;
}

const RowsContext = createContext<readonly ScheduleRow[]>([]);

/** What React Aria makes its collection of. */
function Rows() {
  return <Collection items={useContext(RowsContext)}>{drawRow}</Collection>;
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
    <Row id={id} textValue={name}>
      {parts.map(([column, part]) => (
        <Cell key={column}>
          <Of key={id} id={id} part={part} />
        </Cell>
      ))}
    </Row>
  );
}

/** One element for good: were it new with its rows, React Aria would draw them twice. */
const table = (
  <LongTable aria-label="Schedules" rowHeightPx={60}>
    <TableHeader>
      <ScheduleColumns />
    </TableHeader>
    <TableBody>
      <Rows />
    </TableBody>
  </LongTable>
);
