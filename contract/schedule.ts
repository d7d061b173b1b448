import { z } from 'zod';
import { hoursChoiceSchema, idSchema } from './hours.ts';
import { scrapeSchema } from './scrape.ts';
import { durationBetween, durationSchema, timeZoneSchema } from './time.ts';
import { triggerSchema } from './trigger.ts';

/** Which of the missed slots are made up for: the newest, all, or none. */
export const missedPolicySchema = z.enum(['latest', 'all', 'skip']);

/** Which of the missed slots are made up for. */
export type MissedPolicy = z.infer<typeof missedPolicySchema>;

/** What happens to the slots the computer slept or was off through (design.md section 2, rule 10). */
export const missedSchema = z.strictObject({
  policy: missedPolicySchema.default('latest'),
  grace: durationSchema.default('24h'),
});

/** How often and how patiently a failed slot is tried again; `attempts` include the first. */
export const retrySchema = z.strictObject({
  attempts: z.int().min(1).max(20).default(3),
  backoff: durationBetween('1s', '24h').default('30s'),
  factor: z.number().min(1).max(10).default(2),
  max: durationBetween('1s', '24h').default('15m'),
});

/** When to tell the user. */
export const notifySchema = z.strictObject({
  on: z
    .array(z.enum(['failure', 'attention', 'change', 'success']))
    .default(['failure', 'attention']),
});

/** What must hold for a slot to run. */
export const conditionsSchema = z.strictObject({
  power: z.literal('ac').optional(),
  network: z.boolean().optional(),
});

/** A chain: this schedule's slots are the ends of another's runs. */
export const afterSchema = z.strictObject({
  schedule: idSchema,
  on: z.enum(['success', 'change', 'failure']).default('success'),
});

/**
 * One schedule as the file, the window and the database hold it. What is left out of a file has the
 * default shown here (design.md section 3).
 */
export const scheduleSchema = z
  .strictObject({
    id: idSchema,
    name: z.string().trim().min(1, 'give it a name').max(200),
    description: z.string().max(10_000).default(''),
    tags: z.array(z.string().trim().min(1).max(50)).max(50).default([]),
    enabled: z.boolean().default(true),
    timezone: timeZoneSchema.optional(),
    trigger: triggerSchema.optional(),
    after: afterSchema.optional(),
    hours: hoursChoiceSchema.optional(),
    outside: z.enum(['skip', 'defer']).default('skip'),
    atClose: z.enum(['finish', 'stop', 'abort']).default('finish'),
    jitter: durationBetween('0s', '24h').default('0s'),
    missed: missedSchema.default({ policy: 'latest', grace: '24h' }),
    overlap: z.enum(['skip', 'queue']).default('skip'),
    retry: retrySchema.default({ attempts: 3, backoff: '30s', factor: 2, max: '15m' }),
    pauseAfterFailures: z.int().min(0).max(1000).default(5),
    enough: z.enum(['success', 'change']).optional(),
    conditions: conditionsSchema.default({}),
    notify: notifySchema.default({ on: ['failure', 'attention'] }),
    timeout: durationBetween('1s', '24h').default('10m'),
    scrape: scrapeSchema,
  })
  .superRefine((schedule, context) => {
    if ((schedule.trigger === undefined) === (schedule.after === undefined))
      context.addIssue({
        code: 'custom',
        path: ['trigger'],
        message:
          schedule.trigger === undefined
            ? 'is missing; say when it runs, or name another schedule in after'
            : 'and after exclude each other; leave one out',
      });
  });

/** One schedule, its defaults filled in. */
export type Schedule = z.output<typeof scheduleSchema>;

/** One schedule as it may be written, defaults left out. */
export type ScheduleInput = z.input<typeof scheduleSchema>;
