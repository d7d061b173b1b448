import type { Hours } from '../../contract/hours.ts';
import type { Trigger } from '../../contract/trigger.ts';
import type { TraceEntry } from '../../contract/views.ts';

/** When a schedule runs in principle, where, and what happens to its times outside the hours. */
export interface Rhythm {
  readonly trigger: Trigger;
  /** An IANA zone, already resolved: a schedule without one has this computer's. */
  readonly timezone: string;
  /** `skip` drops times outside the hours; `defer` puts them off to the opening (rule 6). */
  readonly outside: 'skip' | 'defer';
}

/** Active hours, with the name explanations call them by; a profile is one. */
export type ActiveHours = Hours & { readonly name?: string | undefined };

/** One planned instant of a schedule. */
export interface Slot {
  /** Epoch milliseconds, always a whole second. */
  readonly at: number;
  /** The wall time in the schedule's zone with its offset, `2026-03-08T03:00:00-04:00`. */
  readonly local: string;
  /** Why then, in order; at least one entry. */
  readonly trace: readonly TraceEntry[];
}
