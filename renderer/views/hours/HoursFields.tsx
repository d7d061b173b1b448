import type { Weekday } from '../../../contract/trigger.ts';
import { Button } from '../../components/Button.tsx';
import { DateList } from './DateList.tsx';
import { presets, type HoursDraft } from './hours-draft.ts';
import styles from './HoursFields.module.css';
import { WeekEditor } from './WeekEditor.tsx';

/** What the fields of active hours take. */
export interface HoursFieldsProps {
  readonly hours: HoursDraft;
  readonly onChange: (hours: HoursDraft) => void;
  readonly faultOf: (day: Weekday, index: number) => string | null;
  readonly datesFault?: string | null;
  /** What else closes them that has no fields here: holidays, a calendar. Null: nothing. */
  readonly kept?: string | null;
}

/** Active hours: a preset to begin with, days × windows, and the dates left out. */
export function HoursFields(props: HoursFieldsProps) {
  const { hours, onChange, faultOf, datesFault = null, kept = null } = props;
  return (
    <div className={styles.hours}>
      <div className={styles.presets} role="group" aria-label="Begin with">
        <span className={styles.label}>Begin with</span>
        {presets.map(({ name, always, week }) => (
          <Button
            key={name}
            size="s"
            onPress={() => {
              onChange({ ...hours, always, week: always ? hours.week : week });
            }}
          >
            {name}
          </Button>
        ))}
      </div>
      {hours.always ? (
        <p className={styles.always}>
          Open all day on every day{hours.dates.length > 0 ? ', but for the dates below' : ''}.
          Choose another beginning to set windows.
        </p>
      ) : (
        <WeekEditor
          week={hours.week}
          faultOf={faultOf}
          onChange={(week) => {
            onChange({ ...hours, week });
          }}
        />
      )}
      <div className={styles.dates} data-field="hours.own.dates">
        <span className={styles.label}>Never on</span>
        <DateList
          dates={hours.dates}
          fault={datesFault}
          onChange={(dates) => {
            onChange({ ...hours, dates });
          }}
        />
      </div>
      {kept !== null && <p className={styles.kept}>{kept}</p>}
    </div>
  );
}
