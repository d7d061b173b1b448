import { useFormContext, useWatch } from 'react-hook-form';
import { localDate } from './dates.ts';
import type { ScheduleDraft } from './draft.ts';
import { DurationInput, TextInput, TimeOfDayInput } from './fields.tsx';
import { isWholeDays } from './trigger-draft.ts';
import styles from './WhenSection.module.css';

/** Every so often: up to a day counted from a time, or whole days from a date. */
export function IntervalFields() {
  const { control, getValues, setValue } = useFormContext<ScheduleDraft>();
  const every = useWatch({ control, name: 'trigger.every' });
  const fillDays = (duration: string): void => {
    if (isWholeDays(duration) && getValues('trigger.from') === '')
      setValue('trigger.from', localDate(0), { shouldDirty: true });
  };
  return (
    <div className={styles.line}>
      <DurationInput name="trigger.every" label="Every" onEdit={fillDays} />
      {isWholeDays(every) ? (
        <>
          <TimeOfDayInput name="trigger.at" label="At" />
          <TextInput name="trigger.from" label="From" type="date" className={styles.date} />
        </>
      ) : (
        <TimeOfDayInput name="trigger.anchor" label="Counted each day from" />
      )}
    </div>
  );
}
