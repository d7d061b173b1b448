import { Copy, FolderOpen } from 'lucide-react';
import type { HostView } from '../../../contract/views.ts';
import { IconButton } from '../../components/Button.tsx';
import { perform } from '../../state/client.ts';
import { say, sayFailure } from '../../state/toasts.ts';
import { SettingRow } from './SettingRow.tsx';
import styles from './SettingsView.module.css';
import { ZoneDataRow } from './ZoneDataRow.tsx';

/** Where the data lies, and what this Jackdaw is. */
export function AboutRows({ host }: { readonly host: HostView }) {
  return (
    <>
      <SettingRow name="Data folder" help="Schedules, history and rows, in one database.">
        <Folder path={host.dataFolder} folder="data" canOpen={host.abilities.openFolder} />
      </SettingRow>
      <SettingRow name="Log folder" help="What the scheduler did, line by line.">
        <Folder path={host.logFolder} folder="log" canOpen={host.abilities.openFolder} />
      </SettingRow>
      <SettingRow name="Version">
        <p className={styles.value}>{host.version}</p>
      </SettingRow>
      <ZoneDataRow host={host} />
      <SettingRow
        name="Holidays and calendars"
        help="The work of others that Jackdaw tells days off by."
      >
        <p className={styles.value}>
          Public holidays: date-holidays, data under CC BY-SA 3.0, after Wikipedia. Calendars:
          ical.js, MPL 2.0.
        </p>
      </SettingRow>
    </>
  );
}

function Folder({
  path,
  folder,
  canOpen,
}: {
  readonly path: string;
  readonly folder: 'data' | 'log';
  readonly canOpen: boolean;
}) {
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(path);
      say('The path was copied.');
    } catch {
      sayFailure('The clipboard can’t be used here. Select the path and copy it yourself.');
    }
  };
  return (
    <div className={styles.path}>
      <code title={path}>
        <bdi>{path}</bdi>
      </code>
      <IconButton label={`Copy the path of the ${folder} folder`} onPress={() => void copy()}>
        <Copy aria-hidden="true" />
      </IconButton>
      {canOpen && (
        <IconButton
          label={`Open the ${folder} folder`}
          onPress={() => void perform('openFolder', { folder })}
        >
          <FolderOpen aria-hidden="true" />
        </IconButton>
      )}
    </div>
  );
}
