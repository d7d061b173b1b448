import { useState } from 'react';
import type { ScheduleView } from '../../../contract/views.ts';
import { go } from '../../app/route.ts';
import { countOf } from '../../components/counts.ts';
import { Segmented } from '../../components/Segmented.tsx';
import { Select } from '../../components/Select.tsx';
import { EmptyState, ErrorState, Loading } from '../../components/States.tsx';
import { View } from '../../components/View.tsx';
import { useRecords } from '../../state/use-records.ts';
import { useSchedules } from '../../state/use-schedules.ts';
import { ExportMenu } from './ExportMenu.tsx';
import { RecordsTable } from './RecordsTable.tsx';
import styles from './ResultsView.module.css';

/** The rows of a schedule's last good run with what is new and changed, and those that are gone. */
export function ResultsView({ schedule }: { readonly schedule?: string | undefined }) {
  const schedules = useSchedules((state) => state.schedules);
  if (schedules === null)
    return (
      <View title="Results" flush>
        <Loading label="Loading the results" />
      </View>
    );
  // Without a choice the schedule that ran last is the likeliest.
  const chosen = schedules.find((one) => one.id === schedule) ?? newestOf(schedules);
  if (chosen === undefined)
    return (
      <View title="Results">
        <EmptyState title="No results yet">
          The rows a schedule reads stand here, with what is new, changed and gone since the run
          before.
        </EmptyState>
      </View>
    );
  return <ResultsOf key={chosen.id} schedule={chosen} schedules={schedules} />;
}

function newestOf(schedules: readonly ScheduleView[]): ScheduleView | undefined {
  const at = (schedule: ScheduleView): string =>
    schedule.rows === null ? '' : (schedule.last?.recordedAt ?? '');
  return schedules.toSorted((one, other) => (at(one) < at(other) ? 1 : -1))[0];
}

function ResultsOf({
  schedule,
  schedules,
}: {
  readonly schedule: ScheduleView;
  readonly schedules: readonly ScheduleView[];
}) {
  const [gone, setGone] = useState(false);
  const { status, rows, problem, retry } = useRecords(schedule.id, gone);
  return (
    <View
      title="Results"
      note={status === 'ready' ? countOf(rows.length, 'row') : undefined}
      flush
      actions={
        <>
          <Segmented
            aria-label="Which rows"
            choices={[
              { id: 'now', label: 'Last good run' },
              { id: 'gone', label: 'Gone' },
            ]}
            value={gone ? 'gone' : 'now'}
            onChange={(which) => setGone(which === 'gone')}
          />
          <div className={styles.schedule}>
            <Select
              aria-label="Schedule"
              choices={schedules.map(({ id, name }) => ({ id, label: name }))}
              value={schedule.id}
              onChange={(id) => go({ view: 'results', schedule: id })}
            />
          </div>
          <ExportMenu schedule={schedule} gone={gone} isDisabled={rows.length === 0} />
        </>
      }
    >
      {status === 'loading' && <Loading label="Loading the rows" />}
      {status === 'failed' && (
        <ErrorState
          title="The rows couldn’t be fetched"
          message={problem ?? 'Jackdaw didn’t say why.'}
          onRetry={retry}
        />
      )}
      {status === 'ready' && rows.length === 0 && <NoRows schedule={schedule} gone={gone} />}
      {status === 'ready' && rows.length > 0 && (
        <RecordsTable
          rows={rows}
          name={schedule.name}
          fields={Object.keys(schedule.document.scrape.fields)}
        />
      )}
    </View>
  );
}

function NoRows({ schedule, gone }: { readonly schedule: ScheduleView; readonly gone: boolean }) {
  if (gone)
    return (
      <EmptyState title="Nothing is gone">
        A row that a whole, good run no longer finds moves here, and stays until it comes back.
      </EmptyState>
    );
  if (schedule.last === null)
    return (
      <EmptyState title={`${schedule.name} hasn’t run yet`}>
        Its rows stand here after its first good run. To see them now, press Run now on the
        Schedules screen.
      </EmptyState>
    );
  if (schedule.rows === null)
    return (
      <EmptyState title="No good run yet">
        Rows stand here after the first run that ends well. See Runs for what went wrong.
      </EmptyState>
    );
  return (
    <EmptyState title="No rows">The last good run of {schedule.name} found nothing.</EmptyState>
  );
}
