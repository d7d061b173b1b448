import { hash } from 'node:crypto';
import type { Hours, HoursProfile } from '../../contract/hours.ts';
import type { Schedule } from '../../contract/schedule.ts';
import type { Settings } from '../../contract/settings.ts';
import { durationMs } from '../../contract/time.ts';
import type { ClosedCalendar } from '../schedule/closed-calendar.ts';
import type { ActiveHours, Rhythm } from '../schedule/types.ts';
import { zoneDataVersion } from '../schedule/zone-data.ts';

/** What a schedule's times depend on besides its own document. */
export interface World {
  /** This computer's zone. */
  readonly zone: string;
  readonly settings: Settings;
  readonly profiles: ReadonlyMap<string, HoursProfile>;
  /** The calendars that holidays and an ICS text have been read into: the same ones for the same text. */
  readonly calendarsOf: (closed: Hours['closed']) => readonly ClosedCalendar[];
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

/** A text that the ledger keeps under its hash. */
export interface KeptText {
  readonly hash: string;
  readonly document: string;
}

/** The zone of a schedule: its own, else the setting's, else this computer's. */
export function zoneOf(schedule: Pick<Schedule, 'timezone'>, world: World): string {
  return schedule.timezone ?? world.settings.timezone ?? world.zone;
}

/** Hours with their calendars, by the document they are of: made once, so that the engine's own are too. */
const resolved = new WeakMap<Hours, ActiveHours>();

/** Hours with what calendars close; null where they are always open, and have nothing to say. */
function resolve(hours: Hours, name: string | undefined, world: World): ActiveHours | null {
  if (hours.week === undefined && hours.closed === undefined) return null;
  const known = resolved.get(hours);
  if (known !== undefined) return known;
  const { week, closed } = hours;
  const calendars = world.calendarsOf(closed);
  const active: ActiveHours = {
    ...(name === undefined ? {} : { name }),
    ...(week === undefined ? {} : { week }),
    ...(closed === undefined ? {} : { closed }),
    ...(calendars.length === 0 ? {} : { calendars }),
  };
  resolved.set(hours, active);
  return active;
}

/**
 * The hours in effect, and where they come from. A profile that can't be found or read never opens:
 * running whenever it likes is the one thing a schedule with hours must not do.
 */
export function hoursOf(
  choice: Schedule['hours'],
  world: World,
): { readonly hours: ActiveHours | null; readonly source: HoursSource } {
  if (typeof choice === 'object')
    return { hours: resolve(choice, undefined, world), source: 'own' };
  const id = choice ?? world.settings.defaultHours;
  const source = choice === undefined ? 'default' : id === 'always' ? 'always' : 'profile';
  const profile = world.profiles.get(id);
  if (id === 'always') return { hours: null, source };
  if (profile === undefined) return { hours: { name: `${id} (missing)`, week: {} }, source };
  return { hours: resolve(profile, profile.name ?? profile.id, world), source };
}

function rhythmOf(schedule: Schedule, timezone: string): Rhythm | null {
  const { trigger, outside, id } = schedule;
  if (trigger === undefined) return null;
  const seconds = durationMs(schedule.jitter) / 1_000;
  return {
    trigger,
    timezone,
    outside,
    ...(seconds === 0 ? {} : { jitter: { seconds, seed: id } }),
  };
}

function hashOf(text: string): string {
  return hash('sha256', text).slice(0, 32);
}

function keptText(document: string): KeptText {
  return { hash: hashOf(document), document };
}

/**
 * Hours as the ledger keeps them, once for all plans with them: their document first, in which a
 * calendar's text stands by its hash, then that text. Nothing for hours that are always open.
 */
function textsOf(active: ActiveHours | null): readonly KeptText[] {
  if (active === null) return [];
  const { name, week, closed } = active;
  const texts = closed?.ics === undefined ? [] : [keptText(closed.ics)];
  const [calendar] = texts;
  const shut = calendar === undefined ? closed : { ...closed, ics: calendar.hash };
  return [keptText(JSON.stringify({ name, week, closed: shut })), ...texts];
}

/** The hashes alone are kept: the texts are needed when a slot is entered, a plan at every turn. */
const hashes = new WeakMap<ActiveHours, string>();

function hoursHash(active: ActiveHours | null): string | null {
  if (active === null) return null;
  const known = hashes.get(active) ?? textsOf(active)[0]?.hash ?? '';
  hashes.set(active, known);
  return known;
}

/** A plan and all that its document names by a hash, as the ledger keeps them. */
export function keptTexts(plan: Plan): readonly KeptText[] {
  return [plan, ...textsOf(plan.hours)];
}

/** Resolves what a schedule is judged by. */
export function planOf(schedule: Schedule, world: World): Plan {
  const timezone = zoneOf(schedule, world);
  const { hours, source } = hoursOf(schedule.hours, world);
  const rhythm = rhythmOf(schedule, timezone);
  const document = JSON.stringify({
    trigger: schedule.trigger ?? null,
    after: schedule.after ?? null,
    outside: schedule.outside,
    jitter: schedule.jitter,
    hours: hoursHash(hours),
    timezone,
    tz: zoneDataVersion(),
  });
  return { rhythm, timezone, hours, source, document, hash: hashOf(document) };
}
