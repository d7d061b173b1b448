import { useMemo, useState } from 'react';
import type { Fault } from '../../../contract/result.ts';
import type { ScheduleView } from '../../../contract/views.ts';
import { go } from '../../app/route.ts';
import { useLeaveGuard, type Leaving } from '../../components/LeaveGuard.tsx';
import type { Candidate } from './candidate.ts';
import { forPreview, type FormFault } from './faults.ts';
import { faultsByPath, focusPlace, type FaultsInForm } from './form.ts';
import { useDerivedId, useTakenIds, type DerivedId } from './use-derived-id.ts';
import { useDraftTryOut, type DraftTryOut } from './use-draft-try-out.ts';
import { useFaults } from './use-faults.ts';
import { usePreview, type PreviewState } from './use-preview.ts';
import { useSave, type Saving } from './use-save.ts';
import { useScheduleForm, type ScheduleForm } from './use-schedule-form.ts';

/** All that the editor of one schedule shows and does. */
export interface Editor {
  readonly state: ScheduleForm;
  readonly isNew: boolean;
  /** Whether it was deleted elsewhere since it was opened. */
  readonly isGone: boolean;
  readonly derived: DerivedId;
  readonly preview: PreviewState;
  /** What main is asked of: the draft, or null where its times can't be read. */
  readonly asked: Candidate | null;
  readonly tried: DraftTryOut;
  /** What keeps the draft from being saved. */
  readonly blocking: readonly FormFault[];
  /** What the fields show. */
  readonly faults: FaultsInForm;
  readonly saving: Saving;
  readonly canSave: boolean;
  readonly guard: Leaving;
  /** Saves and then goes on; where it can't be saved, shows why. */
  readonly save: (then?: () => void) => void;
  readonly leave: () => void;
  /** Shows all faults, and leads to the first. */
  readonly showFaults: () => void;
}

const noFaults: readonly Fault[] = [];

function toSchedules(): void {
  go({ view: 'schedules' });
}

/** Holds the editor of one schedule together; `opened` is null for a new one. */
export function useEditor(opened: ScheduleView | null): Editor {
  const state = useScheduleForm(opened);
  const { form, draft, checked, isDirty } = state;
  const isNew = opened === null;
  const isGone = !isNew && state.live === undefined;
  const [isAttempted, setIsAttempted] = useState(false);
  const taken = useTakenIds();
  const derived = useDerivedId(form, isNew, taken);
  const asked = useMemo(() => forPreview(checked), [checked]);
  const preview = usePreview(asked);
  const tried = useDraftTryOut(draft, isNew);
  const saving = useSave({ candidate: checked.candidate, create: isNew || isGone });
  const { blocking, shown } = useFaults({
    draft,
    checked,
    isIdTaken: isNew && taken.has(draft.id.trim()),
    previewed: asked === null ? noFaults : (preview.preview?.faults ?? noFaults),
    refused: saving.faults,
    tried: tried.faults,
  });
  const guard = useLeaveGuard(isDirty && !saving.isSaved);
  const canSave = blocking.length === 0 && (isDirty || isGone) && !saving.isSaving;

  const showFaults = (): void => {
    setIsAttempted(true);
    const [first] = blocking;
    // What is folded opens first.
    if (first !== undefined) requestAnimationFrame(() => focusPlace(first.path));
  };
  const save = async (then: () => void): Promise<void> => {
    if (blocking.length > 0) showFaults();
    else if (canSave && (await form.trigger()) && (await saving.save())) then();
  };

  return {
    state,
    isNew,
    isGone,
    derived,
    preview,
    asked,
    tried,
    blocking,
    faults: useFaultsInForm(shown, !isNew || isAttempted),
    saving,
    canSave,
    guard,
    save: (then = toSchedules) => void save(then),
    leave: () => {
      guard.attempt(toSchedules);
    },
    showFaults,
  };
}

/** The faults for the fields below; the same object while they are the same, so that few draw again. */
function useFaultsInForm(shown: readonly FormFault[], showAll: boolean): FaultsInForm {
  const key = JSON.stringify(shown);
  return useMemo(
    () => ({ byPath: faultsByPath(JSON.parse(key) as readonly FormFault[]), showAll }),
    [key, showAll],
  );
}
