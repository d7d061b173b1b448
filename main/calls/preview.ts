import type { Preview } from '../../contract/preview.ts';
import { faultsOf } from '../../contract/faults.ts';
import { RefusedError } from '../../contract/result.ts';
import { scrapeSchema } from '../../contract/scrape.ts';
import { fromInstant } from '../../contract/time.ts';
import { clockChanges } from '../schedule/clock-changes.ts';
import { describeTrigger } from '../schedule/describe.ts';
import { editChanges } from '../schedule/edit-changes.ts';
import { planOf } from '../scheduler/plan.ts';
import { adviceOn } from './advice.ts';
import { askKnowing } from './calendars.ts';
import type { Handlers } from './calls.ts';
import { readyFile } from './check-file.ts';
import type { Context } from './context.ts';
import { readDraft } from './draft.ts';
import { explainTimeOf } from './explain-time.ts';
import { scheduleById } from './lookup.ts';
import { chainWords, hoursWords, shownOf } from './schedule-view.ts';
import { readScheduleFile } from './schedule-file.ts';
import { coming, slotView } from './slot-views.ts';
import { worldOf } from './world.ts';

async function previewOf(context: Context, draft: unknown, count: number): Promise<Preview> {
  const { faults, schedule, times } = await readDraft(context, draft);
  const nothing: Preview = {
    faults: [...faults],
    trigger: '',
    hours: '',
    timezone: '',
    next: [],
    why: [],
    advice: [],
    changes: null,
    clockChanges: [],
  };
  if (times === null) return nothing;
  const plan = planOf(times, worldOf(context));
  const trigger =
    times.trigger === undefined
      ? chainWords(times, context.scheduler.book)
      : describeTrigger(times.trigger);
  const nowMs = context.clock.now();
  const stored = context.scheduler.book.byId(times.id);
  return askKnowing(context, () => ({
    ...nothing,
    trigger,
    hours: hoursWords(plan),
    timezone: plan.timezone,
    ...coming(plan, nowMs, count),
    advice: adviceOn(context, schedule ?? times, plan),
    changes: stored?.fault === null ? editChanges(stored.plan, plan, nowMs) : null,
    clockChanges: plan.rhythm === null ? [] : clockChanges(plan.rhythm, plan.hours, nowMs),
  }));
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
    const shown = shownOf(entry, scheduler, fromMs);
    if (shown.slot === null) return { schedule, next: [], why: [...shown.trace] };
    const rest = coming(entry.plan, shown.slot.at, count - 1).next;
    const head = slotView({ ...shown.slot, trace: shown.trace });
    return { schedule, next: [head, ...(count > 1 ? rest : [])], why: [] };
  });
}

async function fileNext(
  context: Context,
  text: string,
  id: string | undefined,
  afterMs: number,
  count: number,
) {
  const file = readScheduleFile(text);
  await readyFile(context, file);
  const schedules = file.schedules.filter((one) => id === undefined || one.id === id);
  if (id !== undefined && schedules.length === 0)
    throw new RefusedError('not-found', `The file has no schedule ${id}.`, [
      { path: 'id', message: `the file has no schedule ${id}` },
    ]);
  const world = worldOf(context, file.hours);
  const planned = schedules.map((schedule) => ({ id: schedule.id, plan: planOf(schedule, world) }));
  return askKnowing(context, () =>
    planned.map(({ id: one, plan }) => ({ schedule: one, ...coming(plan, afterMs, count) })),
  );
}

/** The calls that look at what isn't saved: drafts, files, pages. */
export function previewHandlers(
  context: Context,
): Pick<Handlers, 'previewSchedule' | 'nextSlots' | 'explainTime' | 'tryPage'> {
  return {
    previewSchedule: ({ schedule, count }) => previewOf(context, schedule, count),
    nextSlots: ({ id, file, after, count }) => {
      const afterMs = after === undefined ? null : fromInstant(after);
      return file === undefined
        ? askKnowing(context, () => storedNext(context, id, afterMs, count))
        : fileNext(context, file, id, afterMs ?? context.clock.now(), count);
    },
    explainTime: (input) => explainTimeOf(context, input),
    tryPage: ({ scrape, refresh }) => {
      const read = scrapeSchema.safeParse(scrape, { reportInput: true });
      if (read.success) return context.tryPage(read.data, { refresh });
      const faults = [...faultsOf(read.error)];
      const empty = { url: null, title: null, columns: [], rows: [], total: 0, next: null };
      return { ...empty, faults, message: null };
    },
  };
}
