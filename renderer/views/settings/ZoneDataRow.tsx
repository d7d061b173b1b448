import { useCallback } from 'react';
import type { HostView } from '../../../contract/views.ts';
import type { ZoneComparison } from '../../../contract/zones.ts';
import { Banner } from '../../components/Banner.tsx';
import { dateText } from '../../time/words.ts';
import { useTicking } from '../../time/use-ticking.ts';
import { SettingRow } from './SettingRow.tsx';
import styles from './SettingsView.module.css';

/** The edition of the zone data in use, the one before it, and whether this computer's own agrees. */
export function ZoneDataRow({ host }: { readonly host: HostView }) {
  const { was, comparison } = host.zones;
  const before = useTicking(
    useCallback(
      (nowMs: number) =>
        was === null ? '' : ` (was ${was.tz} until ${dateText(Date.parse(was.until), nowMs)})`,
      [was],
    ),
  );
  return (
    <>
      <SettingRow
        name="Zone data"
        help="The edition of the world’s rules for clocks that runs go by."
      >
        <p className={styles.value}>
          {host.tz}
          {before}
        </p>
        {comparison !== null && <p className={styles.value}>{comparedWords(comparison)}</p>}
      </SettingRow>
      {comparison !== null && comparison.differences.length > 0 && (
        <div className={styles.findings}>
          {comparison.differences.map(({ zone, text }) => (
            <Banner key={zone} tone="person">
              {text}
            </Banner>
          ))}
        </div>
      )}
    </>
  );
}

function comparedWords({ system, agreed, untold, differences }: ZoneComparison): string {
  if (agreed + differences.length === 0)
    return 'This computer has no zone data of its own to compare it with.';
  const own = `This computer’s own${system === null ? '' : ` (${system})`}`;
  const rest = untold.length === 0 ? '' : `, but can’t tell about ${untold.join(', ')}`;
  return `${own} ${differences.length === 0 ? 'agrees' : 'differs'}${rest}.`;
}
