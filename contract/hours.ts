import { z } from 'zod';
import { dateSchema } from './time.ts';
import { weekdays } from './trigger.ts';

const windowPattern = /^(([01]\d|2[0-3]):[0-5]\d)-(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

/**
 * One half-open window `[open, close)` of local wall-clock time, `09:00-17:00`. It may end at 24:00
 * or, overnight, on the next day (`22:00-02:00`); equal ends are refused.
 */
export const windowSchema = z
  .string()
  .regex(windowPattern, 'write a window as 09:00-17:00, with times from 00:00 to 24:00')
  .refine(
    (text) => text.slice(0, 5) !== text.slice(6),
    'opens and closes at the same time; for the whole day write 00:00-24:00',
  );

/** The windows of each weekday; a weekday left out is closed. */
export const weekSchema = z.partialRecord(
  z.enum(weekdays),
  z.array(windowSchema).max(48, 'has more than 48 windows on one day; join some'),
);

/** Which windows open on which weekday. */
export type Week = z.infer<typeof weekSchema>;

/** What closes a profile whatever its week says. */
export const closedSchema = z.strictObject({
  dates: z.array(dateSchema).max(2000).optional(),
  holidays: z
    .string()
    .regex(
      /^[A-Z]{2}(-[A-Za-z0-9]{1,12}){0,2}$/,
      'write a country, and a region if it has one, as US-NY',
    )
    .optional(),
  ics: z.string().max(1_000_000).optional(),
});

const hoursShape = {
  week: weekSchema.optional(),
  closed: closedSchema.optional(),
};

/** Active hours themselves: `week` left out is always open (design.md section 2, rules 4 and 5). */
export const hoursSchema = z.strictObject(hoursShape);

/** Active hours. */
export type Hours = z.infer<typeof hoursSchema>;

/** The id of a profile or schedule: lower-case letters, digits and hyphens, 64 at the most. */
export const idSchema = z
  .string()
  .regex(/^[a-z0-9-]{1,64}$/, 'use 1 to 64 lower-case letters, digits and hyphens');

/** Active hours with a name, shared by schedules. */
export const hoursProfileSchema = z.strictObject({
  id: idSchema.refine((id) => id !== 'always', 'the id always is taken: it means no active hours'),
  name: z.string().trim().min(1, 'give it a name').max(200).optional(),
  ...hoursShape,
});

/** Active hours with a name. */
export type HoursProfile = z.infer<typeof hoursProfileSchema>;

/** Which hours a schedule keeps: a profile's id, `always`, or a profile written out in place. */
export const hoursChoiceSchema = z.union([idSchema, hoursSchema]);
