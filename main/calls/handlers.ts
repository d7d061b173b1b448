import { backupHandlers } from './backups.ts';
import { calendarHandlers } from './calendars.ts';
import type { Handlers } from './calls.ts';
import type { Context } from './context.ts';
import { fileHandlers } from './files.ts';
import { hostHandlers } from './host.ts';
import { hoursHandlers } from './hours.ts';
import { previewHandlers } from './preview.ts';
import { recordHandlers } from './records.ts';
import { runHandlers } from './runs.ts';
import { runDayHandlers } from './run-days.ts';
import { scheduleHandlers } from './schedules.ts';
import { storyHandlers } from './story.ts';

/** All handlers, one a call. */
export function createHandlers(context: Context): Handlers {
  return {
    ...hostHandlers(context),
    ...scheduleHandlers(context),
    ...hoursHandlers(context),
    ...calendarHandlers(context),
    ...previewHandlers(context),
    ...fileHandlers(context),
    ...runHandlers(context),
    ...runDayHandlers(context),
    ...storyHandlers(context),
    ...recordHandlers(context),
    ...backupHandlers(context),
  };
}
