import { daySeconds } from './civil.ts';
import { segmentAt } from './offsets.ts';
import { triggerRule, type TriggerRule } from './trigger-rule.ts';
import type { ActiveHours, Rhythm } from './types.ts';
import { openDays, type OpenDays } from './week-windows.ts';

/** What the steps of one explanation share. */
export interface Telling {
  readonly rhythm: Rhythm;
  readonly rule: TriggerRule;
  readonly open: OpenDays;
  /** What the hours are called. */
  readonly hours: string;
  /** The local day from which the words see every time. */
  readonly reference: number;
}

/** What a zone's wall clock shows at an instant, both in whole seconds. */
export function localOf(zone: string, second: number): number {
  return second + segmentAt(zone, second).offset;
}

/** The day number of a local second. */
export function dayOf(local: number): number {
  return Math.floor(local / daySeconds);
}

/** Begins an explanation as seen from an instant (whole epoch seconds). */
export function tell(rhythm: Rhythm, hours: ActiveHours | null, from: number): Telling {
  return {
    rhythm,
    rule: triggerRule(rhythm.trigger),
    open: openDays(hours),
    hours: hours?.name ?? 'The hours',
    reference: dayOf(localOf(rhythm.timezone, from)),
  };
}
