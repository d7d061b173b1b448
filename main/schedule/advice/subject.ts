import { RefusedError } from '../../../contract/result.ts';
import { nextInstants } from '../next-slots.ts';
import type { ActiveHours, Rhythm } from '../types.ts';

/** What advice looks at of one schedule. */
export interface AdviceSubject {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  /** Null for a chain, whose slots are the ends of other runs. */
  readonly rhythm: Rhythm | null;
  /** Its zone, which may be one that no longer exists. */
  readonly timezone: string;
  /** Null where the hours are always open. */
  readonly hours: ActiveHours | null;
  /** Host and port of its page; null where there is none. */
  readonly host: string | null;
  /** Whether that host is this computer, which nobody else minds being asked. */
  readonly loopback: boolean;
  readonly jitterMs: number;
  readonly overlap: 'skip' | 'queue';
  /** The average of its last good runs; null without history. */
  readonly usual: { readonly runMs: number; readonly pages: number } | null;
}

/** A schedule with a rhythm of its own. */
export interface TimedSubject extends AdviceSubject {
  readonly rhythm: Rhythm;
}

/** Whether a schedule has times of its own: all but chains. */
export function isTimed(subject: AdviceSubject): subject is TimedSubject {
  return subject.rhythm !== null;
}

const hourMs = 3_600_000;
/** How many coming slots of a schedule are compared with those of others, and how far ahead. */
const maxSlots = 100;
const aheadMs = 7 * 24 * hourMs;

/** What is known of the coming slots of a schedule that runs. */
export interface Coming {
  /** The first 100 within seven days from the start of the present hour, epoch ms. */
  readonly slots: readonly number[];
  /** The shortest distance between two of them; infinite for fewer. */
  readonly closestMs: number;
  /**
   * How many there are in the hour that starts at an instant. Where more than 100 come, it is taken to
   * do in each later hour in which it runs at all as it did in its busiest one.
   */
  readonly countIn: (startMs: number) => number;
}

interface Kept {
  readonly hours: ActiveHours | null;
  readonly fromMs: number;
  /** Null where it never runs or can't be computed. */
  readonly coming: Coming | null;
}

const kept = new WeakMap<Rhythm, Kept>();

/** The start of the hour an instant lies in, by the clock of UTC. */
export function hourStart(atMs: number): number {
  return Math.floor(atMs / hourMs) * hourMs;
}

function askSlots({ rhythm, hours }: TimedSubject, fromMs: number): readonly number[] | null {
  try {
    const [first] = nextInstants(rhythm, hours, fromMs - 1, 1);
    if (first === undefined) return null;
    // One that begins later than all that is looked at needn't be counted on into distant years.
    if (first > fromMs + aheadMs) return [];
    return nextInstants(rhythm, hours, fromMs - 1, maxSlots, fromMs + aheadMs);
  } catch (error) {
    // Another schedule that can't be computed is no reason to say nothing about this one.
    if (error instanceof RefusedError) return null;
    throw error;
  }
}

/** The most slots of one whole hour among the first of many. */
function busiest(slots: readonly number[], counts: ReadonlyMap<number, number>): number {
  const spanMs = (slots.at(-1) ?? 0) - (slots[0] ?? 0);
  if (spanMs < 2 * hourMs) return Math.round(((slots.length - 1) * hourMs) / Math.max(spanMs, 1));
  return Math.max(...counts.values());
}

function comingOf({ rhythm, hours }: TimedSubject, slots: readonly number[]): Coming {
  const counts = new Map<number, number>();
  for (const slot of slots) {
    const hour = hourStart(slot);
    counts.set(hour, (counts.get(hour) ?? 0) + 1);
  }
  const closestMs = slots
    .slice(1)
    .reduce((gap, slot, index) => Math.min(gap, slot - (slots[index] ?? 0)), Infinity);
  if (slots.length < maxSlots)
    return { slots, closestMs, countIn: (hour) => counts.get(hour) ?? 0 };
  const cutOffMs = hourStart(slots.at(-1) ?? 0);
  const peak = busiest(slots, counts);
  counts.delete(cutOffMs);
  const countIn = (hour: number): number => {
    const known = counts.get(hour);
    if (known !== undefined || hour < cutOffMs) return known ?? 0;
    const runs = nextInstants(rhythm, hours, hour - 1, 1, hour + hourMs - 1).length > 0;
    counts.set(hour, runs ? peak : 0);
    return runs ? peak : 0;
  };
  return { slots, closestMs, countIn };
}

/** Whether the slots of a schedule from this hour on are known already, and cost nothing to ask for. */
export function slotsAreKept({ rhythm, hours }: TimedSubject, nowMs: number): boolean {
  const known = kept.get(rhythm);
  return known?.hours === hours && known.fromMs === hourStart(nowMs);
}

/**
 * The coming slots of a schedule; null where it never runs or can't be computed. Kept until the hour
 * has passed, so that many schedules on one host, and each keystroke in the editor, ask for them once.
 */
export function comingSlots(subject: TimedSubject, nowMs: number): Coming | null {
  const { rhythm, hours } = subject;
  const fromMs = hourStart(nowMs);
  const known = kept.get(rhythm);
  if (known?.hours === hours && known.fromMs === fromMs) return known.coming;
  const slots = askSlots(subject, fromMs);
  const coming = slots === null ? null : comingOf(subject, slots);
  kept.set(rhythm, { hours, fromMs, coming });
  return coming;
}
