import { Copy, Plus, X } from 'lucide-react';
import { weekdays, type Weekday } from '../../../contract/trigger.ts';
import { IconButton } from '../../components/Button.tsx';
import { Menu } from '../../components/Menu.tsx';
import { DayBar } from './DayBar.tsx';
import { copyDay, withDay, type WeekDraft, type WindowDraft } from './hours-draft.ts';
import { TimeInput } from './TimeInput.tsx';
import { timeMinutes, timeText } from './wall-time.ts';
import styles from './WeekEditor.module.css';
import { dayLetters, dayNames, weekShape } from './week-shape.ts';

/** What a week editor takes. */
export interface WeekEditorProps {
  readonly week: WeekDraft;
  readonly onChange: (week: WeekDraft) => void;
  /** What is wrong with one window, by day and place; null where nothing is. */
  readonly faultOf: (day: Weekday, index: number) => string | null;
}

const workdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];
const lengthMinutes = 4 * 60;
const lastMinute = 24 * 60;

/** A window to begin with: office hours on a closed day, else a few hours after the last close. */
function nextWindow(windows: readonly WindowDraft[]): WindowDraft {
  const last = windows.at(-1);
  const closes = last === undefined ? null : timeMinutes(last.closes);
  if (closes === null || closes > lastMinute - 2 * 60) return { opens: '09:00', closes: '17:00' };
  const opens = closes + 60;
  return { opens: timeText(opens), closes: timeText(Math.min(opens + lengthMinutes, lastMinute)) };
}

/** Days × windows: each day's open windows as times, drawn below them; any day copied to others. */
export function WeekEditor({ week, onChange, faultOf }: WeekEditorProps) {
  const shape = weekShape(week);
  return (
    <div className={styles.week} role="group" aria-label="Open windows by weekday">
      {weekdays.map((day) => (
        <div
          key={day}
          className={styles.day}
          role="group"
          aria-label={dayNames[day]}
          data-field={`hours.own.week.${day}`}
        >
          <span className={styles.name} aria-hidden="true">
            {dayLetters[day]}
          </span>
          <div className={styles.windows}>
            {week[day].length === 0 && <span className={styles.closed}>Closed</span>}
            {week[day].map((window, index) => (
              <WindowFields
                // The order is the identity: windows have no names, and their times change as one types.
                key={index}
                day={day}
                place={week[day].length > 1 ? ` window ${String(index + 1)}` : ''}
                window={window}
                isInvalid={faultOf(day, index) !== null}
                onChange={(next) => {
                  onChange(withDay(week, day, week[day].with(index, next)));
                }}
                onRemove={() => {
                  onChange(withDay(week, day, week[day].toSpliced(index, 1)));
                }}
              />
            ))}
          </div>
          <div className={styles.actions}>
            <IconButton
              label={`Add a window on ${dayNames[day]}`}
              onPress={() => {
                onChange(withDay(week, day, [...week[day], nextWindow(week[day])]));
              }}
            >
              <Plus aria-hidden="true" />
            </IconButton>
            <CopyMenu
              day={day}
              onCopy={(to) => {
                onChange(copyDay(week, day, to));
              }}
            />
          </div>
          <div className={styles.drawn}>
            <DayBar stretches={shape.get(day) ?? []} />
          </div>
          <DayFault faults={week[day].map((_, index) => faultOf(day, index))} />
        </div>
      ))}
    </div>
  );
}

interface WindowFieldsProps {
  readonly day: Weekday;
  readonly place: string;
  readonly window: WindowDraft;
  readonly isInvalid: boolean;
  readonly onChange: (window: WindowDraft) => void;
  readonly onRemove: () => void;
}

function WindowFields({ day, place, window, isInvalid, onChange, onRemove }: WindowFieldsProps) {
  const opens = timeMinutes(window.opens);
  const closes = timeMinutes(window.closes);
  const isOvernight = opens !== null && closes !== null && closes < opens;
  return (
    <span className={styles.window}>
      <TimeInput
        label={`${dayNames[day]}${place} opens`}
        value={window.opens}
        isInvalid={isInvalid}
        onChange={(text) => {
          onChange({ ...window, opens: text });
        }}
      />
      <span aria-hidden="true">–</span>
      <TimeInput
        label={`${dayNames[day]}${place} closes`}
        value={window.closes}
        last="24:00"
        isInvalid={isInvalid}
        onChange={(text) => {
          onChange({ ...window, closes: text });
        }}
      />
      {isOvernight && (
        <span className={styles.overnight} title="Closes on the next day">
          +1<span className={styles.unseen}> day: closes on the next day</span>
        </span>
      )}
      <IconButton label={`Remove ${dayNames[day]}${place}`} onPress={onRemove}>
        <X aria-hidden="true" />
      </IconButton>
    </span>
  );
}

interface CopyMenuProps {
  readonly day: Weekday;
  readonly onCopy: (to: readonly Weekday[]) => void;
}

function CopyMenu({ day, onCopy }: CopyMenuProps) {
  const copy = (to: readonly Weekday[]) => () => {
    onCopy(to);
  };
  return (
    <Menu
      label={`Copy ${dayNames[day]} to`}
      heading={`Copy ${dayNames[day]} to`}
      button={
        <IconButton label={`Copy ${dayNames[day]} to other days`} tip={false}>
          <Copy aria-hidden="true" />
        </IconButton>
      }
      entries={[
        { id: 'every', label: 'Every day', onAction: copy(weekdays) },
        { id: 'workdays', label: 'Monday to Friday', onAction: copy(workdays) },
        { id: 'weekend', label: 'Saturday and Sunday', onAction: copy(['sat', 'sun']) },
        { kind: 'line', id: 'line' },
        ...weekdays
          .filter((other) => other !== day)
          .map((other) => ({ id: other, label: dayNames[other], onAction: copy([other]) })),
      ]}
    />
  );
}

function DayFault({ faults }: { readonly faults: readonly (string | null)[] }) {
  const fault = faults.find((one) => one !== null);
  return fault === undefined ? null : (
    <p className={styles.fault} role="status">
      {fault}
    </p>
  );
}
