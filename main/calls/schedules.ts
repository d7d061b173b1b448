import { RefusedError } from '../../contract/result.ts';
import type { Schedule } from '../../contract/schedule.ts';
import type { ScheduleView } from '../../contract/views.ts';
import { listHours } from '../store/hours.ts';
import {
  deleteSchedule,
  insertSchedule,
  isUnreadable,
  undeleteMs,
  undeleteSchedule,
  updateSchedule,
} from '../store/schedules.ts';
import { closedFaults, ownClosed } from './calendars.ts';
import type { Handlers } from './calls.ts';
import { chainFaults, downstreamOf } from './check-chains.ts';
import { refuseFaults, scheduleFaults } from './check-schedule.ts';
import type { Context } from './context.ts';
import { scheduleById } from './lookup.ts';
import { scheduleView, scheduleViews } from './schedule-view.ts';

/** The ids of the named profiles. */
export function profileIds({ db }: Context): ReadonlySet<string> {
  return new Set(listHours(db).map((profile) => profile.id));
}

/** The view of the schedule with this id. */
export function viewById(context: Context, id: string): ScheduleView {
  const { db, scheduler, clock } = context;
  return scheduleView(db, scheduler, scheduleById(context, id), clock.now());
}

function conflict(id: string, path: string): RefusedError {
  return new RefusedError('conflict', `There is a schedule ${id} already; choose another id.`, [
    { path, message: `is taken by another schedule; choose another id` },
  ]);
}

/** Enters a new schedule. */
function create(context: Context, document: Schedule): void {
  context.scheduler.edit([], (nowMs) => {
    const stored = insertSchedule(context.db, document, nowMs);
    return { value: stored, put: [stored] };
  });
  context.log.info('schedule created', { schedule: document.id });
}

/** Puts a document in a schedule's place; its history, counter and pause stay. */
function replace(context: Context, id: string, document: Schedule): void {
  const { number } = scheduleById(context, id, 'schedule.id').stored;
  context.scheduler.edit([number], (nowMs) => {
    const { stored } = scheduleById(context, id);
    const changed = { ...stored, document, handledUntilMs: nowMs };
    updateSchedule(context.db, changed);
    return { value: changed, put: [changed] };
  });
  context.log.info('schedule changed', { schedule: id });
}

/** Whether a schedule has this id, be it one that can't be read. */
function isTaken({ db, scheduler }: Context, id: string): boolean {
  return scheduler.book.byId(id) !== undefined || isUnreadable(db, id);
}

/** An id that is free: `flink`, `flink-2`, `flink-3`. */
function freeId(context: Context, id: string): string {
  const stem = id.slice(0, 58);
  for (let count = 2; ; count += 1) {
    const candidate = `${stem}-${String(count)}`;
    if (!isTaken(context, candidate)) return candidate;
  }
}

/** Brings back the schedule deleted last under this id; its slots count from now on. */
function bringBack(context: Context, id: string): void {
  const { db, scheduler } = context;
  if (isTaken(context, id)) throw conflict(id, 'id');
  scheduler.edit([], (nowMs) => {
    const found = undeleteSchedule(db, id, nowMs - undeleteMs);
    if (found === null)
      throw new RefusedError('not-found', `No schedule ${id} was deleted lately.`, [
        { path: 'id', message: `no schedule ${id} was deleted lately` },
      ]);
    const { hours, after } = found.document;
    if (after !== undefined && scheduler.book.byId(after.schedule) === undefined)
      throw new RefusedError(
        'conflict',
        `${found.document.name} runs after ${after.schedule}, which was deleted; bring that back first.`,
        [
          {
            path: 'id',
            message: `runs after ${after.schedule}, which was deleted; bring that back first`,
          },
        ],
      );
    // Hours that are gone would count as always open.
    if (typeof hours === 'string' && hours !== 'always' && !profileIds(context).has(hours))
      throw new RefusedError(
        'conflict',
        `${found.document.name} keeps the hours ${hours}, which were deleted; add these again first.`,
        [{ path: 'id', message: `keeps the hours ${hours}, which were deleted; add these first` }],
      );
    const stored = { ...found, handledUntilMs: nowMs };
    updateSchedule(db, stored);
    return { value: stored, put: [stored] };
  });
}

/** Refuses to take away a schedule that others run after: they would never run again. */
function refuseAwaited({ scheduler }: Context, document: Schedule): void {
  const waiting = downstreamOf(scheduler.book, document.id);
  if (waiting.length === 0) return;
  const names = `${waiting.slice(0, 3).join(', ')}${waiting.length > 3 ? ' and others' : ''}`;
  const message =
    waiting.length === 1
      ? `is what ${names} runs after; let that run by itself first`
      : `is what ${names} run after; let these run by themselves first`;
  throw new RefusedError('conflict', `${document.name} ${message}.`, [{ path: 'id', message }]);
}

/** The calls on schedules: look, save, copy, switch, delete and bring back. */
export function scheduleHandlers(
  context: Context,
): Pick<
  Handlers,
  | 'listSchedules'
  | 'getSchedule'
  | 'saveSchedule'
  | 'duplicateSchedule'
  | 'setEnabled'
  | 'setMissed'
  | 'deleteSchedule'
  | 'undeleteSchedule'
> {
  const { db, scheduler, log } = context;
  return {
    listSchedules: () => scheduleViews(context),
    getSchedule: ({ id }) => viewById(context, id),
    saveSchedule: async ({ schedule, create: isNew }) => {
      const path = 'schedule.hours.closed';
      const unread = await closedFaults(context, ownClosed(schedule.hours), path);
      const chains = chainFaults([schedule], scheduler.book);
      refuseFaults([
        ...scheduleFaults(schedule, profileIds(context), 'schedule', chains),
        ...unread,
      ]);
      const known = scheduler.book.byId(schedule.id) !== undefined;
      if (isNew && known) throw conflict(schedule.id, 'schedule.id');
      if (isNew) create(context, schedule);
      else replace(context, schedule.id, schedule);
      return viewById(context, schedule.id);
    },
    duplicateSchedule: ({ id }) => {
      const { document } = scheduleById(context, id).stored;
      const copy = freeId(context, id);
      const name = `${document.name.slice(0, 190)} (copy)`;
      create(context, { ...document, id: copy, name, enabled: false });
      return viewById(context, copy);
    },
    setEnabled: ({ id, enabled }) => {
      const { document } = scheduleById(context, id).stored;
      if (document.enabled !== enabled) replace(context, id, { ...document, enabled });
      return viewById(context, id);
    },
    setMissed: ({ id, policy }) => {
      const { document } = scheduleById(context, id).stored;
      const missed = { ...document.missed, policy };
      if (document.missed.policy !== policy) replace(context, id, { ...document, missed });
      return viewById(context, id);
    },
    deleteSchedule: ({ id }) => {
      const { number, document } = scheduleById(context, id).stored;
      refuseAwaited(context, document);
      scheduler.edit([number], (nowMs) => {
        deleteSchedule(db, number, nowMs);
        return { value: id, removed: [number] };
      });
      log.info('schedule deleted', { schedule: id });
      return { id };
    },
    undeleteSchedule: ({ id }) => {
      bringBack(context, id);
      return viewById(context, id);
    },
  };
}
