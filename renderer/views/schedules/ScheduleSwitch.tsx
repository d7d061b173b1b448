import { useState } from 'react';
import type { ScheduleView } from '../../../contract/views.ts';
import { Switch } from '../../components/Switch.tsx';
import { setEnabled } from '../../state/schedule-actions.ts';

/** On or off. It moves at once and falls back where main refuses. */
export function ScheduleSwitch({ schedule }: { readonly schedule: ScheduleView }) {
  const [wanted, setWanted] = useState<boolean | null>(null);
  const change = async (enabled: boolean): Promise<void> => {
    setWanted(enabled);
    await setEnabled(schedule, enabled);
    setWanted(null);
  };
  return (
    <Switch
      aria-label={`${schedule.name} is on`}
      isSelected={wanted ?? schedule.enabled}
      onChange={(enabled) => void change(enabled)}
    />
  );
}
