import { isTimeZone } from '../../../contract/time.ts';
import { daySeconds } from '../../schedule/civil.ts';
import { segmentAt } from '../../schedule/offsets.ts';

/** A stretch of time with one offset, in epoch seconds, `[start, end)`. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly offset: number;
}

/** A time zone: the stretch that holds an instant. */
export type Zone = (second: number) => Stretch;

/** UTC. */
export const utc: Zone = () => ({ start: -Infinity, end: Infinity, offset: 0 });

/** A zone that this runtime's zone data knows; null where it doesn't. */
export function knownZone(name: string): Zone | null {
  return isTimeZone(name) ? (second) => segmentAt(name, second) : null;
}

/** A change of a zone's offset: from this epoch second on. */
export interface OffsetChange {
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** A zone of these changes, ordered by `at`; before the first it has the offset that one ends. */
export function zoneOfChanges(changes: readonly OffsetChange[]): Zone {
  return (second) => {
    const index = changes.findLastIndex((change) => change.at <= second);
    const change = changes[index];
    const next = changes[index + 1];
    return {
      start: change?.at ?? -Infinity,
      end: next?.at ?? Infinity,
      offset: change?.to ?? next?.from ?? 0,
    };
  };
}

/**
 * The instant of a wall time in a zone, in seconds. One that doesn't exist is shifted forward by the
 * gap, one that comes twice is the first: both are read by the offset before the change (RFC 5545
 * section 3.3.5).
 */
export function instantOf(zone: Zone, wall: number): number {
  // No offset is as much as a day, so the day before is surely earlier.
  let stretch = zone(wall - daySeconds);
  for (;;) {
    if (stretch.end + stretch.offset > wall) return wall - stretch.offset;
    const next = zone(stretch.end);
    if (next.start + next.offset > wall) return wall - stretch.offset;
    stretch = next;
  }
}

/** The wall time of an instant in a zone, in seconds. */
export function wallOf(zone: Zone, second: number): number {
  return second + zone(second).offset;
}
