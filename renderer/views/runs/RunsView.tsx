import { useEffect, useMemo } from 'react';
import { outcomes, type Outcome } from '../../../contract/ledger.ts';
import { go } from '../../app/route.ts';
import { Button } from '../../components/Button.tsx';
import { outcomeFaces } from '../../components/outcomes.ts';
import { MultiSelect } from '../../components/MultiSelect.tsx';
import { Select } from '../../components/Select.tsx';
import { EmptyState, ErrorState, Loading } from '../../components/States.tsx';
import { View } from '../../components/View.tsx';
import {
  followHistory,
  loadHistory,
  loadOlder,
  useHistory,
  type HistoryFilter,
} from '../../state/use-history.ts';
import { useSchedules } from '../../state/use-schedules.ts';
import { RunChart } from './RunChart.tsx';
import { RunsTable } from './RunsTable.tsx';
import styles from './RunsView.module.css';

/** What the runs screen takes: its filters, out of the route. */
export interface RunsViewProps {
  readonly schedule?: string | undefined;
  readonly outcomes?: readonly Outcome[] | undefined;
}

const all = '';

/** The history: every slot and run, newest first, also those that didn't run, with their why. */
export function RunsView({ schedule, outcomes: asked = [] }: RunsViewProps) {
  // A route is read anew at each drawing; the same outcomes are the same filter.
  const key = asked.join();
  const filter = useMemo(
    () => ({ schedule, outcomes: outcomes.filter((one) => key.split(',').includes(one)) }),
    [schedule, key],
  );
  useEffect(() => followHistory(filter), [filter]);
  return (
    <View title="Runs" flush actions={<Filters {...filter} />}>
      <RunChart key={schedule ?? all} schedule={schedule} />
      <History {...filter} />
    </View>
  );
}

function Filters({ schedule, outcomes: chosen }: HistoryFilter) {
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
          onChange={(id) =>
            go({ view: 'runs', schedule: id === all ? undefined : id, outcomes: chosen })
          }
        />
      </div>
      <div className={styles.outcomeFilter}>
        <MultiSelect<Outcome>
          aria-label="Outcomes"
          all="All outcomes"
          noun="outcomes"
          choices={outcomes.map((id) => ({ id, label: outcomeFaces[id].word }))}
          value={chosen ?? []}
          onChange={(next) => go({ view: 'runs', schedule, outcomes: next })}
        />
      </div>
    </>
  );
}

function History(filter: HistoryFilter) {
  const { status, entries, next, isLoadingOlder, problem } = useHistory();
  if (status === 'loading') return <Loading label="Loading the history" />;
  if (status === 'failed')
    return (
      <ErrorState
        title="The history couldn’t be fetched"
        message={problem ?? 'Jackdaw didn’t say why.'}
        onRetry={() => void loadHistory(filter)}
      />
    );
  if (entries.length === 0)
    return (
      <NoRuns isFiltered={filter.schedule !== undefined || (filter.outcomes ?? []).length > 0} />
    );
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
