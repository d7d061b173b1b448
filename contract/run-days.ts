import { z } from 'zod';
import { outcomes } from './ledger.ts';
import { instantSchema } from './time.ts';

/** How many days the chart of the history shows. */
export const chartDays = 30;

/** How many days may be asked for at the most. */
export const mostDays = 92;

/**
 * The last days, oldest first and today last: how many ended rows of the history were recorded on each.
 * An outcome that none of a day's rows had is left out.
 */
export const runDaysSchema = z.object({
  /** The zone whose days these are. */
  timezone: z.string(),
  /** When the last of them ends: ask anew then. */
  until: instantSchema,
  days: z.array(
    z.object({ date: z.iso.date(), counts: z.partialRecord(z.enum(outcomes), z.int().positive()) }),
  ),
});

/** The last days of the history. */
export type RunDays = z.infer<typeof runDaysSchema>;

/** One day of the history. */
export type RunDay = RunDays['days'][number];
