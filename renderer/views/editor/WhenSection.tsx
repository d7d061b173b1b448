import { memo } from 'react';
import { useFormContext } from 'react-hook-form';
import { assertNever } from '../../assert-never.ts';
import { Segmented } from '../../components/Segmented.tsx';
import { AfterFields } from './AfterFields.tsx';
import { CalendarFields } from './CalendarFields.tsx';
import { CronFields } from './CronFields.tsx';
import { localDate } from './dates.ts';
import type { ScheduleDraft } from './draft.ts';
import { useFaultAt, useField } from './form.ts';
import { IntervalFields } from './IntervalFields.tsx';
import { OnceFields } from './OnceFields.tsx';
import { Section } from './Section.tsx';
import type { TriggerKind } from './trigger-draft.ts';
import styles from './WhenSection.module.css';

/** What the when section takes. */
export interface WhenSectionProps {
  /** The trigger as main's sentence; empty while it can't be read. */
  readonly sentence: string;
}

const kinds = [
  { id: 'interval', label: 'Every so often' },
  { id: 'calendar', label: 'On days' },
  { id: 'cron', label: 'Cron' },
  { id: 'once', label: 'Once' },
  { id: 'after', label: 'After another' },
] as const;

/** When the schedule runs in principle. */
export const WhenSection = memo(function WhenSection({ sentence }: WhenSectionProps) {
  const { getValues, setValue } = useFormContext<ScheduleDraft>();
  const kind = useField('trigger.kind');
  const fault = useFaultAt('trigger', true);
  const choose = (next: TriggerKind): void => {
    // Tomorrow at nine is a time to begin with that isn't over yet.
    if (next === 'once' && getValues('trigger.once') === '')
      setValue('trigger.once', `${localDate(1)}T09:00`, { shouldDirty: true });
    kind.change(next);
  };
  return (
    <Section title="When" note={sentence === '' ? undefined : sentence}>
      <div data-field="trigger">
        <Segmented
          aria-label="Kind of trigger"
          choices={kinds}
          value={kind.value}
          onChange={choose}
        />
      </div>
      <KindFields kind={kind.value} />
      {fault !== null && <p className={styles.fault}>{fault}</p>}
    </Section>
  );
});

function KindFields({ kind }: { readonly kind: TriggerKind }) {
  switch (kind) {
    case 'interval':
      return <IntervalFields />;
    case 'calendar':
      return <CalendarFields />;
    case 'cron':
      return <CronFields />;
    case 'once':
      return <OnceFields />;
    case 'after':
      return <AfterFields />;
    default:
      return assertNever(kind);
  }
}
