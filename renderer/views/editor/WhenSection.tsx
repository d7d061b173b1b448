import { memo } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { Segmented } from '../../components/Segmented.tsx';
import type { ScheduleDraft } from './draft.ts';
import { DurationInput, TextInput, TimeOfDayInput } from './fields.tsx';
import { useField, useFaultAt } from './form.ts';
import { Section } from './Section.tsx';
import { isWholeDays } from './trigger-draft.ts';
import styles from './WhenSection.module.css';

/** What the when section takes. */
export interface WhenSectionProps {
  /** The trigger as main's sentence; empty while it can't be read. */
  readonly sentence: string;
  /** The words of a stored trigger that this form has no fields for; null where it has. */
  readonly kept: string | null;
}

const kinds = [
  { id: 'interval', label: 'Every so often' },
  { id: 'cron', label: 'Cron' },
] as const;

/** When the schedule runs in principle. */
export const WhenSection = memo(function WhenSection({ sentence, kept }: WhenSectionProps) {
  const kind = useField('trigger.kind');
  const fault = useFaultAt('trigger', true);
  const choices = kept === null ? kinds : [...kinds, { id: 'kept', label: 'As it is' } as const];
  return (
    <Section title="When" note={sentence === '' ? undefined : sentence}>
      <div data-field="trigger">
        <Segmented
          aria-label="Kind of trigger"
          choices={choices}
          value={kind.value}
          onChange={kind.change}
        />
      </div>
      {kind.value === 'interval' && <IntervalFields />}
      {kind.value === 'cron' && (
        <TextInput
          name="trigger.expression"
          label="Cron expression"
          mono
          placeholder="*/15 9-17 * * 1-5"
          description="Minute, hour, day of the month, month, weekday; with six fields, seconds come first."
        />
      )}
      {kind.value === 'kept' && (
        <div className={styles.kept}>
          <p>{kept}</p>
          <p className={styles.help}>
            This trigger came from a schedule file. It stays as it is unless you choose another
            kind.
          </p>
        </div>
      )}
      {fault !== null && <p className={styles.fault}>{fault}</p>}
    </Section>
  );
});

/** Today's date on this computer's clock, as a first date to begin with. */
function today(): string {
  const now = new Date();
  const [month, day] = [now.getMonth() + 1, now.getDate()].map((part) =>
    String(part).padStart(2, '0'),
  );
  return `${String(now.getFullYear())}-${month ?? ''}-${day ?? ''}`;
}

function IntervalFields() {
  const { control, getValues, setValue } = useFormContext<ScheduleDraft>();
  const every = useWatch({ control, name: 'trigger.every' });
  const fillDays = (duration: string): void => {
    if (isWholeDays(duration) && getValues('trigger.from') === '')
      setValue('trigger.from', today(), { shouldDirty: true });
  };
  return (
    <div className={styles.interval}>
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
