import type { Hours } from '../../contract/hours.ts';
import type { Fault } from '../../contract/result.ts';
import { askUntilKnown } from '../calendars/ask-until-known.ts';
import { listHours } from '../store/hours.ts';
import type { Handlers } from './calls.ts';
import type { Context } from './context.ts';

/** What closes hours that are written out in place of a schedule's; undefined where none are. */
export function ownClosed(hours: unknown): Hours['closed'] {
  return typeof hours === 'object' && hours !== null && 'closed' in hours
    ? (hours as Hours).closed
    : undefined;
}

/**
 * What is wrong with the holidays or the calendar of hours, with paths below `prefix`. What these close
 * round now is known afterwards, so that the first next run shown is the right one.
 */
export async function closedFaults(
  { calendars }: Context,
  closed: Hours['closed'],
  prefix: string,
): Promise<readonly Fault[]> {
  if (closed?.holidays === undefined && closed?.ics === undefined) return [];
  const faults = await calendars.faults(closed);
  return faults.map(({ path, message }) => ({ path: `${prefix}.${path}`, message }));
}

/** Asks the engine something, and asks again until all years that the answer depends on are known. */
export async function askKnowing<Answer>(
  { calendars }: Context,
  ask: () => Answer,
): Promise<Answer> {
  return askUntilKnown(calendars, ask);
}

/**
 * Reads what the stored hours' holidays and calendars close, and computes the next runs with it; from
 * then on they are computed anew whenever more becomes known.
 */
export async function readCalendars(context: Context): Promise<void> {
  const { db, scheduler, calendars, clock } = context;
  const own = scheduler.book.all().map(({ stored }) => ownClosed(stored.document.hours));
  const closed = [...listHours(db).map((profile) => profile.closed), ...own];
  const wanted = closed.filter((one) => one?.holidays !== undefined || one?.ics !== undefined);
  if (wanted.length > 0) {
    await calendars.prepare(wanted, clock.now());
    await askUntilKnown(calendars, () => {
      scheduler.recompute();
    });
  }
  calendars.onRead(() => {
    scheduler.recompute();
  });
}

/** The calls on holidays and calendars that need not be saved. */
export function calendarHandlers({
  calendars,
  scheduler,
  clock,
}: Context): Pick<Handlers, 'listHolidayPlaces' | 'readClosed'> {
  return {
    listHolidayPlaces: async () => [...(await calendars.places())],
    readClosed: ({ closed, timezone }) =>
      calendars.view(closed, timezone ?? scheduler.facts().zone, clock.now()),
  };
}
