import { TableBody } from 'react-aria-components';
import type { HistoryEntry } from '../../../contract/ledger.ts';
import { rowOfCursor } from '../../../contract/story.ts';
import { go } from '../../app/route.ts';
import { classes } from '../../components/classes.ts';
import { countOf, countText } from '../../components/counts.ts';
import { OutcomeMark } from '../../components/OutcomeMark.tsx';
import { reasonText } from '../../components/outcomes.ts';
import { RelativeTime } from '../../components/RelativeTime.tsx';
import { Cell, Column, Row, Table, TableHeader } from '../../components/Table.tsx';
import { causeWords } from './causes.ts';
import { RunDuration } from './RunDuration.tsx';
import styles from './RunsTable.module.css';

/** What the table takes: rows of the history, newest first. */
export interface RunsTableProps {
  readonly entries: readonly HistoryEntry[];
}

interface Item {
  readonly id: string;
  readonly entry: HistoryEntry;
}

function keyOf(entry: HistoryEntry): string {
  return entry.run === null ? `slot ${entry.cursor}` : `run ${String(entry.run)}`;
}

const known = new WeakMap<HistoryEntry, Item>();

/** The same item for the same entry, so that only rows that changed draw again. */
function itemOf(entry: HistoryEntry): Item {
  const item = known.get(entry) ?? { id: keyOf(entry), entry };
  known.set(entry, item);
  return item;
}

/** One row an attempt or a slot that didn't run; a press leads to its whole story. */
export function RunsTable({ entries }: RunsTableProps) {
  return (
    <Table
      aria-label="Runs"
      onRowAction={(key) => {
        const entry = entries.find((one) => keyOf(one) === key);
        if (entry !== undefined) go({ view: 'run', row: rowOfCursor(entry.cursor) });
      }}
    >
      <TableHeader>
        <Column id="when" className={styles.when}>
          When
        </Column>
        <Column id="schedule" isRowHeader className={styles.schedule}>
          Schedule
        </Column>
        <Column id="outcome" className={styles.outcome}>
          Outcome
        </Column>
        <Column id="what">What happened</Column>
        <Column id="rows" className={styles.rows}>
          Rows
        </Column>
        <Column id="duration" className={styles.duration}>
          Took
        </Column>
      </TableHeader>
      <TableBody items={entries.map(itemOf)}>
        {({ id, entry }) => <EntryRow id={id} entry={entry} />}
      </TableBody>
    </Table>
  );
}

function EntryRow({ id, entry }: { readonly id: string; readonly entry: HistoryEntry }) {
  const what = whatHappened(entry);
  return (
    <Row
      id={id}
      textValue={`${entry.scheduleName} ${entry.recordedAt}`}
      className={classes(styles.row, entry.run === null && styles.still)}
    >
      <Cell className={styles.at}>
        <RelativeTime at={entry.startedAt ?? entry.slotAt ?? entry.recordedAt} absolute="beside" />
      </Cell>
      <Cell className={styles.name}>{entry.scheduleName}</Cell>
      <Cell>
        <OutcomeMark entry={entry} />
      </Cell>
      <Cell className={styles.what}>
        <span title={what}>{what}</span>
      </Cell>
      <Cell className={styles.number}>{rowsText(entry)}</Cell>
      <Cell className={styles.number}>
        <RunDuration entry={entry} />
      </Cell>
    </Row>
  );
}

/** How many rows a run read; nothing where it got none and that is no news. */
function rowsText({ counts, outcome }: HistoryEntry): string {
  if (counts === null || (counts.rows === 0 && outcome !== 'success')) return '';
  return countText(counts.rows);
}

/** What came of it: the change for a good run, the pages so far for one that goes on, else the reason. */
function whatHappened(entry: HistoryEntry): string {
  const { counts } = entry;
  const parts: string[] = [];
  if (entry.coalesced > 1) parts.push(`Stands for ${countOf(entry.coalesced, 'slot')}`);
  if (entry.state !== 'ended' && counts !== null)
    parts.push(`${countOf(counts.pages, 'page')} so far`);
  if (entry.state === 'ended' && counts !== null && entry.outcome === 'success') {
    const changes = [
      counts.new > 0 && `${countText(counts.new)} new`,
      counts.changed > 0 && `${countText(counts.changed)} changed`,
      counts.gone > 0 && `${countText(counts.gone)} gone`,
    ].filter((part) => part !== false);
    parts.push(changes.length === 0 ? 'No change' : changes.join(', '));
  } else {
    const why = reasonText(entry);
    if (why !== null) parts.push(why);
  }
  const how = howStarted(entry);
  return how === null ? parts.join('; ') : [...parts, how].join(' · ');
}

/** How a run started, where that isn't the ordinary way. */
function howStarted(entry: HistoryEntry): string | null {
  if (entry.run === null) return null;
  if (entry.attempt > 1) return `attempt ${String(entry.attempt)}`;
  return entry.cause === 'slot' ? null : causeWords[entry.cause].toLowerCase();
}
