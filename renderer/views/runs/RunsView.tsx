import { useEffect } from 'react';
import { outcomes, type Outcome } from '../../../contract/ledger.ts';
import { go } from '../../app/route.ts';
import { Button } from '../../components/Button.tsx';
import { outcomeFaces } from '../../components/outcomes.ts';
import { Select } from '../../components/Select.tsx';
import { EmptyState, ErrorState, Loading } from '../../components/States.tsx';
import { View } from '../../components/View.tsx';
import { followHistory, loadHistory, loadOlder, useHistory } from '../../state/use-history.ts';
import { useSchedules } from '../../state/use-schedules.ts';
import { RunsTable } from './RunsTable.tsx';
import styles from './RunsView.module.css';

/** What the runs screen takes: its filters, out of the route. */
export interface RunsViewProps {
  readonly schedule?: string | undefined;
  readonly outcome?: Outcome | undefined;
}

const all = '';

/** The history: every slot and run, newest first, also those that didn't run, with their why. */
export function RunsView({ schedule, outcome }: RunsViewProps) {
  useEffect(() => followHistory({ schedule, outcome }), [schedule, outcome]);
  return (
    <View title="Runs" flush actions={<Filters schedule={schedule} outcome={outcome} />}>
      <History schedule={schedule} outcome={outcome} />
    </View>
  );
}

function Filters({ schedule, outcome }: RunsViewProps) {
  const schedules = useSchedules((state) => state.schedules) ?? [];
  return (
    <>
      <div className={styles.scheduleFilter}>
        <Select
          aria-label="Schedule"
          choices={[
            { id: all, label: 'All schedules' },
            ...schedules.map(({ id, name }) => ({ id, label: name })),
          ]}
          value={schedule ?? all}
          onChange={(id) => go({ view: 'runs', schedule: id === all ? undefined : id, outcome })}
        />
      </div>
      <div className={styles.outcomeFilter}>
        <Select<Outcome | ''>
          aria-label="Outcome"
          choices={[
            { id: all, label: 'All outcomes' },
            ...outcomes.map((id) => ({ id, label: outcomeFaces[id].word })),
          ]}
          value={outcome ?? all}
          onChange={(id) => go({ view: 'runs', schedule, outcome: id === all ? undefined : id })}
        />
      </div>
    </>
  );
}

function History({ schedule, outcome }: RunsViewProps) {
  const { status, entries, next, isLoadingOlder, problem } = useHistory();
  if (status === 'loading') return <Loading label="Loading the history" />;
  if (status === 'failed')
    return (
      <ErrorState
        title="The history couldn’t be fetched"
        message={problem ?? 'Jackdaw didn’t say why.'}
        onRetry={() => void loadHistory({ schedule, outcome })}
      />
    );
  if (entries.length === 0)
    return <NoRuns isFiltered={schedule !== undefined || outcome !== undefined} />;
  return (
    <>
      <RunsTable entries={entries} />
      <div className={styles.end}>
        {next !== null && (
          <Button isPending={isLoadingOlder} onPress={() => void loadOlder()}>
            Load older
          </Button>
        )}
        {problem !== null && <p className={styles.problem}>{problem}</p>}
        {next === null && <span className={styles.soft}>That is all there is.</span>}
      </div>
    </>
  );
}

function NoRuns({ isFiltered }: { readonly isFiltered: boolean }) {
  if (!isFiltered)
    return (
      <EmptyState title="Nothing has run yet">
        Each run stands here as it happens, and each slot that didn’t run, with its reason.
      </EmptyState>
    );
  return (
    <EmptyState
      title="Nothing of that kind"
      actions={<Button onPress={() => go({ view: 'runs' })}>Show all runs</Button>}
    >
      No row of the history fits these filters.
    </EmptyState>
  );
}
