import type { Announcements } from '../scheduler/announcements.ts';
import { toEntry } from '../scheduler/entries.ts';
import { readRun, readSlotWithoutRun } from '../store/history.ts';
import type { Context } from './context.ts';
import { scheduleView } from './schedule-view.ts';

/** Publishes what the scheduler tells, as the views every window shows. */
export function announcementsOf(context: () => Context): Announcements {
  return {
    run: (run) => {
      const { db, scheduler, changes } = context();
      const row = readRun(db, run);
      if (row !== null) changes.publish('run', toEntry(row, scheduler.dispatcher.progressOf(run)));
    },
    slot: (slot) => {
      const { db, changes } = context();
      const row = readSlotWithoutRun(db, slot);
      if (row !== null) changes.publish('run', toEntry(row));
    },
    schedule: (entry) => {
      const { db, scheduler, clock, changes } = context();
      changes.publish('schedule', scheduleView(db, scheduler, entry, clock.now()));
    },
    scheduleRemoved: (id) => {
      context().changes.publish('scheduleRemoved', { id });
    },
    moved: (from, to) => {
      context().zones.moved(from, to);
    },
    host: () => {
      const { changes, hostView } = context();
      changes.publish('host', hostView());
    },
  };
}
