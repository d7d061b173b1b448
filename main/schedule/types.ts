import type { Hours } from '../../contract/hours.ts';
import type { Trigger } from '../../contract/trigger.ts';
import type { TraceEntry } from '../../contract/views.ts';
import type { ClosedCalendar } from './closed-calendar.ts';

/** By how much the starts of a schedule's runs are spread (rule 12). */
export interface Jitter {
  /** Whole seconds: each start is put off by less than this. */
  readonly seconds: number;
  /** What the spread is drawn from beside the slot: the schedule's id. */
  readonly seed: string;
}

/** When a schedule runs in principle, where, and what happens to its times outside the hours. */
export interface Rhythm {
  readonly trigger: Trigger;
  /** An IANA zone, already resolved: a schedule without one has this computer's. */
  readonly timezone: string;
  /** `skip` drops times outside the hours; `defer` puts them off to the opening (rule 6). */
  readonly outside: 'skip' | 'defer';
  /** Left out: every run starts at its slot. */
  readonly jitter?: Jitter | undefined;
}

/**
 * Active hours, with the name explanations call them by (a profile is one) and the calendars that
 * their holidays and their ICS text have been read into.
 */
export type ActiveHours = Hours & {
  readonly name?: string | undefined;
  readonly calendars?: readonly ClosedCalendar[] | undefined;
};

/** One planned instant of a schedule. */
export interface Slot {
  /** Epoch milliseconds, always a whole second. */
  readonly at: number;
  /** When its run starts, epoch milliseconds: later than `at` where jitter spreads the starts. */
  readonly startAt: number;
  /** The wall time in the schedule's zone with its offset, `2026-03-08T03:00:00-04:00`. */
  readonly local: string;
  /** Why then, in order; at least one entry. */
  readonly trace: readonly TraceEntry[];
}
