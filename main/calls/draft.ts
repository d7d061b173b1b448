import { faultsOf } from '../../contract/faults.ts';
import { idSchema } from '../../contract/hours.ts';
import type { Fault } from '../../contract/result.ts';
import { scheduleSchema, type Schedule } from '../../contract/schedule.ts';
import { closedFaults, ownClosed } from './calendars.ts';
import { chainFaults, type ChainFaults } from './check-chains.ts';
import { scheduleFaults } from './check-schedule.ts';
import type { Context } from './context.ts';
import { profileIds } from './schedules.ts';

/** A schedule as the editor holds it: anything at all. */
export interface Draft {
  readonly faults: readonly Fault[];
  /** The whole schedule, where nothing is wrong with its shape. */
  readonly schedule: Schedule | null;
  /** The draft with its times, where these can be read; the rest may be a stand-in. */
  readonly times: Schedule | null;
}

/** A page for a document whose times can be computed while its own is still being written. */
const pageStandIn = { kind: 'page', url: 'https://jackdaw.invalid/', fields: { title: 'title' } };

/** The fields of a schedule that its times depend on. */
const timeFields = ['trigger', 'after', 'timezone', 'hours', 'outside', 'jitter'] as const;

/**
 * The draft with its times, if they can be read: the parts that have nothing to do with time are
 * replaced, so that an unfinished page doesn't hide the next runs.
 */
function timesOf(draft: unknown): Schedule | null {
  if (typeof draft !== 'object' || draft === null) return null;
  const given = draft as Readonly<Record<string, unknown>>;
  const times = timeFields.filter((name) => given[name] !== undefined);
  const id = idSchema.safeParse(given['id']);
  const read = scheduleSchema.safeParse({
    ...Object.fromEntries(times.map((name) => [name, given[name]])),
    // Jitter is drawn by the id.
    id: id.success ? id.data : 'draft',
    name: 'Draft',
    scrape: pageStandIn,
  });
  return read.success ? read.data : null;
}

/** Whether a fault is about the times of a draft, and keeps them from being read. */
export function isTimeFault({ path }: Fault): boolean {
  return timeFields.some((name) => /^[^.[]*/.exec(path)?.[0] === name);
}

/** What is wrong with what a draft runs after. */
function chainFaultsOf({ scheduler }: Context, times: Schedule | null): ChainFaults {
  return chainFaults(times === null ? [] : [times], scheduler.book);
}

/**
 * Reads a draft, its holidays and its calendar; whatever is wrong with it comes back as faults. What
 * these close round now is known afterwards.
 */
export async function readDraft(context: Context, draft: unknown): Promise<Draft> {
  const profiles = profileIds(context);
  const times = timesOf(draft);
  const closed = ownClosed(times?.hours);
  const unread = await closedFaults(context, closed, 'hours.closed');
  const chains = chainFaultsOf(context, times);
  const isSound = times !== null && scheduleFaults(times, profiles, '', chains).length === 0;
  const usable = isSound && unread.length === 0 ? times : null;
  const read = scheduleSchema.safeParse(draft, { reportInput: true });
  if (!read.success)
    return { faults: [...faultsOf(read.error), ...unread], schedule: null, times: usable };
  const faults = [...scheduleFaults(read.data, profiles, '', chains), ...unread];
  return {
    faults: faults.map(({ path, message }) => ({ path, message })),
    schedule: read.data,
    times: usable,
  };
}
