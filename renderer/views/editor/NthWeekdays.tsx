import { Plus } from 'lucide-react';
import { weekdays } from '../../../contract/trigger.ts';
import { Button } from '../../components/Button.tsx';
import { Chips } from '../../components/Chips.tsx';
import { Popover } from '../../components/Popover.tsx';
import { dayLetters } from '../hours/week-shape.ts';
import { dayWords, nthName, nths, nthWeekdays, type CalendarDay } from './calendar-draft.ts';
import styles from './CalendarFields.module.css';

/** What the choice takes. */
export interface NthWeekdaysProps {
  readonly chosen: readonly CalendarDay[];
  readonly onChange: (chosen: readonly CalendarDay[]) => void;
}

/** Weekdays counted within the month, a row a week: the first Monday, the last Friday. */
export function NthWeekdays({ chosen, onChange }: NthWeekdaysProps) {
  return (
    <Popover
      title="Nth weekdays"
      button={
        <Button size="s" variant="quiet" icon={<Plus />}>
          Nth weekday
        </Button>
      }
    >
      <div className={styles.weeks}>
        {nths.map((nth) => {
          const ending = `#${nth}`;
          const others = chosen.filter((day) => !String(day).endsWith(ending));
          return (
            <div key={nth} className={styles.week}>
              <span className={styles.nth} aria-hidden="true">
                {nthName(nth)}
              </span>
              <Chips
                aria-label={`${nthName(nth)} week`}
                columns={7}
                chips={weekdays.map((day) => ({
                  id: `${day}${ending}`,
                  label: dayLetters[day],
                  name: dayWords(`${day}${ending}`),
                }))}
                chosen={chosen.map(String).filter((day) => day.endsWith(ending))}
                onChange={(keys) => {
                  const here = nthWeekdays.filter((day) => keys.has(String(day)));
                  onChange([...others, ...here]);
                }}
              />
            </div>
          );
        })}
      </div>
      <p className={styles.help}>A fifth one is not in every month; the last one is.</p>
    </Popover>
  );
}
