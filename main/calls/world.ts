import type { HoursProfile } from '../../contract/hours.ts';
import type { World } from '../scheduler/plan.ts';
import { listHours } from '../store/hours.ts';
import type { Context } from './context.ts';

/** The world as it is, with the profiles of a file that isn't imported before the stored ones. */
export function worldOf(context: Context, profiles: readonly HoursProfile[] = []): World {
  const known = [...listHours(context.db), ...profiles];
  return {
    zone: context.scheduler.facts().zone,
    settings: context.settings.current(),
    profiles: new Map(known.map((profile) => [profile.id, profile])),
    calendarsOf: (closed) => context.calendars.of(closed),
  };
}
