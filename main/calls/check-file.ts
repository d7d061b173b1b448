import type { ScheduleFile } from '../../contract/file.ts';
import type { Fault } from '../../contract/result.ts';
import { closedFaults, ownClosed } from './calendars.ts';
import { chainFaults } from './check-chains.ts';
import { refuseFaults, scheduleFaults } from './check-schedule.ts';
import type { Context } from './context.ts';
import { profileIds } from './schedules.ts';

/**
 * Refuses a file for all that is wrong beyond its shape, in the file's order: its own hours and
 * schedules count as present. What its holidays and calendars close round now is known afterwards.
 */
export async function readyFile(context: Context, file: ScheduleFile): Promise<void> {
  const hours: Fault[] = [];
  for (const [index, { closed }] of file.hours.entries())
    hours.push(...(await closedFaults(context, closed, `hours[${String(index)}].closed`)));
  const own: (readonly Fault[])[] = [];
  for (const [index, schedule] of file.schedules.entries()) {
    const path = `schedules[${String(index)}].hours.closed`;
    own.push(await closedFaults(context, ownClosed(schedule.hours), path));
  }
  const profiles = new Set([...profileIds(context), ...file.hours.map((profile) => profile.id)]);
  const chains = chainFaults(file.schedules, context.scheduler.book);
  refuseFaults([
    ...hours,
    ...file.schedules.flatMap((schedule, index) => [
      ...scheduleFaults(schedule, profiles, `schedules[${String(index)}]`, chains),
      ...(own[index] ?? []),
    ]),
  ]);
}
