import { zodResolver } from '@hookform/resolvers/zod';
import { useEffect, useMemo, useState } from 'react';
import { useForm, useWatch, type UseFormReturn } from 'react-hook-form';
import type { ScheduleInput } from '../../../contract/schedule.ts';
import type { ScheduleView } from '../../../contract/views.ts';
import { useSchedule, useSchedules } from '../../state/use-schedules.ts';
import { sameValue } from '../../forms/same-value.ts';
import { type Candidate } from './candidate.ts';
import { newDraft, toDocument, toDraft, type ScheduleDraft } from './draft.ts';
import { checkDraft, draftSchema, type CheckedDraft } from './faults.ts';

/** The form of one schedule, and the document beneath it. */
export interface ScheduleForm {
  readonly form: UseFormReturn<ScheduleDraft>;
  readonly draft: ScheduleDraft;
  readonly checked: CheckedDraft;
  /** The stored document the draft is an edit of; null for a new schedule. */
  readonly base: ScheduleInput | null;
  /** The schedule as main tells it now; undefined for a new one, and where it was deleted meanwhile. */
  readonly live: ScheduleView | undefined;
  readonly isDirty: boolean;
  /** Whether the stored document was changed elsewhere while this form has changes of its own. */
  readonly isOvertaken: boolean;
  /** Goes on from the document stored now: with the form's changes kept, or with them dropped. */
  readonly adopt: (keepChanges: boolean) => void;
}

const empty = toDocument(newDraft, null);

/** Whether two documents are equal but for being switched on or off, which any row can do meanwhile. */
function sameButSwitch(one: Candidate, other: Candidate): boolean {
  return sameValue({ ...one, enabled: true }, { ...other, enabled: true });
}

function hasChanges(candidate: Candidate, base: ScheduleInput | null): boolean {
  return base === null ? !sameValue(candidate, empty) : !sameButSwitch(candidate, { ...base });
}

/**
 * Holds the draft of one schedule. A form without changes follows what is stored; one with changes
 * says that it was overtaken, and goes on when the person has chosen.
 */
export function useScheduleForm(opened: ScheduleView | null): ScheduleForm {
  const [base, setBase] = useState<ScheduleInput | null>(opened?.document ?? null);
  const form = useForm<ScheduleDraft>({
    defaultValues: base === null ? newDraft : toDraft(base),
    resolver: zodResolver(draftSchema(base)),
    mode: 'onChange',
  });
  const { control, getValues, reset } = form;
  const id = opened?.id ?? null;
  const live = useSchedule(id);
  const draft = useWatch({ control, compute: (values: ScheduleDraft) => values });

  // Switching it on or off elsewhere is no conflict: the newest switch is saved along.
  const stored = live?.document;
  const isBeside = base === null || stored === undefined || sameButSwitch(stored, { ...base });
  const upon = stored !== undefined && isBeside ? stored : base;
  const checked = useMemo(() => checkDraft(draft, upon), [draft, upon]);
  const isDirty = hasChanges(checked.candidate, base);

  useEffect(
    () =>
      useSchedules.subscribe(({ schedules }) => {
        const next = schedules?.find((schedule) => schedule.id === id)?.document;
        if (next === undefined || base === null || sameButSwitch(next, { ...base })) return;
        if (hasChanges(toDocument(getValues(), base), base)) return;
        setBase(next);
        reset(toDraft(next));
      }),
    [id, base, getValues, reset],
  );

  return {
    form,
    draft,
    checked,
    base,
    live,
    isDirty,
    isOvertaken: isDirty && !isBeside && hasChanges(toDocument(draft, stored), stored),
    adopt: (keepChanges) => {
      if (stored === undefined) return;
      setBase(stored);
      if (!keepChanges) reset(toDraft(stored));
    },
  };
}
