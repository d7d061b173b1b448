import { ListBox, ListBoxItem, Text } from 'react-aria-components';
import type { HoursView as Profile } from '../../../contract/views.ts';
import { hoursName } from '../../state/use-hours.ts';
import { useSettings } from '../../state/use-settings.ts';
import { toHoursDraft } from './hours-draft.ts';
import styles from './ProfileList.module.css';
import { hoursWords } from './week-shape.ts';

/** What the list of named hours takes. */
export interface ProfileListProps {
  readonly profiles: readonly Profile[];
  /** The id of the one shown beside the list. */
  readonly shown: string | null;
  readonly onShow: (id: string) => void;
}

function usedWords(count: number): string {
  if (count === 0) return 'kept by none';
  return count === 1 ? 'kept by 1 schedule' : `kept by ${String(count)} schedules`;
}

/** The named hours, each in words, with how many schedules keep it. */
export function ProfileList({ profiles, shown, onShow }: ProfileListProps) {
  const defaultId = useSettings(({ settings }) => settings?.values.defaultHours);
  return (
    <ListBox
      aria-label="Named hours"
      className={styles.list ?? ''}
      selectionMode="single"
      selectedKeys={shown === null ? [] : [shown]}
      onAction={(key) => {
        onShow(String(key));
      }}
      onSelectionChange={(keys) => {
        const [key] = keys === 'all' ? [] : [...keys];
        if (key !== undefined && key !== shown) onShow(String(key));
      }}
    >
      {profiles.map((view) => (
        <ListBoxItem
          key={view.profile.id}
          id={view.profile.id}
          textValue={hoursName(view)}
          className={styles.item ?? ''}
        >
          <Text slot="label" className={styles.name}>
            {hoursName(view)}
            {view.profile.id === defaultId && <span className={styles.mark}>default</span>}
          </Text>
          <Text slot="description" className={styles.words}>
            {hoursWords(toHoursDraft(view.profile))}
            <span className={styles.used}>{usedWords(view.usedBy.length)}</span>
          </Text>
        </ListBoxItem>
      ))}
    </ListBox>
  );
}
