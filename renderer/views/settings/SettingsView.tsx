import { Loading } from '../../components/States.tsx';
import { View } from '../../components/View.tsx';
import { useHost } from '../../state/use-host.ts';
import { useSettings } from '../../state/use-settings.ts';
import { AboutRows } from './AboutRows.tsx';
import { BackupRows } from './BackupRows.tsx';
import { ReadingRows } from './ReadingRows.tsx';
import { SettingsSection } from './SettingRow.tsx';
import styles from './SettingsView.module.css';
import { TimeRows } from './TimeRows.tsx';
import { WindowRows } from './WindowRows.tsx';

/** The host's settings. Each is in force as soon as it is changed, in every window. */
export function SettingsView() {
  const settings = useSettings((state) => state.settings);
  const host = useHost((state) => state.host);
  if (settings === null || host === null)
    return (
      <View title="Settings" flush>
        <Loading label="Loading the settings" rows={6} />
      </View>
    );
  return (
    <View title="Settings">
      <div className={styles.page}>
        <SettingsSection title="App">
          <WindowRows settings={settings} host={host} />
        </SettingsSection>
        <SettingsSection title="Time">
          <TimeRows settings={settings} host={host} />
        </SettingsSection>
        <SettingsSection title="Reading">
          <ReadingRows settings={settings} />
        </SettingsSection>
        <SettingsSection title="Backups and history">
          <BackupRows settings={settings} />
        </SettingsSection>
        <SettingsSection title="This Jackdaw">
          <AboutRows host={host} />
        </SettingsSection>
      </div>
    </View>
  );
}
