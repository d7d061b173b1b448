import type { Preview } from '../../contract/calls.ts';
import { faultsOf } from '../../contract/faults.ts';
import type { HoursProfile } from '../../contract/hours.ts';
import { RefusedError, type Fault } from '../../contract/result.ts';
import { scheduleSchema, type Schedule } from '../../contract/schedule.ts';
import { scrapeSchema } from '../../contract/scrape.ts';
import { fromInstant, toInstant } from '../../contract/time.ts';
import type { SlotView, TraceEntry } from '../../contract/views.ts';
import { describeTrigger } from '../schedule/describe.ts';
import { nextSlots, whyNever } from '../schedule/next-slots.ts';
import { planOf, type Plan, type World } from '../scheduler/plan.ts';
import { listHours } from '../store/hours.ts';
import type { Handlers } from './calls.ts';
import { scheduleFaults } from './check-schedule.ts';
import type { Context } from './context.ts';
import { refuseFileFaults } from './files.ts';
import { scheduleById } from './lookup.ts';
import { hoursWords, shownOf } from './schedule-view.ts';
import { profileIds } from './schedules.ts';
import { readScheduleFile } from './schedule-file.ts';

/** The world as it is, with the profiles of a file that isn't imported before the stored ones. */
export function worldOf(context: Context, profiles: readonly HoursProfile[] = []): World {
  const known = [...listHours(context.db), ...profiles];
  return {
    zone: context.scheduler.facts().zone,
    settings: context.settings.current(),
    profiles: new Map(known.map((profile) => [profile.id, profile])),
  };
}

interface Coming {
  readonly next: SlotView[];
  readonly why: TraceEntry[];
}

/** The next slots of a plan with their reasons; why there are none, where there are none. */
function coming(plan: Plan, afterMs: number, count: number): Coming {
  if (plan.rhythm === null) return { next: [], why: [] };
  const next = nextSlots(plan.rhythm, plan.hours, afterMs, count).map((slot) => ({
    at: toInstant(slot.at),
    local: slot.local,
    trace: [...slot.trace],
  }));
  const why = next.length > 0 ? [] : [...whyNever(plan.rhythm, plan.hours, afterMs)];
  return { next, why };
}

/** A document whose times can be computed while its page is still being written. */
const pageStandIn = { kind: 'page', url: 'https://jackdaw.invalid/', fields: { title: 'title' } };

/**
 * The draft with its times, if they can be read: the parts that have nothing to do with time are
 * replaced, so that an unfinished page doesn't hide the next runs.
 */
function timesOf(draft: unknown): Schedule | null {
  if (typeof draft !== 'object' || draft === null) return null;
  const { trigger, timezone, hours, outside } = draft as Record<string, unknown>;
  const read = scheduleSchema.safeParse({
    id: 'draft',
    name: 'Draft',
    trigger,
    ...(timezone === undefined ? {} : { timezone }),
    ...(hours === undefined ? {} : { hours }),
    ...(outside === undefined ? {} : { outside }),
    scrape: pageStandIn,
  });
  return read.success ? read.data : null;
}

function draftFaults(context: Context, draft: unknown): readonly Fault[] {
  const read = scheduleSchema.safeParse(draft, { reportInput: true });
  if (!read.success) return faultsOf(read.error);
  return scheduleFaults(read.data, profileIds(context)).map(({ path, message }) => ({
    path,
    message,
  }));
}

function previewOf(context: Context, draft: unknown, count: number): Preview {
  const faults = [...draftFaults(context, draft)];
  const times = timesOf(draft);
  const nothing = { faults, trigger: '', hours: '', timezone: '', next: [], why: [] };
  if (times?.trigger === undefined) return nothing;
  if (scheduleFaults(times, profileIds(context)).length > 0) return nothing;
  const plan = planOf(times, worldOf(context));
  return {
    faults,
    trigger: describeTrigger(times.trigger),
    hours: hoursWords(plan),
    timezone: plan.timezone,
    ...coming(plan, context.clock.now(), count),
  };
}

/** The next slots of stored schedules: as the window shows them, with pause and snooze first. */
function storedNext(
  context: Context,
  id: string | undefined,
  afterMs: number | null,
  count: number,
) {
  const { scheduler, clock } = context;
  const entries = id === undefined ? scheduler.book.all() : [scheduleById(context, id)];
  return entries.map((entry) => {
    const schedule = entry.stored.document.id;
    const fromMs = afterMs ?? clock.now();
    const shown = shownOf(entry, scheduler.facts().pause, fromMs);
    if (shown.slot === null) return { schedule, next: [], why: [...shown.trace] };
    const rest = coming(entry.plan, shown.slot.at, count - 1).next;
    const { at, local } = shown.slot;
    return {
      schedule,
      next: [{ at: toInstant(at), local, trace: [...shown.trace] }, ...(count > 1 ? rest : [])],
      why: [],
    };
  });
}

function fileNext(
  context: Context,
  text: string,
  id: string | undefined,
  afterMs: number,
  count: number,
) {
  const file = readScheduleFile(text);
  refuseFileFaults(file, profileIds(context));
  const schedules = file.schedules.filter((one) => id === undefined || one.id === id);
  if (id !== undefined && schedules.length === 0)
    throw new RefusedError('not-found', `The file has no schedule ${id}.`, [
      { path: 'id', message: `the file has no schedule ${id}` },
    ]);
  const world = worldOf(context, file.hours);
  return schedules.map((schedule) => ({
    schedule: schedule.id,
    ...coming(planOf(schedule, world), afterMs, count),
  }));
}

/** The calls that look at what isn't saved: drafts, files, pages. */
export function previewHandlers(
  context: Context,
): Pick<Handlers, 'previewSchedule' | 'nextSlots' | 'tryPage'> {
  return {
    previewSchedule: ({ schedule, count }) => previewOf(context, schedule, count),
    nextSlots: ({ id, file, after, count }) => {
      const afterMs = after === undefined ? null : fromInstant(after);
      return file === undefined
        ? storedNext(context, id, afterMs, count)
        : fileNext(context, file, id, afterMs ?? context.clock.now(), count);
    },
    tryPage: ({ scrape, refresh }) => {
      const read = scrapeSchema.safeParse(scrape, { reportInput: true });
      if (read.success) return context.tryPage(read.data, { refresh });
      const faults = [...faultsOf(read.error)];
      const empty = { url: null, title: null, columns: [], rows: [], total: 0, next: null };
      return { ...empty, faults, message: null };
    },
  };
}
