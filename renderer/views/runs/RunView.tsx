import { ArrowLeft, Square } from 'lucide-react';
import type { ReactNode } from 'react';
import type { HistoryEntry } from '../../../contract/ledger.ts';
import { go } from '../../app/route.ts';
import { Button, IconButton } from '../../components/Button.tsx';
import { countText } from '../../components/counts.ts';
import { OutcomeMark } from '../../components/OutcomeMark.tsx';
import { reasonText } from '../../components/outcomes.ts';
import { RelativeTime } from '../../components/RelativeTime.tsx';
import { ErrorState, Loading } from '../../components/States.tsx';
import { View } from '../../components/View.tsx';
import { cancelRun } from '../../state/schedule-actions.ts';
import { useRun } from '../../state/use-run.ts';
import { causeWords } from './causes.ts';
import { RunDuration } from './RunDuration.tsx';
import { RunLog } from './RunLog.tsx';
import styles from './RunView.module.css';

/** One run: how it went, what it read, and its log, line by line as it goes. */
export function RunView({ run }: { readonly run: number }) {
  const { entry, log, problem, retry } = useRun(run);
  if (problem !== null)
    return (
      <View title={`Run ${String(run)}`} lead={<Back />}>
        <ErrorState
          title="This run can’t be shown"
          message={problem.message}
          {...(problem.code === 'not-found' ? {} : { onRetry: retry })}
        />
      </View>
    );
  if (entry === null)
    return (
      <View title={`Run ${String(run)}`} lead={<Back />} flush>
        <Loading label="Loading the run" />
      </View>
    );
  return (
    <View
      title={entry.scheduleName}
      note={`Run ${String(run)}`}
      lead={<Back />}
      actions={<Actions entry={entry} run={run} />}
    >
      <Facts entry={entry} />
      <h2 className={styles.heading}>Log</h2>
      <RunLog log={log} isGoing={entry.state !== 'ended'} />
    </View>
  );
}

function Back() {
  return (
    <IconButton
      label="Back to the runs"
      onPress={() => (window.history.length > 1 ? window.history.back() : go({ view: 'runs' }))}
    >
      <ArrowLeft aria-hidden="true" />
    </IconButton>
  );
}

function Actions({ entry, run }: { readonly entry: HistoryEntry; readonly run: number }) {
  if (entry.state !== 'ended')
    return (
      <Button icon={<Square />} onPress={() => void cancelRun(run)}>
        Cancel run
      </Button>
    );
  return (
    <Button onPress={() => go({ view: 'results', schedule: entry.schedule })}>Show the rows</Button>
  );
}

function Facts({ entry }: { readonly entry: HistoryEntry }) {
  const why = entry.outcome === 'success' ? null : reasonText(entry);
  return (
    <>
      <div className={styles.outcome}>
        <OutcomeMark entry={entry} />
        {why !== null && <p className={styles.why}>{why}</p>}
      </div>
      <dl className={styles.facts}>
        <Fact name="Started">
          {entry.startedAt === null ? (
            'Not yet'
          ) : (
            <RelativeTime at={entry.startedAt} absolute="below" />
          )}
        </Fact>
        <Fact name="Took">
          <RunDuration entry={entry} />
        </Fact>
        <Fact name="Why it started">
          {causeWords[entry.cause]}
          {entry.attempt > 1 && `, attempt ${String(entry.attempt)}`}
          {entry.slotAt !== null && (
            <span className={styles.soft}>
              for <RelativeTime at={entry.slotAt} absolute="only" />
            </span>
          )}
        </Fact>
        {entry.counts !== null && hasRead(entry) && (
          <>
            <Fact name="Pages">
              {countText(entry.counts.pages)}
              {entry.counts.notModified > 0 && (
                <span className={styles.soft}>{countText(entry.counts.notModified)} unchanged</span>
              )}
            </Fact>
            <Fact name="Rows">{countText(entry.counts.rows)}</Fact>
            {entry.state === 'ended' && (
              <>
                <Fact name="New">{countText(entry.counts.new)}</Fact>
                <Fact name="Changed">{countText(entry.counts.changed)}</Fact>
                <Fact name="Gone">{countText(entry.counts.gone)}</Fact>
              </>
            )}
          </>
        )}
      </dl>
    </>
  );
}

/** Whether a run got as far as reading anything; else its counts say nothing. */
function hasRead({ counts, outcome }: HistoryEntry): boolean {
  return outcome === 'success' || (counts !== null && counts.pages > 0);
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
