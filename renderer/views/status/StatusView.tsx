import { ErrorState, Loading } from '../../components/States.tsx';
import { View } from '../../components/View.tsx';
import { useHost } from '../../state/use-host.ts';
import { useStatus } from '../../state/use-status.ts';
import { StatusFacts } from './StatusFacts.tsx';
import { StatusTable } from './StatusTable.tsx';
import styles from './StatusView.module.css';

/** Whether the scheduler lives, in numbers, and every schedule with its next run and why: what `status` says, live. */
export function StatusView() {
  const { status, problem, retry } = useStatus();
  const host = useHost((state) => state.host);
  if (status === null || host === null)
    return (
      <View title="Status" flush>
        {problem === null ? (
          <Loading label="Loading the status" rows={6} />
        ) : (
          <ErrorState title="The status couldn’t be had" message={problem} onRetry={retry} />
        )}
      </View>
    );
  return (
    <View title="Status" flush>
      <div className={styles.page}>
        <StatusFacts status={status} host={host} problem={problem} />
        <StatusTable schedules={status.schedules} />
      </div>
    </View>
  );
}
