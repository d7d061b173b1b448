import { RefreshCw } from 'lucide-react';
import type { TryOut } from '../../../contract/calls.ts';
import type { RecordRow } from '../../../contract/ledger.ts';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { Loading } from '../../components/States.tsx';
import styles from './TryOutPanel.module.css';
import type { TryOutState } from './use-try-out.ts';

/** What the try-out panel takes. */
export interface TryOutPanelProps {
  readonly state: TryOutState;
  /** Whether there is a whole address to read. */
  readonly hasAddress: boolean;
}

/** What the page gives as the selectors stand now: its first rows. */
export function TryOutPanel({ state, hasAddress }: TryOutPanelProps) {
  const { answer, isReading, isCurrent } = state;
  return (
    <section className={styles.panel} aria-labelledby="try-out-title" aria-busy={isReading}>
      <header className={styles.header}>
        <h2 id="try-out-title" className={styles.title}>
          On the page
        </h2>
        <span className={styles.count} role="status">
          {isReading ? 'reading…' : answer === null ? '' : countWords(answer)}
        </span>
        {hasAddress && (
          <Button
            size="s"
            variant="quiet"
            icon={<RefreshCw />}
            onPress={() => {
              state.tryNow(answer !== null);
            }}
          >
            {answer === null ? 'Try it' : 'Refresh page'}
          </Button>
        )}
      </header>
      <div className={classes(styles.body, answer !== null && !isCurrent && styles.stale)}>
        <Body state={state} hasAddress={hasAddress} />
      </div>
    </section>
  );
}

function countWords(answer: TryOut): string {
  if (answer.url === null) return '';
  const rows = answer.total === 1 ? '1 row' : `${String(answer.total)} rows`;
  return answer.total > answer.rows.length
    ? `${rows}, the first ${String(answer.rows.length)} shown`
    : rows;
}

function Body({ state, hasAddress }: TryOutPanelProps) {
  const { answer, problem, isReading } = state;
  if (!hasAddress)
    return (
      <Hint title="Rows appear here as you type">
        Give the page’s address, then the selectors: the page is read once and tried anew with each
        change.
      </Hint>
    );
  if (answer === null && problem === null && isReading)
    return <Loading label="Reading the page" rows={4} />;
  if (problem !== null)
    return (
      <div className={styles.problem} role="alert">
        <p className={styles.problemTitle}>The page couldn’t be read</p>
        <p>{problem}</p>
      </div>
    );
  if (answer === null)
    return (
      <Hint title="Not read yet">
        The page is read when you change a selector, or when you press “Try it”.
      </Hint>
    );
  return (
    <>
      {answer.rows.length === 0 ? (
        <Hint title="No rows">
          {answer.faults.length > 0
            ? 'Mend what is marked to see the rows.'
            : 'The page was read, but nothing on it matches the items selector.'}
        </Hint>
      ) : (
        <RowsTable answer={answer} />
      )}
      <Foot answer={answer} />
    </>
  );
}

function Hint({ title, children }: { readonly title: string; readonly children: string }) {
  return (
    <div className={styles.hint}>
      <p className={styles.hintTitle}>{title}</p>
      <p>{children}</p>
    </div>
  );
}

type Value = RecordRow[string];

/** Narrower columns than this tell nothing; the table scrolls instead. */
const columnWidthPx = 120;

function valueText(value: Value): string {
  if (value === null) return '';
  return Array.isArray(value) ? value.map(String).join(', ') : String(value);
}

function RowsTable({ answer }: { readonly answer: TryOut }) {
  const columns = answer.columns.filter((column) => !column.startsWith('_'));
  return (
    // The focus lets the arrow keys scroll what is wider than the panel.
    <div className={styles.scroll} tabIndex={0} role="group" aria-label="Rows on the page">
      <table
        className={styles.table}
        style={{ minWidth: columns.length * columnWidthPx }}
        aria-label="Rows on the page"
      >
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {answer.rows.map((row, index) => (
            <tr key={index}>
              {columns.map((column) => (
                <ValueCell key={column} value={row[column] ?? null} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ValueCell({ value }: { readonly value: Value }) {
  const text = valueText(value);
  if (text === '')
    return (
      <td className={styles.nothing}>
        <span aria-label="nothing">—</span>
      </td>
    );
  return (
    <td className={typeof value === 'number' ? styles.number : undefined} title={text}>
      {text}
    </td>
  );
}

function Foot({ answer }: { readonly answer: TryOut }) {
  return (
    <dl className={styles.foot}>
      {answer.title !== null && answer.title !== '' && (
        <>
          <dt>Page</dt>
          <dd title={answer.title}>{answer.title}</dd>
        </>
      )}
      {answer.next !== null && (
        <>
          <dt>Next</dt>
          <dd title={answer.next}>{answer.next}</dd>
        </>
      )}
    </dl>
  );
}
