import type { Surroundings } from '../surroundings.ts';
import type { Ringing } from './alarm.ts';
import type { World } from './plan.ts';
import type { Situation, State } from './state.ts';

/** A tick that comes so long after the one before means that the computer slept (rule 10). */
const asleepMs = 35_000;

/** What situations are made of. */
export interface SituationParts {
  readonly surroundings: Surroundings;
  readonly settings: () => World['settings'];
  readonly isArmed: () => boolean;
}

/** Keeps what holds for all schedules at once. */
export interface Situations {
  /** Before anything has rung. */
  readonly first: Situation;
  /** How things are now. */
  of(state: State): Situation;
  /** The alarm rings: has the computer slept, or Jackdaw just started? */
  ring(ringing: Ringing): void;
}

/** The situations of one scheduler. */
export function createSituation(parts: SituationParts): Situations {
  const { surroundings, settings, isArmed } = parts;
  let cause: Situation['cause'] = 'not-running';
  let wokeAtMs = -Infinity;

  const at = (hasAddress: boolean): Situation => ({
    cause,
    mayStart: isArmed(),
    concurrency: settings().concurrency,
    perHost: settings().runsPerHost,
    wokeAtMs,
    hasAddress,
    power: surroundings.power(),
    network: surroundings.network(),
  });

  /** Whether it matters now if there is an address: the system is asked for nothing else. */
  const asksForAddress = ({ queue, retries }: State): boolean => {
    if (queue.waitsAfterWake) return true;
    for (const { waitsFor } of retries.all()) if (waitsFor === 'network') return true;
    return false;
  };

  return {
    first: {
      ...{ cause, mayStart: false, concurrency: 1, perHost: 1, wokeAtMs },
      ...{ hasAddress: true, power: null, network: null },
    },
    of: (state) => at(asksForAddress(state) ? surroundings.hasAddress() : true),
    ring: ({ nowMs, first, sinceMs }) => {
      cause = first ? 'not-running' : 'asleep';
      if (first || sinceMs > asleepMs) wokeAtMs = nowMs;
    },
  };
}
