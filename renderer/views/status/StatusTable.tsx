import { Link, TableBody } from 'react-aria-components';
import type { Status } from '../../../contract/views.ts';
import { routeHash } from '../../app/route.ts';
import { classes } from '../../components/classes.ts';
import { outcomeFaces } from '../../components/outcomes.ts';
import { RelativeTime } from '../../components/RelativeTime.tsx';
import { EmptyState } from '../../components/States.tsx';
import { Cell, Column, Row, Table, TableHeader } from '../../components/Table.tsx';
import { hidesSchedules, useHost } from '../../state/use-host.ts';
import { useSchedules } from '../../state/use-schedules.ts';
import { stateWords } from './state-words.ts';
import styles from './StatusView.module.css';

type Line = Status['schedules'][number];

/** Every schedule: what it is doing, when it runs next and why, and how it went last. */
export function StatusTable({ schedules }: { readonly schedules: readonly Line[] }) {
  const isUnknown = useHost(({ host }) => host !== null && hidesSchedules(host));
  if (schedules.length === 0)
    return (
      <EmptyState title={isUnknown ? 'The schedules can’t be shown' : 'No schedules'}>
        Each schedule stands here with its state, its next run and the reason for it
        {isUnknown && ' as soon as the database can be used again'}.
      </EmptyState>
    );
  return (
    <div className={styles.schedules}>
      <Table aria-label="Schedules and their next runs">
        <TableHeader>
          <Column id="name" isRowHeader className={styles.name}>
            Schedule
          </Column>
          <Column id="state" className={styles.state}>
            State
          </Column>
          <Column id="next" className={styles.next}>
            Next run
          </Column>
          <Column id="why">Why</Column>
          <Column id="last" className={styles.last}>
            Last
          </Column>
        </TableHeader>
        <TableBody items={schedules}>{(line) => <StatusRow line={line} />}</TableBody>
      </Table>
    </div>
  );
}

function StatusRow({ line }: { readonly line: Line }) {
  const { word, isLoud } = stateWords(line.state);
  return (
    <Row id={line.id} textValue={line.name}>
      <Cell>
        <ScheduleLink line={line} />
      </Cell>
      <Cell className={classes(isLoud && styles.loud)}>{word}</Cell>
      <Cell>
        {line.nextRunAt === null ? (
          <span className={styles.soft}>None</span>
        ) : (
          <RelativeTime at={line.nextRunAt} absolute="beside" />
        )}
      </Cell>
      <Cell className={styles.soft}>
        <span title={line.why}>{line.why}</span>
      </Cell>
      <Cell>
        <LastRun line={line} />
      </Cell>
    </Row>
  );
}

/** A schedule that was deleted since the last answer leads nowhere. */
function ScheduleLink({ line }: { readonly line: Line }) {
  const isThere = useSchedules(
    ({ schedules }) => schedules?.some(({ id }) => id === line.id) ?? false,
  );
  if (!isThere) return line.name;
  return (
    <Link className={styles.link ?? ''} href={routeHash({ view: 'editor', schedule: line.id })}>
      {line.name}
    </Link>
  );
}

function LastRun({ line: { lastOutcome, lastRunAt } }: { readonly line: Line }) {
  if (lastOutcome === null || lastRunAt === null)
    return <span className={styles.soft}>Not run yet</span>;
  const { word, tone } = outcomeFaces[lastOutcome];
  return (
    <span>
      <span
        className={classes(tone === 'failure' && styles.failed, tone === 'person' && styles.loud)}
      >
        {word}
      </span>
      <span className={styles.soft}>
        {', '}
        <RelativeTime at={lastRunAt} />
      </span>
    </span>
  );
}
