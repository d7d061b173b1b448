import { create } from 'zustand';
import type { HoursView } from '../../contract/views.ts';

/** All hours profiles; null until the first snapshot. */
export interface HoursState {
  readonly hours: readonly HoursView[] | null;
}

/** The hours profiles as main last told them. Only `sync` writes here. */
export const useHours = create<HoursState>()(() => ({ hours: null }));

/** Takes all profiles: they come together, as few as they are. */
export function replaceHours(hours: readonly HoursView[]): void {
  useHours.setState({ hours });
}

/** What a profile is called: its name, else its id. */
export function hoursName(view: HoursView): string {
  return view.profile.name ?? view.profile.id;
}
