import { useEffect, useState } from 'react';
import type { Backup, BackupKind } from '../../../contract/backups.ts';
import type { SettingsView } from '../../../contract/settings.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { RelativeTime } from '../../components/RelativeTime.tsx';
import { backUp, fetchBackups, restoreBackup, useBackups } from '../../state/use-backups.ts';
import { useRuns } from '../../state/use-runs.ts';
import { fullText } from '../../time/words.ts';
import styles from './BackupRows.module.css';
import { SettingRow } from './SettingRow.tsx';
import { SettingText } from './SettingText.tsx';
import settingsStyles from './SettingsView.module.css';
import { useSetting } from './use-setting.ts';

const kindWords: Readonly<Record<BackupKind, string>> = {
  daily: 'each day',
  manual: 'by hand',
  'before-upgrade': 'before an upgrade',
};

/** The backups there are, one made now, one restored; and how long history is kept. */
export function BackupRows({ settings }: { readonly settings: SettingsView }) {
  const { backups, problem, isBusy } = useBackups();
  const snapshots = useRuns((state) => state.snapshots);
  const [asked, setAsked] = useState<Backup | null>(null);
  const keepHistory = useSetting(settings, 'keepHistory');
  useEffect(() => void fetchBackups(), [snapshots]);
  return (
    <>
      <SettingRow
        name="Backups"
        help="The database is copied and checked once a day; seven of each kind are kept."
        right
      >
        <Button isPending={isBusy} onPress={() => void backUp()}>
          Back up now
        </Button>
      </SettingRow>
      {problem !== null && <p className={styles.problem}>{problem}</p>}
      {backups?.length === 0 && (
        <p className={styles.none}>
          None yet. The first is made a minute and a half after a start.
        </p>
      )}
      {backups !== null && backups.length > 0 && (
        <ul className={styles.list} aria-label="Backups">
          {backups.map((backup) => (
            <BackupLine
              key={backup.name}
              backup={backup}
              isDisabled={isBusy}
              onRestore={() => setAsked(backup)}
            />
          ))}
        </ul>
      )}
      <SettingRow
        name="Keep history"
        help="Runs, skipped and missed slots and records that are gone. One whole number and d, from 1d to 3650d; of one schedule at the most the newest 50,000."
        lockedBy={keepHistory.lockedBy}
        right
      >
        <div className={settingsStyles.short}>
          <SettingText
            aria-label="Keep history"
            value={keepHistory.value}
            fault={keepHistory.fault}
            isDisabled={keepHistory.isLocked}
            onSave={keepHistory.change}
          />
        </div>
      </SettingRow>
      <RestoreQuestion
        backup={asked}
        onClose={() => setAsked(null)}
        onRestore={(backup) => {
          setAsked(null);
          void restoreBackup(backup);
        }}
      />
    </>
  );
}

function sizeText(bytes: number): string {
  return `${(bytes / 1_000_000).toLocaleString('en', { maximumFractionDigits: 1, minimumFractionDigits: 1 })} MB`;
}

function BackupLine({
  backup,
  isDisabled,
  onRestore,
}: {
  readonly backup: Backup;
  readonly isDisabled: boolean;
  readonly onRestore: () => void;
}) {
  return (
    <li className={styles.line}>
      <RelativeTime at={backup.at} absolute="beside" />
      <span className={styles.kind}>{kindWords[backup.kind]}</span>
      <span className={styles.size}>{sizeText(backup.bytes)}</span>
      <Button
        variant="quiet"
        size="s"
        aria-label={`Restore ${backup.name}`}
        isDisabled={isDisabled}
        onPress={onRestore}
      >
        Restore…
      </Button>
    </li>
  );
}

function RestoreQuestion({
  backup,
  onClose,
  onRestore,
}: {
  readonly backup: Backup | null;
  readonly onClose: () => void;
  readonly onRestore: (backup: Backup) => void;
}) {
  const atMs = backup === null ? 0 : Date.parse(backup.at);
  return (
    <Dialog
      title={backup === null ? '' : `Restore the backup of ${fullText(atMs)}?`}
      isOpen={backup !== null}
      onClose={onClose}
      buttons={
        <>
          <Button onPress={onClose}>Not now</Button>
          <Button
            variant="danger"
            onPress={() => {
              if (backup !== null) onRestore(backup);
            }}
          >
            Restore it
          </Button>
        </>
      }
    >
      <p>
        Schedules, settings, history and rows become what they were then. Runs going on are
        cancelled, and nothing that was due since then is caught up.
      </p>
      <p>The database of now isn’t lost: it is set aside in the data folder.</p>
    </Dialog>
  );
}
