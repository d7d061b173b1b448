import { z } from 'zod';
import { hoursProfileSchema } from './hours.ts';
import { scheduleSchema } from './schedule.ts';

/** The version of the schedule file this Jackdaw reads and writes. */
export const fileVersion = 1;

/** The most bytes a schedule file may have. */
export const fileMaxBytes = 1_000_000;

/** The schedule file: named hours and schedules (design.md section 3). */
export const scheduleFileSchema = z.strictObject({
  jackdaw: z.literal(fileVersion, 'must be 1: this Jackdaw reads files of version 1'),
  hours: z.array(hoursProfileSchema).max(1000).default([]),
  schedules: z.array(scheduleSchema).max(10_000).default([]),
});

/** A schedule file with its defaults filled in. */
export type ScheduleFile = z.output<typeof scheduleFileSchema>;

/** A schedule file as it may be written. */
export type ScheduleFileInput = z.input<typeof scheduleFileSchema>;
