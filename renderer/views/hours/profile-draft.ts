import { faultsOf } from '../../../contract/faults.ts';
import { hoursProfileSchema, type Hours, type HoursProfile } from '../../../contract/hours.ts';
import type { Fault } from '../../../contract/result.ts';
import type { Weekday } from '../../../contract/trigger.ts';
import { newHours, toHours, toHoursDraft, type HoursDraft } from './hours-draft.ts';

/** Named hours as their form holds them. */
export interface ProfileDraft {
  readonly id: string;
  readonly name: string;
  readonly hours: HoursDraft;
}

/** What the form of new named hours begins with. */
export const newProfile: ProfileDraft = { id: '', name: '', hours: newHours };

/** Stored named hours as their form holds them. */
export function toProfileDraft(profile: HoursProfile): ProfileDraft {
  return { id: profile.id, name: profile.name ?? '', hours: toHoursDraft(profile) };
}

/**
 * Named hours as the document writes them, upon what was stored; `toProfile(toProfileDraft(profile),
 * profile)` equals `profile`.
 */
export function toProfile(draft: ProfileDraft, base: HoursProfile | null): HoursProfile {
  const name = draft.name.trim() === '' ? {} : { name: draft.name };
  const { week, closed } = base ?? {};
  const before: Hours = {
    ...(week === undefined ? {} : { week }),
    ...(closed === undefined ? {} : { closed }),
  };
  return { id: draft.id.trim(), ...name, ...toHours(draft.hours, before) };
}

/** What is wrong with named hours, by place: `name`, `id`, `week.mon.0`, `dates`, `holidays`, `ics`. */
export function profileFaults(
  draft: ProfileDraft,
  base: HoursProfile | null,
  isIdTaken: boolean,
): ReadonlyMap<string, string> {
  const checked = hoursProfileSchema.safeParse(toProfile(draft, base), { reportInput: true });
  const found = checked.success ? [] : faultsOf(checked.error);
  const unnamed = draft.name.trim() === '' && base?.name === undefined && base === null;
  return new Map([
    ...found.map(({ path, message }: Fault) => [profilePath(path), message] as const).toReversed(),
    ...(isIdTaken ? [['id', 'other hours have this id; choose a different one'] as const] : []),
    ...(unnamed ? [['name', 'give it a name'] as const] : []),
  ]);
}

/** Where in the form a fault of the profile belongs. */
export function profilePath(path: string): string {
  const inner = path.replace(/^profile\.?/, '');
  const closed = /^closed(?:\.(holidays|ics))?/.exec(inner);
  if (closed !== null) return closed[1] ?? 'dates';
  return inner.replace(/\[(\d+)\]/, '.$1');
}

/** The place of one window among the faults. */
export function windowPath(day: Weekday, index: number): string {
  return `week.${day}.${String(index)}`;
}
