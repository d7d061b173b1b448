import type { SettingsView } from '../../../contract/settings.ts';
import type { HostView } from '../../../contract/views.ts';
import { Segmented } from '../../components/Segmented.tsx';
import { Switch } from '../../components/Switch.tsx';
import { SettingRow } from './SettingRow.tsx';
import { useSetting } from './use-setting.ts';

/** What these rows take. */
export interface WindowRowsProps {
  readonly settings: SettingsView;
  readonly host: HostView;
}

/** Start at login, what close does, and the theme. */
export function WindowRows({ settings, host }: WindowRowsProps) {
  const startAtLogin = useSetting(settings, 'startAtLogin');
  const onClose = useSetting(settings, 'onClose');
  const theme = useSetting(settings, 'theme');
  const { loginItem, tray } = host.abilities;
  return (
    <>
      <SettingRow
        name="Start at login"
        help={
          loginItem
            ? 'Jackdaw starts hidden, in the tray, when you log in.'
            : 'Only the desktop app can start at login. This is the headless host; your system’s service manager can start it.'
        }
        lockedBy={startAtLogin.lockedBy}
        right
      >
        <Switch
          aria-label="Start at login"
          isSelected={startAtLogin.value === true}
          isDisabled={!loginItem || startAtLogin.isLocked}
          onChange={startAtLogin.change}
        />
      </SettingRow>
      <SettingRow
        name="Closing the window"
        help={
          tray
            ? 'Hidden, Jackdaw goes on in the tray. Schedules don’t run while it is quit.'
            : 'There is no tray here to hide in, so closing the window never hides Jackdaw.'
        }
        lockedBy={onClose.lockedBy}
        right
      >
        <Segmented
          aria-label="Closing the window"
          choices={[
            { id: 'hide', label: 'Hides it' },
            { id: 'quit', label: 'Quits' },
          ]}
          value={onClose.value}
          isDisabled={!tray || onClose.isLocked}
          onChange={onClose.change}
        />
      </SettingRow>
      <SettingRow name="Theme" lockedBy={theme.lockedBy} right>
        <Segmented
          aria-label="Theme"
          choices={[
            { id: 'system', label: 'System' },
            { id: 'light', label: 'Light' },
            { id: 'dark', label: 'Dark' },
          ]}
          value={theme.value}
          isDisabled={theme.isLocked}
          onChange={theme.change}
        />
      </SettingRow>
    </>
  );
}
