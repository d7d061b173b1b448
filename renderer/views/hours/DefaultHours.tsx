import { useState } from 'react';
import type { HoursView as Profile } from '../../../contract/views.ts';
import { Select } from '../../components/Select.tsx';
import { call } from '../../state/client.ts';
import { hoursName } from '../../state/use-hours.ts';
import { useSettings } from '../../state/use-settings.ts';

/** Which hours schedules keep that choose none; changed at once. */
export function DefaultHours({ profiles }: { readonly profiles: readonly Profile[] }) {
  const settings = useSettings((state) => state.settings);
  const [fault, setFault] = useState<string | null>(null);
  if (settings === null) return null;
  const lockedBy = settings.locked.defaultHours;
  return (
    <Select
      label="Default hours"
      description={
        lockedBy === undefined
          ? 'Kept by schedules that choose none.'
          : `Set by the environment (${lockedBy}).`
      }
      fault={fault}
      isDisabled={lockedBy !== undefined}
      choices={[
        { id: 'always', label: 'Always' },
        ...profiles.map((view) => ({ id: view.profile.id, label: hoursName(view) })),
      ]}
      value={settings.values.defaultHours}
      onChange={(defaultHours) => {
        void call('changeSettings', { defaultHours }).then((result) => {
          setFault(result.ok ? null : result.message);
        });
      }}
    />
  );
}
