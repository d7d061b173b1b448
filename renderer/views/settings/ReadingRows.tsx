import type { SettingsView } from '../../../contract/settings.ts';
import { NumberField } from '../../components/NumberField.tsx';
import { SettingRow } from './SettingRow.tsx';
import { SettingText } from './SettingText.tsx';
import styles from './SettingsView.module.css';
import { useSetting } from './use-setting.ts';

/** How many runs at once, how gently, and who the site's owner may write to. */
export function ReadingRows({ settings }: { readonly settings: SettingsView }) {
  const concurrency = useSetting(settings, 'concurrency');
  const runsPerHost = useSetting(settings, 'runsPerHost');
  const hostGap = useSetting(settings, 'hostGap');
  const contact = useSetting(settings, 'contact');
  return (
    <>
      <SettingRow
        name="Runs at once"
        help="More wait in a queue."
        lockedBy={concurrency.lockedBy}
        right
      >
        <NumberField
          aria-label="Runs at once"
          value={concurrency.value}
          minimum={1}
          maximum={32}
          fault={concurrency.fault}
          isDisabled={concurrency.isLocked}
          onChange={concurrency.change}
        />
      </SettingRow>
      <SettingRow
        name="Of these on one host"
        help="Others may read elsewhere meanwhile."
        lockedBy={runsPerHost.lockedBy}
        right
      >
        <NumberField
          aria-label="Runs at once on one host"
          value={runsPerHost.value}
          minimum={1}
          maximum={32}
          fault={runsPerHost.fault}
          isDisabled={runsPerHost.isLocked}
          onChange={runsPerHost.change}
        />
      </SettingRow>
      <SettingRow
        name="Gap between two requests to one host"
        help="One whole number and s, m or h, as 1s. None on this computer’s own addresses."
        lockedBy={hostGap.lockedBy}
        right
      >
        <div className={styles.short}>
          <SettingText
            aria-label="Gap between two requests to one host"
            value={hostGap.value}
            fault={hostGap.fault}
            isDisabled={hostGap.isLocked}
            onSave={hostGap.change}
          />
        </div>
      </SettingRow>
      <SettingRow
        name="Contact"
        help="A web page or e-mail address. Each request carries it, so that a site’s owner can reach you."
        lockedBy={contact.lockedBy}
      >
        <SettingText
          aria-label="Contact"
          value={contact.value}
          fault={contact.fault}
          isDisabled={contact.isLocked}
          onSave={contact.change}
        />
      </SettingRow>
    </>
  );
}
