import type { Weekday } from '../../../contract/trigger.ts';
import { Button } from '../../components/Button.tsx';
import { ClosedFields, type ClosedPart } from './ClosedFields.tsx';
import { presets, type HoursDraft } from './hours-draft.ts';
import styles from './HoursFields.module.css';
import { WeekEditor } from './WeekEditor.tsx';

/** What the fields of active hours take. */
export interface HoursFieldsProps {
  readonly hours: HoursDraft;
  readonly onChange: (hours: HoursDraft) => void;
  readonly faultOf: (day: Weekday, index: number) => string | null;
  readonly closedFaultAt: (part: ClosedPart) => string | null;
  /** The zone in which a calendar's times are shown; left out: this computer's. */
  readonly timezone: string | undefined;
}

/** Active hours: a preset to begin with, days × windows, and what closes them whatever these say. */
export function HoursFields(props: HoursFieldsProps) {
  const { hours, onChange, faultOf, closedFaultAt, timezone } = props;
  const isClosedEver = hours.dates.length > 0 || hours.holidays !== null || hours.ics !== null;
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
          Open all day on every day{isClosedEver ? ', but for what is closed below' : ''}. Choose
          another beginning to set windows.
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
      <ClosedFields hours={hours} onChange={onChange} faultAt={closedFaultAt} timezone={timezone} />
    </div>
  );
}
