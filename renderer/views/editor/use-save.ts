import { useState } from 'react';
import type { Fault, Refusal } from '../../../contract/result.ts';
import { guardLeaving } from '../../app/route.ts';
import { call } from '../../state/client.ts';
import { sameValue } from '../../forms/same-value.ts';
import { say } from '../../state/toasts.ts';
import type { Candidate } from './candidate.ts';
import { isDocument } from './faults.ts';

/** What to save. */
export interface SaveOptions {
  readonly candidate: Candidate;
  /** Whether it must not exist yet. */
  readonly create: boolean;
}

/** Saving, and what came of it. */
export interface Saving {
  /** Saves, and answers whether it went well. */
  readonly save: () => Promise<boolean>;
  readonly isSaving: boolean;
  readonly isSaved: boolean;
  /** Why it couldn't be saved where no field is at fault, while the draft is still the same. */
  readonly problem: string | null;
  readonly faults: readonly Fault[];
}

interface Refused {
  readonly candidate: Candidate;
  readonly problem: string | null;
  readonly faults: readonly Fault[];
}

const none: readonly Fault[] = [];

/** What a refusal says of places in the form, or of the whole where it names none. */
function refusalOf({ code, message, faults = none }: Refusal): Omit<Refused, 'candidate'> {
  const placed = faults.map((fault) => ({
    ...fault,
    path: fault.path.replace(/^schedule\.?/, ''),
  }));
  if (placed.some(({ path }) => path !== '')) return { problem: null, faults: placed };
  if (code === 'conflict') return { problem: null, faults: [{ path: 'id', message }] };
  return { problem: message, faults: none };
}

/** Saves the document and says so. A refusal is kept until the draft changes. */
export function useSave({ candidate, create }: SaveOptions): Saving {
  const [phase, setPhase] = useState<'editing' | 'saving' | 'saved'>('editing');
  const [refused, setRefused] = useState<Refused | null>(null);
  const current = sameValue(refused?.candidate, candidate) ? refused : null;

  const save = async (): Promise<boolean> => {
    if (!isDocument(candidate)) return false;
    setPhase('saving');
    const result = await call('saveSchedule', { schedule: candidate, create });
    if (!result.ok) {
      setPhase('editing');
      setRefused({ candidate, ...refusalOf(result) });
      return false;
    }
    setPhase('saved');
    guardLeaving(null);
    say(create ? `${result.value.name} was added.` : `${result.value.name} was saved.`);
    return true;
  };

  return {
    save,
    isSaving: phase === 'saving',
    isSaved: phase === 'saved',
    problem: current?.problem ?? null,
    faults: current?.faults ?? none,
  };
}
