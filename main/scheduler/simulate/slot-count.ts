import type { Schedule } from '../../../contract/schedule.ts';
import { nextInstants } from '../../schedule/next-slots.ts';
import { planOf } from '../plan.ts';
import type { Simulation } from './simulate.ts';

/** How many slots are asked for at a time. */
const chunk = 1_000;

/** A schedule's own slots, counted no further than the limit. */
function ownSlots(
  schedule: Schedule,
  { world, fromMs, toMs }: Pick<Simulation, 'world' | 'fromMs' | 'toMs'>,
  limit: number,
): number {
  const { rhythm, hours } = planOf(schedule, world);
  if (rhythm === null || !schedule.enabled) return 0;
  let count = 0;
  let cursorMs = fromMs;
  while (count < limit) {
    const found = nextInstants(rhythm, hours, cursorMs, chunk, toMs);
    count += found.length;
    cursorMs = found.at(-1) ?? cursorMs;
    if (found.length < chunk) break;
  }
  return count;
}

/** How many schedules each one's slots set off at the most: itself, and those that run after it. */
function followersOf(schedules: readonly Schedule[]): ReadonlyMap<Schedule, number> {
  const byId = new Map(schedules.map((schedule) => [schedule.id, schedule]));
  const counts = new Map<Schedule, number>();
  for (const schedule of schedules) {
    let first: Schedule | undefined = schedule;
    while (first?.after !== undefined) first = byId.get(first.after.schedule);
    if (first !== undefined) counts.set(first, (counts.get(first) ?? 0) + 1);
  }
  return counts;
}

/**
 * How many slots a simulation judges at the most, those of chains included: what its time and memory
 * go by. Counted no further than just above the limit. The chains must make no loop.
 */
export function slotCount(simulation: Simulation, limit: number): number {
  const followers = followersOf(simulation.schedules);
  let count = 0;
  for (const schedule of simulation.schedules) {
    if (count > limit) break;
    count += ownSlots(schedule, simulation, limit - count + 1) * (followers.get(schedule) ?? 1);
  }
  return count;
}
