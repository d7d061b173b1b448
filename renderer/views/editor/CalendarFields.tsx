import { Plus, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { weekdays } from '../../../contract/trigger.ts';
import { Button, IconButton } from '../../components/Button.tsx';
import { Chips } from '../../components/Chips.tsx';
import { Popover } from '../../components/Popover.tsx';
import { Tokens } from '../../components/Tokens.tsx';
import { dayLetters, dayNames } from '../hours/week-shape.ts';
import { TimeInput } from '../hours/TimeInput.tsx';
import {
  anotherTime,
  dayKind,
  dayWords,
  monthDays,
  monthLetters,
  withDays,
  type CalendarDay,
  type DayKind,
} from './calendar-draft.ts';
import styles from './CalendarFields.module.css';
import { useFaultAt, useField } from './form.ts';
import { NthWeekdays } from './NthWeekdays.tsx';

const every = 'every';
const weekdayChips = [
  { id: every, label: 'Every day' },
  ...weekdays.map((day) => ({ id: day, label: dayLetters[day], name: dayNames[day] })),
];
const monthDayChips = monthDays.map((day) => ({
  id: String(day),
  label: day === 'last' ? 'last' : String(day),
  name: dayWords(day),
}));
const monthChips = [
  { id: every, label: 'Every month' },
  ...monthLetters.map((label, index) => ({ id: String(index + 1), label })),
];

/** Times of day on chosen days, in chosen months. */
export function CalendarFields() {
  return (
    <>
      <Times />
      <Days />
      <Months />
    </>
  );
}

function Times() {
  const { value: times, change, leave } = useField('trigger.calendar.times');
  const fault = useFaultAt('trigger.calendar.times', true);
  const fields = useRef<HTMLDivElement>(null);
  const isAdding = useRef(false);
  // A time that was just added is the one to type into.
  useEffect(() => {
    if (!isAdding.current) return;
    isAdding.current = false;
    const added = [...(fields.current?.querySelectorAll('input') ?? [])].at(-1);
    added?.focus();
    added?.select();
  }, [times]);
  return (
    <div className={styles.field} role="group" aria-label="Times of day" ref={fields}>
      <span className={styles.label} aria-hidden="true">
        At
      </span>
      <div className={styles.times} data-field="trigger.calendar.times">
        {times.map((time, index) => (
          // Times may be alike while they are typed: only their place tells them apart.
          <Time
            key={index}
            index={index}
            time={time}
            isOnly={times.length === 1}
            onChange={(next) => {
              change(times.with(index, next));
            }}
            onLeave={leave}
            onRemove={() => {
              change(times.filter((_, other) => other !== index));
            }}
          />
        ))}
        <Button
          icon={<Plus />}
          variant="quiet"
          onPress={() => {
            isAdding.current = true;
            change([...times, anotherTime(times)]);
          }}
        >
          Add time
        </Button>
      </div>
      {fault !== null && <p className={styles.fault}>{fault}</p>}
      <TimeFaults count={times.length} />
    </div>
  );
}

interface TimeProps {
  readonly index: number;
  readonly time: string;
  readonly isOnly: boolean;
  readonly onChange: (time: string) => void;
  readonly onLeave: () => void;
  readonly onRemove: () => void;
}

function Time({ index, time, isOnly, onChange, onLeave, onRemove }: TimeProps) {
  const fault = useFaultAt(`trigger.calendar.times.${String(index)}`, true);
  return (
    <span className={styles.time} data-field={`trigger.calendar.times.${String(index)}`}>
      <TimeInput
        label={`Time ${String(index + 1)}`}
        size="m"
        value={time}
        isInvalid={fault !== null}
        onChange={onChange}
        onLeave={onLeave}
      />
      {!isOnly && (
        <IconButton label={`Remove ${time === '' ? 'this time' : time}`} onPress={onRemove}>
          <X aria-hidden="true" />
        </IconButton>
      )}
    </span>
  );
}

/** The first of the times that can't be read says why; the others are marked. */
function TimeFaults({ count }: { readonly count: number }) {
  return Array.from({ length: count }, (_, index) => <TimeFault key={index} index={index} />);
}

function TimeFault({ index }: { readonly index: number }) {
  const fault = useFaultAt(`trigger.calendar.times.${String(index)}`, true);
  return fault === null ? null : <p className={styles.fault}>{fault}</p>;
}

function Days() {
  const { value: on, change, fault } = useField('trigger.calendar.on');
  const ofKind = (kind: DayKind): readonly CalendarDay[] =>
    on.filter((day) => dayKind(day) === kind);
  const others = on.filter((day) => dayKind(day) !== 'weekday');
  return (
    <div className={styles.field} data-field="trigger.calendar.on" role="group" aria-label="Days">
      <span className={styles.label} aria-hidden="true">
        On
      </span>
      <Chips
        aria-label="Weekdays"
        chips={weekdayChips}
        chosen={on.length === 0 ? [every] : ofKind('weekday').map(String)}
        onChange={(keys) => {
          const isAllPressed = keys.has(every) && on.length > 0;
          change(
            isAllPressed
              ? []
              : withDays(
                  on,
                  'weekday',
                  weekdays.filter((day) => keys.has(day)),
                ),
          );
        }}
      />
      <div className={styles.more}>
        {others.length > 0 && (
          <Tokens
            aria-label="Other days"
            tokens={others.map((day) => ({
              id: String(day),
              words: dayWords(day),
              removeLabel: `Remove ${dayWords(day)}`,
            }))}
            onRemove={(id) => {
              change(on.filter((day) => String(day) !== id));
            }}
          />
        )}
        <MonthDays
          chosen={ofKind('monthDay')}
          onChange={(chosen) => {
            change(withDays(on, 'monthDay', chosen));
          }}
        />
        <NthWeekdays
          chosen={ofKind('nth')}
          onChange={(chosen) => {
            change(withDays(on, 'nth', chosen));
          }}
        />
      </div>
      {fault !== null && <p className={styles.fault}>{fault}</p>}
    </div>
  );
}

/** What a choice of days takes. */
interface DayChoiceProps {
  readonly chosen: readonly CalendarDay[];
  readonly onChange: (chosen: readonly CalendarDay[]) => void;
}

function MonthDays({ chosen, onChange }: DayChoiceProps) {
  return (
    <Popover
      title="Days of the month"
      button={
        <Button size="s" variant="quiet" icon={<Plus />}>
          Day of the month
        </Button>
      }
    >
      <div className={styles.choice}>
        <Chips
          aria-label="Days of the month"
          columns={7}
          chips={monthDayChips}
          chosen={chosen.map(String)}
          onChange={(keys) => {
            onChange(monthDays.filter((day) => keys.has(String(day))));
          }}
        />
      </div>
      <p className={styles.help}>
        Months that have no such day are left out; the last day is in each.
      </p>
    </Popover>
  );
}

function Months() {
  const { value: months, change, fault } = useField('trigger.calendar.months');
  return (
    <div className={styles.field} data-field="trigger.calendar.months">
      <span className={styles.label} aria-hidden="true">
        In
      </span>
      <Chips
        aria-label="Months"
        chips={monthChips}
        chosen={months.length === 0 ? [every] : months.map(String)}
        onChange={(keys) => {
          const isAllPressed = keys.has(every) && months.length > 0;
          const chosen = monthLetters.flatMap((_, index) =>
            keys.has(String(index + 1)) ? [index + 1] : [],
          );
          change(isAllPressed ? [] : chosen);
        }}
      />
      {fault !== null && <p className={styles.fault}>{fault}</p>}
    </div>
  );
}
