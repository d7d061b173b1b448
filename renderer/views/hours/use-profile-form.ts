import { useEffect, useMemo, useState } from 'react';
import type { HoursProfile } from '../../../contract/hours.ts';
import { call } from '../../state/client.ts';
import { say } from '../../state/toasts.ts';
import { useHours } from '../../state/use-hours.ts';
import { sameValue } from '../../forms/same-value.ts';
import { freeIdFromName } from '../../forms/id-from-name.ts';
import { sentence } from '../../forms/sentence.ts';
import {
  newProfile,
  profileFaults,
  profilePath,
  toProfile,
  toProfileDraft,
  type ProfileDraft,
} from './profile-draft.ts';

/** The form of named hours, and the profile beneath it. */
export interface ProfileFormState {
  readonly draft: ProfileDraft;
  /** The stored profile the draft is an edit of; null for a new one. */
  readonly base: HoursProfile | null;
  readonly isDirty: boolean;
  readonly isGone: boolean;
  readonly isOvertaken: boolean;
  readonly isSaving: boolean;
  /** Why it couldn't be saved where no field is at fault. */
  readonly problem: string | null;
  /** Why it can't be saved just now; null where it can. */
  readonly reason: string | null;
  readonly faultAt: (path: string) => string | null;
  readonly edit: (draft: ProfileDraft) => void;
  readonly rename: (name: string) => void;
  readonly setId: (id: string) => void;
  /** Marks the form as touched: what is missing is now said at its field. */
  readonly touch: () => void;
  readonly adopt: (keepChanges: boolean) => void;
  /** Saves; answers the id, or null where it was refused. */
  readonly save: () => Promise<string | null>;
}

function draftOf(profile: HoursProfile | null): ProfileDraft {
  return profile === null ? newProfile : toProfileDraft(profile);
}

interface Refused {
  readonly profile: HoursProfile;
  readonly problem: string | null;
  readonly faults: ReadonlyMap<string, string>;
}

const noFaults: ReadonlyMap<string, string> = new Map();

/** Why the draft can't be saved: what is wrong with it first. */
function reasonOf(faults: ReadonlyMap<string, string>, isDirty: boolean): string | null {
  const [first] = [...faults.values()].toReversed();
  if (first !== undefined) return sentence(first);
  return isDirty ? null : 'No changes to save';
}

/**
 * Holds the draft of one profile, null for a new one. A form without changes follows what is stored;
 * one with changes says that it was overtaken.
 */
export function useProfileForm(id: string | null): ProfileFormState {
  const profiles = useHours(({ hours }) => hours);
  const live = profiles?.find((one) => one.profile.id === id)?.profile;
  const [base, setBase] = useState<HoursProfile | null>(live ?? null);
  const [draft, setDraft] = useState<ProfileDraft>(draftOf(base));
  const [isIdOwn, setIsIdOwn] = useState(false);
  const [isTouched, setIsTouched] = useState(false);
  const [isSaving, setIsSaving] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);

  const taken = useMemo(() => new Set(profiles?.map(({ profile }) => profile.id)), [profiles]);
  const profile = toProfile(draft, base);
  // Compared, not written out: a calendar's text may have a million characters.
  const stillRefused = refused !== null && sameValue(refused.profile, profile) ? refused : null;
  const isNew = id === null;
  const isGone = !isNew && live === undefined;
  const isDirty = !sameValue(profile, toProfile(draftOf(base), base));
  const isBeside = base === null || live === undefined || sameValue(live, base);
  const own = profileFaults(draft, base, isNew && taken.has(draft.id.trim()));
  const faults = new Map([...own, ...(stillRefused?.faults ?? noFaults)]);

  useEffect(
    () =>
      useHours.subscribe(({ hours }) => {
        const next = hours?.find((one) => one.profile.id === id)?.profile;
        if (next === undefined || base === null || sameValue(next, base) || isDirty) return;
        setBase(next);
        setDraft(toProfileDraft(next));
      }),
    [id, base, isDirty],
  );

  const save = async (): Promise<string | null> => {
    setIsSaving(true);
    const result = await call('saveHours', { profile, create: isNew || isGone });
    setIsSaving(false);
    if (!result.ok) {
      const placed = (result.faults ?? []).map(
        (fault) => [profilePath(fault.path), fault.message] as const,
      );
      setRefused({
        profile,
        problem: placed.length === 0 ? result.message : null,
        faults: new Map(placed),
      });
      return null;
    }
    setBase(result.value.profile);
    setDraft(toProfileDraft(result.value.profile));
    say(`${result.value.profile.name ?? result.value.profile.id} was saved.`);
    return result.value.profile.id;
  };

  return {
    draft,
    base,
    isDirty,
    isGone,
    isOvertaken: isDirty && !isBeside && !isSaving && !sameValue(toProfile(draft, live), live),
    isSaving,
    problem: stillRefused?.problem ?? null,
    reason: reasonOf(faults, isDirty || isGone),
    faultAt: (path) => {
      const message = faults.get(path);
      const isQuiet = isNew && !isTouched && (path === 'name' || path === 'id');
      return message === undefined || isQuiet ? null : sentence(message);
    },
    edit: setDraft,
    rename: (name) => {
      const derived = isNew && !isIdOwn ? { id: freeIdFromName(name, taken, 'hours') } : {};
      setDraft({ ...draft, name, ...derived });
    },
    setId: (next) => {
      setIsIdOwn(next !== '');
      setDraft({ ...draft, id: next });
    },
    touch: () => {
      setIsTouched(true);
    },
    adopt: (keepChanges) => {
      if (live === undefined) return;
      setBase(live);
      if (!keepChanges) setDraft(toProfileDraft(live));
    },
    save,
  };
}
