import { useCallback, useMemo, useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { freeIdFromName } from '../../forms/id-from-name.ts';
import { useSchedules } from '../../state/use-schedules.ts';
import type { ScheduleDraft } from './draft.ts';

/** Hears what is typed into the name and into the id. */
export interface DerivedId {
  readonly onName: (name: string) => void;
  readonly onId: (id: string) => void;
}

/** The ids of all schedules. */
export function useTakenIds(): ReadonlySet<string> {
  const schedules = useSchedules((state) => state.schedules);
  return useMemo(() => new Set(schedules?.map((schedule) => schedule.id)), [schedules]);
}

/** Derives the id of a new schedule from its name, until the id itself is typed. */
export function useDerivedId(
  form: UseFormReturn<ScheduleDraft>,
  isNew: boolean,
  taken: ReadonlySet<string>,
): DerivedId {
  const [isOwn, setIsOwn] = useState(false);
  const { setValue } = form;
  const onName = useCallback(
    (name: string) => {
      if (isNew && !isOwn)
        setValue('id', freeIdFromName(name, taken, 'schedule'), { shouldDirty: true });
    },
    [isNew, isOwn, setValue, taken],
  );
  const onId = useCallback((id: string) => {
    setIsOwn(id !== '');
  }, []);
  return { onName, onId };
}
