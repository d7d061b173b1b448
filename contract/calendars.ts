import { z } from 'zod';
import { faultSchema } from './result.ts';
import { dateSchema } from './time.ts';

/** A country, or a region of one, whose public holidays are known: the code as hours write it, `US-NY`. */
export const holidayPlaceSchema = z.object({
  code: z.string(),
  name: z.string(),
  /** Its regions, each with its whole code; those of a region are listed beside it. */
  regions: z.array(z.object({ code: z.string(), name: z.string() })),
});

/** A country with its regions. */
export type HolidayPlace = z.infer<typeof holidayPlaceSchema>;

/** What closes hours beside their week and their dates, as a form shows it. */
export const closedViewSchema = z.object({
  /** What is wrong with `holidays` or `ics`. */
  faults: z.array(faultSchema),
  /** The coming public holidays, at most 20. */
  holidays: z.array(z.object({ date: dateSchema, name: z.string() })),
  /** The calendar's own name, empty where it has none; null where there is no calendar. */
  calendar: z.string().nullable(),
  /** How many events of the calendar close something, a recurring one counted once. */
  events: z.int(),
  /** The coming closed times of the calendar, at most 20: whole days, or from and to a wall time. */
  times: z.array(
    z.object({ from: z.string(), to: z.string(), allDay: z.boolean(), name: z.string() }),
  ),
});

/** What closes hours beside their week and their dates. */
export type ClosedView = z.infer<typeof closedViewSchema>;
