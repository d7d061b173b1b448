import type { ImportReport } from '../../contract/calls.ts';
import { fileVersion, type ScheduleFile } from '../../contract/file.ts';
import type { HoursProfile } from '../../contract/hours.ts';
import type { Schedule } from '../../contract/schedule.ts';
import { listHours, writeHours } from '../store/hours.ts';
import { insertSchedule, updateSchedule, type StoredSchedule } from '../store/schedules.ts';
import { adviceOnFile } from './advice.ts';
import { askKnowing } from './calendars.ts';
import type { Handlers } from './calls.ts';
import { readyFile } from './check-file.ts';
import type { Context } from './context.ts';
import { hoursViews } from './hours.ts';
import { scheduleById } from './lookup.ts';

import { readScheduleFile, scheduleFileJsonSchema } from './schedule-file.ts';
import { sameProfile, sameSchedule, shortestFile } from './shortest-form.ts';
import { worldOf } from './world.ts';

/** Sorts entries into new, different and equal ones, against those that are stored. */
function compared<Item extends { readonly id: string }>(
  items: readonly Item[],
  stored: (id: string) => Item | undefined,
  same: (one: Item, other: Item) => boolean,
): Record<'added' | 'replaced' | 'unchanged', string[]> {
  const kind = (item: Item): 'added' | 'replaced' | 'unchanged' => {
    const before = stored(item.id);
    if (before === undefined) return 'added';
    return same(item, before) ? 'unchanged' : 'replaced';
  };
  const ids = (wanted: string): string[] =>
    items.filter((item) => kind(item) === wanted).map((item) => item.id);
  return { added: ids('added'), replaced: ids('replaced'), unchanged: ids('unchanged') };
}

interface Import {
  readonly profiles: readonly HoursProfile[];
  readonly schedules: readonly Schedule[];
  readonly report: ImportReport;
}

async function compareFile(context: Context, file: ScheduleFile, dryRun: boolean): Promise<Import> {
  const profiles = new Map(listHours(context.db).map((profile) => [profile.id, profile]));
  const schedules = compared(
    file.schedules,
    (id) => context.scheduler.book.byId(id)?.stored.document,
    sameSchedule,
  );
  const hours = compared(file.hours, (id) => profiles.get(id), sameProfile);
  const touched = (ids: { added: string[]; replaced: string[] }): ReadonlySet<string> =>
    new Set([...ids.added, ...ids.replaced]);
  const newSchedules = touched(schedules);
  const newHours = touched(hours);
  const world = worldOf(context, file.hours);
  const advice = await askKnowing(context, () => adviceOnFile(context, file.schedules, world));
  return {
    profiles: file.hours.filter(({ id }) => newHours.has(id)),
    schedules: file.schedules.filter(({ id }) => newSchedules.has(id)),
    report: {
      dryRun,
      ...schedules,
      hours,
      advice,
    },
  };
}

/** Writes one schedule of a file: a new one, or a new document in its place. */
function writeSchedule(
  { db, scheduler }: Context,
  document: Schedule,
  nowMs: number,
): StoredSchedule {
  const before = scheduler.book.byId(document.id)?.stored;
  if (before === undefined) return insertSchedule(db, document, nowMs);
  const stored = { ...before, document, handledUntilMs: nowMs };
  updateSchedule(db, stored);
  return stored;
}

/** Carries an import out, all or nothing. */
function write(context: Context, planned: Import): void {
  const { db, scheduler, changes, log } = context;
  const { profiles, schedules } = planned;
  if (profiles.length + schedules.length === 0) return;
  const replaced = schedules.flatMap(({ id }) => scheduler.book.byId(id)?.stored.number ?? []);
  scheduler.edit(profiles.length > 0 ? 'all' : replaced, (nowMs) => {
    for (const profile of profiles) writeHours(db, profile);
    const put = schedules.map((document) => writeSchedule(context, document, nowMs));
    return { value: undefined, put, world: profiles.length > 0 };
  });
  for (const id of planned.report.added) log.info('schedule created', { schedule: id });
  for (const id of planned.report.replaced) log.info('schedule changed', { schedule: id });
  changes.publish('hours', hoursViews(context));
}

/** The schedules asked for, and the profiles they name; all of both where none is. */
function wanted(context: Context, ids: readonly string[] | undefined): ScheduleFile {
  const profiles = listHours(context.db);
  if (ids === undefined) {
    const schedules = context.scheduler.book.all().map(({ stored }) => stored.document);
    return { jackdaw: fileVersion, hours: [...profiles], schedules };
  }
  const found = ids.map(
    (id, index) => scheduleById(context, id, `ids[${String(index)}]`).stored.document,
  );
  // A file that names one schedule twice could not be imported.
  const schedules = [...new Set(found)];
  const used = new Set(schedules.map(({ hours }) => hours));
  return { jackdaw: fileVersion, hours: profiles.filter(({ id }) => used.has(id)), schedules };
}

/** The calls on schedule files. */
export function fileHandlers(
  context: Context,
): Pick<Handlers, 'importFile' | 'exportFile' | 'getFileSchema'> {
  return {
    importFile: async ({ text, dryRun, disabled }) => {
      const read = readScheduleFile(text);
      const file = disabled
        ? { ...read, schedules: read.schedules.map((one) => ({ ...one, enabled: false })) }
        : read;
      await readyFile(context, file);
      const planned = await compareFile(context, file, dryRun);
      if (!dryRun) write(context, planned);
      return planned.report;
    },
    exportFile: ({ ids }) => ({ ...shortestFile(wanted(context, ids)) }),
    getFileSchema: () => scheduleFileJsonSchema(),
  };
}
