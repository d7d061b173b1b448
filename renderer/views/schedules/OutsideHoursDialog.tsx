import type { ScheduleView } from '../../../contract/views.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';

/** What the question takes. */
export interface OutsideHoursDialogProps {
  readonly schedule: ScheduleView;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onRun: () => void;
}

/** Asks once before a schedule is run by hand outside its hours. */
export function OutsideHoursDialog({ schedule, isOpen, onClose, onRun }: OutsideHoursDialogProps) {
  return (
    <Dialog
      title={`Run “${schedule.name}” outside its hours?`}
      isOpen={isOpen}
      onClose={onClose}
      buttons={
        <>
          <Button onPress={onClose}>Not now</Button>
          <Button variant="primary" onPress={onRun}>
            Run all the same
          </Button>
        </>
      }
    >
      <p>
        Its hours are closed now ({schedule.hours}). A run by hand doesn’t change when it runs next.
      </p>
    </Dialog>
  );
}
