import { Play, Square } from 'lucide-react';
import { useState } from 'react';
import type { ScheduleView } from '../../../contract/views.ts';
import { IconButton } from '../../components/Button.tsx';
import { isOutsideHours } from '../../state/outside-hours.ts';
import { cancelRun, runNow } from '../../state/schedule-actions.ts';
import { useOpenRun } from '../../state/use-runs.ts';
import { OutsideHoursDialog } from './OutsideHoursDialog.tsx';

/** Run now, or cancel the run that goes on. Outside the schedule's hours it asks once before it runs. */
export function RunOrCancel({ schedule }: { readonly schedule: ScheduleView }) {
  const [asks, setAsks] = useState(false);
  const open = useOpenRun(schedule.id);
  if (open !== undefined && open.run !== null) {
    const { run } = open;
    return (
      <IconButton label={`Cancel the run of ${schedule.name}`} onPress={() => void cancelRun(run)}>
        <Square aria-hidden="true" />
      </IconButton>
    );
  }
  const runOrAsk = async (): Promise<void> => {
    if (await isOutsideHours(schedule.id)) setAsks(true);
    else await runNow(schedule);
  };
  return (
    <>
      <IconButton
        label={`Run ${schedule.name} now`}
        isDisabled={schedule.state === 'quarantined'}
        onPress={() => void runOrAsk()}
      >
        <Play aria-hidden="true" />
      </IconButton>
      <OutsideHoursDialog
        schedule={schedule}
        isOpen={asks}
        onClose={() => setAsks(false)}
        onRun={() => {
          setAsks(false);
          void runNow(schedule);
        }}
      />
    </>
  );
}
