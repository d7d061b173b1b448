import type { SettingsView } from '../../../contract/settings.ts';
import type { HostView } from '../../../contract/views.ts';
import { ComboBox } from '../../components/ComboBox.tsx';
import { Select, type Choice } from '../../components/Select.tsx';
import { hoursName, useHours } from '../../state/use-hours.ts';
import { SettingRow } from './SettingRow.tsx';
import { useSetting } from './use-setting.ts';

const always = 'always';
const thisComputer = 'computer';

const zones: readonly Choice[] = Intl.supportedValuesOf('timeZone').map((zone) => ({
  id: zone,
  label: zone.replaceAll('_', ' '),
}));

/** What these rows take. */
export interface TimeRowsProps {
  readonly settings: SettingsView;
  readonly host: HostView;
}

/** The zone and the hours of schedules that name none. */
export function TimeRows({ settings, host }: TimeRowsProps) {
  const timezone = useSetting(settings, 'timezone');
  const defaultHours = useSetting(settings, 'defaultHours');
  const hours = useHours((state) => state.hours) ?? [];
  return (
    <>
      <SettingRow
        name="Default time zone"
        help="For schedules that name none. Rules keep their wall-clock times over daylight saving."
        lockedBy={timezone.lockedBy}
      >
        <ComboBox
          aria-label="Default time zone"
          choices={[
            { id: thisComputer, label: `This computer’s (${host.timezone.replaceAll('_', ' ')})` },
            ...withKnown(timezone.value),
          ]}
          value={timezone.value ?? thisComputer}
          fault={timezone.fault}
          isDisabled={timezone.isLocked}
          onChange={(zone) => timezone.change(zone === thisComputer ? null : zone)}
        />
      </SettingRow>
      <SettingRow
        name="Default hours"
        help="For schedules that name none."
        lockedBy={defaultHours.lockedBy}
      >
        <Select
          aria-label="Default hours"
          choices={[
            { id: always, label: 'Always' },
            ...hours.map((view) => ({ id: view.profile.id, label: hoursName(view) })),
          ]}
          value={defaultHours.value}
          fault={defaultHours.fault}
          isDisabled={defaultHours.isLocked}
          onChange={defaultHours.change}
        />
      </SettingRow>
    </>
  );
}

/** All zones this browser lists, and the one in force where it is an older name of one of them. */
function withKnown(zone: string | null): readonly Choice[] {
  if (zone === null || zones.some(({ id }) => id === zone)) return zones;
  return [{ id: zone, label: zone.replaceAll('_', ' ') }, ...zones];
}
