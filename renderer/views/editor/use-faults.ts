import { useMemo } from 'react';
import type { Fault } from '../../../contract/result.ts';
import type { ScheduleDraft } from './draft.ts';
import { toFormFaults, type CheckedDraft, type FormFault } from './faults.ts';

/** Where faults come from. */
export interface FaultSources {
  readonly draft: ScheduleDraft;
  readonly checked: CheckedDraft;
  /** Whether the id belongs to another schedule. */
  readonly isIdTaken: boolean;
  /** What main found in the draft when it was asked for the next runs. */
  readonly previewed: readonly Fault[];
  /** What main said when it was asked to save exactly this draft. */
  readonly refused: readonly Fault[];
  /** What the try-out found; it marks fields, but a page may change: it forbids nothing. */
  readonly tried: readonly FormFault[];
}

/** The faults of the draft: those that keep it from being saved, and all that are shown at fields. */
export interface DraftFaults {
  readonly blocking: readonly FormFault[];
  readonly shown: readonly FormFault[];
}

const taken: FormFault = {
  path: 'id',
  message: 'another schedule has this id; choose a different one',
};

function onePerPlace(faults: readonly FormFault[]): readonly FormFault[] {
  return [
    ...new Map(faults.toReversed().map((fault) => [fault.path, fault])).values(),
  ].toReversed();
}

/** Gathers the faults of the draft from all who have something to say; the nearest counts. */
export function useFaults(sources: FaultSources): DraftFaults {
  const { draft, checked, isIdTaken, previewed, refused, tried } = sources;
  return useMemo(() => {
    const standIns = new Set(checked.faults.map((fault) => fault.path.split('.')[0]));
    const fromPreview = toFormFaults(previewed, draft).filter(
      (fault) => !standIns.has(fault.path.split('.')[0]),
    );
    const blocking = onePerPlace([
      ...checked.faults,
      ...(isIdTaken ? [taken] : []),
      ...toFormFaults(refused, draft),
      ...fromPreview,
    ]);
    return { blocking, shown: onePerPlace([...blocking, ...tried]) };
  }, [draft, checked, isIdTaken, previewed, refused, tried]);
}
