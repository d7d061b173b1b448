import { useMemo } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { ComboBox } from '../../components/ComboBox.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { useSchedules } from '../../state/use-schedules.ts';
import type { ScheduleDraft } from './draft.ts';
import { useField } from './form.ts';
import type { ChainDraft } from './trigger-draft.ts';
import styles from './WhenSection.module.css';

const occasions = [
  { id: 'success', label: 'it succeeds' },
  { id: 'change', label: 'its rows change' },
  { id: 'failure', label: 'it fails' },
] as const;

const occasionWords: Readonly<Record<ChainDraft['on'], string>> = {
  success: 'Runs as soon as a run of that schedule ends in success.',
  change: 'Runs as soon as a run of that schedule finds new, changed or gone rows.',
  failure: 'Runs as soon as a run of that schedule fails, times out or needs attention.',
};

/** After another schedule's runs: which schedule, and which of its runs. */
export function AfterFields() {
  const schedule = useField('trigger.after.schedule');
  const on = useField('trigger.after.on');
  const choices = useFollowable(schedule.value);
  return (
    <>
      <div data-field="trigger.after.schedule" className={styles.followed}>
        <ComboBox
          label="Schedule"
          placeholder="Which schedule it follows"
          fault={schedule.fault}
          choices={choices}
          value={schedule.value === '' ? null : schedule.value}
          onChange={(next) => {
            schedule.change(next);
            schedule.leave();
          }}
        />
      </div>
      <div data-field="trigger.after.on">
        <span className={styles.label} aria-hidden="true">
          As soon as
        </span>
        <div>
          <Segmented
            aria-label="As soon as"
            choices={occasions}
            value={on.value}
            onChange={on.change}
          />
        </div>
        <p className={styles.help}>{occasionWords[on.value]}</p>
      </div>
    </>
  );
}

/** All schedules but this one; the one chosen stays in the list even where it doesn't exist. */
function useFollowable(chosen: string) {
  const { control } = useFormContext<ScheduleDraft>();
  const own = useWatch({ control, name: 'id' });
  const schedules = useSchedules((state) => state.schedules);
  return useMemo(() => {
    const others = (schedules ?? []).filter(({ id }) => id !== own);
    const choices = others.map(({ id, name }) => ({ id, label: name, description: id }));
    const isOdd = chosen !== '' && !others.some(({ id }) => id === chosen);
    return isOdd ? [...choices, { id: chosen, label: chosen }] : choices;
  }, [schedules, own, chosen]);
}
