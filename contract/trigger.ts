import { z } from 'zod';
import { dateSchema, durationMs, durationSchema, timeOfDaySchema } from './time.ts';

const dayMs = durationMs('1d');

/**
 * Every so often on the wall clock: 10 s to 24 h counted from `anchor` each local day, or whole days
 * with `from` and `at` (design.md section 2, rule 2).
 */
export const intervalTriggerSchema = z
  .strictObject({
    kind: z.literal('interval'),
    every: durationSchema,
    anchor: timeOfDaySchema.optional(),
    from: dateSchema.optional(),
    at: timeOfDaySchema.optional(),
  })
  .superRefine((trigger, context) => {
    const lengthMs = durationMs(trigger.every);
    const refuse = (path: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [path], message });
    };
    if (trigger.every.endsWith('d')) {
      if (lengthMs < dayMs) refuse('every', 'use at least 1d');
      if (lengthMs > 3650 * dayMs) refuse('every', 'use at most 3650d');
      if (trigger.from === undefined)
        refuse('from', 'whole days need a first date; add from, as 2026-12-01');
      if (trigger.at === undefined) refuse('at', 'whole days need a time of day; add at, as 09:00');
      if (trigger.anchor !== undefined)
        refuse('anchor', 'belongs to intervals up to 24h; leave it out and use at');
      return;
    }
    if (lengthMs < 10_000) refuse('every', 'is shorter than 10s; use 10s or more');
    if (lengthMs > dayMs)
      refuse('every', 'is longer than 24h; write whole days, for example 2d with from and at');
    if (trigger.from !== undefined)
      refuse('from', 'belongs to intervals of whole days such as 2d; leave it out');
    if (trigger.at !== undefined)
      refuse('at', 'belongs to intervals of whole days such as 2d; use anchor');
  });

/** A weekday as it is written in files: three letters, lower case. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** A weekday. */
export type Weekday = (typeof weekdays)[number];

/** A day of a calendar trigger: a weekday, a day of the month, `last`, or an nth weekday as `mon#1` and `fri#last`. */
export const calendarDaySchema = z.union(
  [
    z.enum(weekdays),
    z.int().min(1).max(31),
    z.literal('last'),
    z.string().regex(/^(mon|tue|wed|thu|fri|sat|sun)#([1-5]|last)$/),
  ],
  'write a weekday (mon), a day of the month (15), last, or an nth weekday (mon#1, fri#last)',
);

/** Times of day on chosen days, in chosen months; entries of `on` unite. */
export const calendarTriggerSchema = z.strictObject({
  kind: z.literal('calendar'),
  at: z.array(timeOfDaySchema).min(1, 'name at least one time of day').max(100),
  on: z
    .array(calendarDaySchema)
    .min(1, 'name at least one day, or leave it out')
    .max(60)
    .optional(),
  months: z
    .array(z.int().min(1).max(12))
    .min(1, 'name at least one month, or leave it out')
    .max(12)
    .optional(),
});

/** A cron pattern of 5 or 6 fields; its grammar is checked by `main/schedule`. */
export const cronTriggerSchema = z.strictObject({
  kind: z.literal('cron'),
  expression: z.string().min(1, 'write 5 or 6 fields, for example */15 9-17 * * 1-5').max(300),
});

/** One wall-clock time, in the schedule's zone. */
export const onceTriggerSchema = z.strictObject({
  kind: z.literal('once'),
  at: z.iso.datetime({
    local: true,
    precision: -1,
    error: 'write a local date and time, as 2026-12-01T09:00',
  }),
});

/** When a schedule runs in principle. */
export const triggerSchema = z.discriminatedUnion(
  'kind',
  [intervalTriggerSchema, calendarTriggerSchema, cronTriggerSchema, onceTriggerSchema],
  'has no kind known here; use interval, calendar, cron or once',
);

/** When a schedule runs in principle. */
export type Trigger = z.infer<typeof triggerSchema>;

/** An interval trigger. */
export type IntervalTrigger = z.infer<typeof intervalTriggerSchema>;
