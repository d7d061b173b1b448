import { useEffect, useRef, useState, type ReactNode } from 'react';
import { TableBody } from 'react-aria-components';
import type { ScheduleView } from '../../../contract/views.ts';
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

/** What the table takes: the schedules to show, in their order. */
export interface SchedulesTableProps {
  readonly schedules: readonly ScheduleView[];
}

/**
 * One row a schedule. Long lists are drawn in parts, each as the end of the one before comes into sight,
 * so that a window with thousands stays quick.
 */
export function SchedulesTable({ schedules }: SchedulesTableProps) {
  const [length, setLength] = useState(pageLength);
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
        <TableBody items={schedules.slice(0, length)}>
          {(schedule) => <ScheduleRow schedule={schedule} />}
        </TableBody>
      </Table>
      {schedules.length > length && (
        <More onMore={() => setLength(length + pageLength)}>
          Show {Math.min(pageLength, schedules.length - length)} more of {schedules.length}
        </More>
      )}
    </div>
  );
}

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

function ScheduleRow({ schedule }: { readonly schedule: ScheduleView }) {
  return (
    <Row id={schedule.id} textValue={schedule.name} className={styles.row}>
      <Cell>
        <ScheduleName schedule={schedule} />
      </Cell>
      <Cell>
        <NextRun schedule={schedule} />
      </Cell>
      <Cell>
        <LastOutcome schedule={schedule} />
      </Cell>
      <Cell>
        <StripLink schedule={schedule} />
      </Cell>
      <Cell>
        <ScheduleSwitch schedule={schedule} />
      </Cell>
      <Cell>
        <RowActions schedule={schedule} />
      </Cell>
    </Row>
  );
}
