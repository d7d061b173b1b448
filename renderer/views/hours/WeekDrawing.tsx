import { weekdays } from '../../../contract/trigger.ts';
import { DayBar } from './DayBar.tsx';
import type { HoursDraft } from './hours-draft.ts';
import styles from './WeekDrawing.module.css';
import { dayLetters, hoursWords, weekShape } from './week-shape.ts';

const allDay = [{ fromMinute: 0, toMinute: 24 * 60 }];

/** A week's hours drawn small, a bar a day, with the same in words for those who can't see it. */
export function WeekDrawing({ hours }: { readonly hours: HoursDraft }) {
  const shape = weekShape(hours.week);
  return (
    <div className={styles.drawing} role="img" aria-label={hoursWords(hours)}>
      {weekdays.map((day) => (
        <div key={day} className={styles.day}>
          <span className={styles.name} aria-hidden="true">
            {dayLetters[day]}
          </span>
          <DayBar stretches={hours.always ? allDay : (shape.get(day) ?? [])} />
        </div>
      ))}
      <div className={styles.scale} aria-hidden="true">
        {['00', '06', '12', '18', '24'].map((hour) => (
          <span key={hour}>{hour}</span>
        ))}
      </div>
    </div>
  );
}
