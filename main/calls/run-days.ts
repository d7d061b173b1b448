import type { RunDays } from '../../contract/run-days.ts';
import { toInstant } from '../../contract/time.ts';
import { localDays } from '../schedule/local-day.ts';
import { localIso } from '../schedule/zone-data.ts';
import { countOutcomes } from '../store/quarters.ts';
import type { Handlers } from './calls.ts';
import type { Context } from './context.ts';
import { scheduleById } from './lookup.ts';

/** The last days up to now, in this computer's zone: what a month of the history looks like. */
function runDays(context: Context, schedule: number | null, count: number): RunDays {
  const { db, clock, scheduler } = context;
  const { zone } = scheduler.facts();
  const days = localDays(zone, clock.now(), count);
  return {
    timezone: zone,
    until: toInstant(days.at(-1)?.untilMs ?? clock.now()),
    days: days.map((day) => ({
      date: localIso(day.fromMs, zone).slice(0, 10),
      counts: countOutcomes(db, schedule, day),
    })),
  };
}

/** The call behind the chart of the history. */
export function runDayHandlers(context: Context): Pick<Handlers, 'listRunDays'> {
  return {
    listRunDays: ({ id, days }) =>
      runDays(context, id === undefined ? null : scheduleById(context, id).stored.number, days),
  };
}
