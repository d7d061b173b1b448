import { createHash } from 'node:crypto';
import type { HoursProfile } from '../../contract/hours.ts';
import type { Schedule } from '../../contract/schedule.ts';
import type { Settings } from '../../contract/settings.ts';
import { openStretch } from '../schedule/active-hours.ts';
import type { ActiveHours, Rhythm } from '../schedule/types.ts';
import { zoneDataVersion } from '../schedule/zone-data.ts';

/** What a schedule's times depend on besides its own document. */
export interface World {
  /** This computer's zone. */
  readonly zone: string;
  readonly settings: Settings;
  readonly profiles: ReadonlyMap<string, HoursProfile>;
}

/** Where a schedule's hours come from. */
export type HoursSource = 'always' | 'own' | 'profile' | 'default';

/** What a schedule's slots are judged by, resolved: the same for the timer, the screen and the ledger. */
export interface Plan {
  /** Null for a chain, whose slots are the ends of other runs. */
  readonly rhythm: Rhythm | null;
  readonly timezone: string;
  /** Null where the hours are always open. */
  readonly hours: ActiveHours | null;
  readonly source: HoursSource;
  /** The plan as the ledger keeps it, and its hash. */
  readonly document: string;
  readonly hash: string;
}

/** The zone of a schedule: its own, else the setting's, else this computer's. */
export function zoneOf(schedule: Pick<Schedule, 'timezone'>, world: World): string {
  return schedule.timezone ?? world.settings.timezone ?? world.zone;
}

/** The hours that are always open have nothing to say. */
function unlessAlways(hours: ActiveHours): ActiveHours | null {
  return hours.week === undefined && hours.closed === undefined ? null : hours;
}

/**
 * The hours in effect, and where they come from. A profile that can't be found or read never opens:
 * running whenever it likes is the one thing a schedule with hours must not do.
 */
export function hoursOf(
  choice: Schedule['hours'],
  world: World,
): { readonly hours: ActiveHours | null; readonly source: HoursSource } {
  if (typeof choice === 'object') return { hours: unlessAlways(choice), source: 'own' };
  const id = choice ?? world.settings.defaultHours;
  const source = choice === undefined ? 'default' : id === 'always' ? 'always' : 'profile';
  const profile = world.profiles.get(id);
  if (id === 'always') return { hours: null, source };
  if (profile === undefined) return { hours: { name: `${id} (missing)`, week: {} }, source };
  return { hours: unlessAlways({ ...profile, name: profile.name ?? profile.id }), source };
}

/** Resolves what a schedule is judged by. */
export function planOf(schedule: Schedule, world: World): Plan {
  const timezone = zoneOf(schedule, world);
  const { hours, source } = hoursOf(schedule.hours, world);
  const rhythm: Rhythm | null =
    schedule.trigger === undefined
      ? null
      : { trigger: schedule.trigger, timezone, outside: schedule.outside };
  const document = JSON.stringify({
    trigger: schedule.trigger ?? null,
    after: schedule.after ?? null,
    outside: schedule.outside,
    hours,
    timezone,
    tz: zoneDataVersion(),
  });
  const hash = createHash('sha256').update(document).digest('hex').slice(0, 32);
  return { rhythm, timezone, hours, source, document, hash };
}

/** The united open stretch of a plan that holds an instant; nulls where the hours are always open. */
export function stretchAt(
  { hours, timezone }: Plan,
  atMs: number,
): { readonly openedAtMs: number | null; readonly closesAtMs: number | null } {
  const stretch = hours === null ? null : openStretch(hours, timezone, atMs);
  return { openedAtMs: stretch?.openAt ?? null, closesAtMs: stretch?.closeAt ?? null };
}
