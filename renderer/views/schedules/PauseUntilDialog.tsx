import { useCallback, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { pauseFor, untilChoice } from '../../state/pause.ts';
import { useTicking } from '../../time/use-ticking.ts';
import { WallTimeInput } from '../explain/WallTimeInput.tsx';

/** What the dialog takes: whom to pause. */
export interface PauseUntilDialogProps {
  readonly schedule: { readonly id: string; readonly name: string };
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Pauses a schedule until a date and a time of the reader's own clock. */
export function PauseUntilDialog({ schedule, isOpen, onClose }: PauseUntilDialogProps) {
  const [at, setAt] = useState('');
  const untilMs = Date.parse(at);
  const isPast = useTicking(useCallback((nowMs: number) => untilMs <= nowMs, [untilMs]));
  return (
    <Dialog
      title={`Pause “${schedule.name}” until`}
      isOpen={isOpen}
      onClose={onClose}
      buttons={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            variant="primary"
            isDisabled={Number.isNaN(untilMs) || isPast}
            onPress={() => {
              onClose();
              void pauseFor(untilChoice(untilMs), schedule);
            }}
          >
            Pause until then
          </Button>
        </>
      }
    >
      <WallTimeInput
        label="Until"
        value={at}
        onChange={setAt}
        fault={isPast ? 'That time has passed; choose a later one.' : null}
      />
    </Dialog>
  );
}
