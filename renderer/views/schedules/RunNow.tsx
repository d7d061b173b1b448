import { Play } from 'lucide-react';
import { useState } from 'react';
import type { ScheduleView } from '../../../contract/views.ts';
import { Button } from '../../components/Button.tsx';
import { isOutsideHours } from '../../state/outside-hours.ts';
import { runNow } from '../../state/schedule-actions.ts';
import { useOpenRun } from '../../state/use-runs.ts';
import { OutsideHoursDialog } from './OutsideHoursDialog.tsx';

/** What the button takes. */
export interface RunNowProps {
  readonly schedule: ScheduleView;
  /** Hears the number of the run that was started. */
  readonly onStarted?: (run: number) => void;
  /** Names the schedule for those who can't see whose line it is. */
  readonly named?: boolean;
}

/** Runs a schedule now; outside its hours it asks once. While a run of it is open it says so instead. */
export function RunNow({ schedule, onStarted, named = false }: RunNowProps) {
  const [asks, setAsks] = useState(false);
  const open = useOpenRun(schedule.id);
  const run = async (): Promise<void> => {
    setAsks(false);
    const started = await runNow(schedule);
    const number = started?.run ?? null;
    if (number !== null) onStarted?.(number);
  };
  const runOrAsk = async (): Promise<void> => {
    if (await isOutsideHours(schedule.id)) setAsks(true);
    else await run();
  };
  return (
    <>
      <Button
        size="s"
        icon={<Play />}
        isDisabled={open !== undefined || schedule.state === 'quarantined'}
        {...(named ? { 'aria-label': `Run ${schedule.name} now` } : {})}
        onPress={() => void runOrAsk()}
      >
        {open === undefined ? 'Run now' : 'Running'}
      </Button>
      <OutsideHoursDialog
        schedule={schedule}
        isOpen={asks}
        onClose={() => setAsks(false)}
        onRun={() => void run()}
      />
    </>
  );
}
