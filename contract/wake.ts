import { z } from 'zod';
import { idSchema } from './hours.ts';
import { outcomes } from './ledger.ts';
import { instantSchema } from './time.ts';

/** One schedule of a wake review: how many of its slots weren't reached in time, and what was done. */
export const wakeLineSchema = z.object({
  schedule: idSchema,
  name: z.string(),
  slots: z.int(),
  /** The oldest and the newest of these slots. */
  from: instantSchema,
  to: instantSchema,
  /** How many runs made up for them, those that wait or go on included. */
  runs: z.int(),
  /** The newest of these rows: its name, what became of it, and when its run started. */
  row: z.string(),
  outcome: z.enum(outcomes).nullable(),
  reason: z.string().nullable(),
  startedAt: instantSchema.nullable(),
});

/** One schedule of a wake review. */
export type WakeLine = z.infer<typeof wakeLineSchema>;

/**
 * What wasn't run in time while the computer slept or Jackdaw didn't run, of the last week, until a
 * person puts it away. `schedules` and `slots` count all of it; `lines` are 50 at the most.
 */
export const wakeReviewSchema = z.object({
  /** The oldest of the slots, and when the newest was judged. */
  from: instantSchema,
  until: instantSchema,
  /** Why they weren't reached in time, where that is one and the same for all and known. */
  cause: z.enum(['asleep', 'not-running']).nullable(),
  schedules: z.int(),
  slots: z.int(),
  lines: z.array(wakeLineSchema),
});

/** What wasn't run in time. */
export type WakeReview = z.infer<typeof wakeReviewSchema>;
