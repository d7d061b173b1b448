import { z } from 'zod';
import { idSchema } from './hours.ts';
import { faultSchema } from './result.ts';
import { instantSchema } from './time.ts';
import { slotViewSchema, traceEntrySchema } from './views.ts';

/**
 * Advice on a schedule that can be saved but may not do what its user means. `warning`: it most likely
 * doesn't; `hint`: worth knowing.
 */
export const adviceSchema = z.object({
  /** A stable word: `never`, `at-close`, `short-months`. */
  code: z.string(),
  level: z.enum(['warning', 'hint']),
  /** The place in the schedule it speaks of: `trigger.expression`. */
  path: z.string(),
  params: traceEntrySchema.shape.params,
  /** One plain sentence: what will happen, and what to change. */
  text: z.string(),
});

/** Advice on a schedule. */
export type Advice = z.infer<typeof adviceSchema>;

/** Advice, and the schedule it is about. */
export const scheduleAdviceSchema = adviceSchema.extend({ schedule: idSchema });

/** Advice, and the schedule it is about. */
export type ScheduleAdvice = z.infer<typeof scheduleAdviceSchema>;

/** An instant and the wall time in the schedule's zone with its offset. */
export const momentSchema = z.object({ at: instantSchema, local: z.string() });

/** An instant and its wall time. */
export type Moment = z.infer<typeof momentSchema>;

/** What saving a draft would change in the coming days. */
export const editChangesSchema = z.object({
  /** Whole days looked at: 14, or fewer where the runs are too many to compare. */
  days: z.int(),
  /** The next run as it is, and as it would be; null: none. */
  before: momentSchema.nullable(),
  after: momentSchema.nullable(),
  kept: z.int(),
  added: z.int(),
  removed: z.int(),
  /** Runs that take the place of one at another time of the same day. */
  moved: z.int(),
  /** The first changes, in the order of time; `from` is where a moved run comes from. */
  changes: z.array(
    z.object({
      kind: z.enum(['added', 'removed', 'moved']),
      ...momentSchema.shape,
      from: momentSchema.nullable(),
    }),
  ),
  /** All of it in one sentence. */
  text: z.string(),
});

/** What saving a draft would change. */
export type EditChanges = z.infer<typeof editChangesSchema>;

/** One coming clock change of a schedule's zone, and what it does to the schedule's times. */
export const clockChangeSchema = z.object({
  at: instantSchema,
  /** The wall clock right before and after, `2027-03-14T02:00` and `2027-03-14T03:00`. */
  from: z.string(),
  to: z.string(),
  kind: z.enum(['forward', 'back']),
  /** The times it touches: those in the hour that is skipped or comes twice. */
  times: z.array(
    z.object({
      /** The wall time, `2027-03-14T02:30`. */
      local: z.string(),
      effect: z.enum(['moved', 'vanishes', 'repeats', 'first-only']),
      /** When it runs; empty where it doesn't. */
      at: z.array(instantSchema),
      text: z.string(),
    }),
  ),
  /** How many more times it touches. */
  more: z.int(),
  /** All of it in one sentence. */
  text: z.string(),
});

/** One coming clock change. */
export type ClockChange = z.infer<typeof clockChangeSchema>;

/**
 * What a draft would do: its faults, its trigger as a sentence, its next slots. Everything but
 * `faults` is empty while the draft can't be read.
 */
export const previewSchema = z.object({
  faults: z.array(faultSchema),
  trigger: z.string(),
  hours: z.string(),
  timezone: z.string(),
  next: z.array(slotViewSchema),
  /** Why there is no next slot, where there is none. */
  why: z.array(traceEntrySchema),
  advice: z.array(adviceSchema),
  /** What saving would change; null for a new schedule. */
  changes: editChangesSchema.nullable(),
  /** The next two clock changes of its zone; empty where none comes. */
  clockChanges: z.array(clockChangeSchema),
});

/** What a draft would do. */
export type Preview = z.infer<typeof previewSchema>;

/**
 * The answer to "does it run then, and why not?" about a wall time. `at` has two instants where the
 * clock shows the time twice, none where it is skipped.
 */
export const explainedTimeSchema = z.object({
  local: z.string(),
  at: z.array(instantSchema),
  runs: z.boolean(),
  /** Why it runs then, or why it doesn't: at least one entry. */
  why: z.array(traceEntrySchema),
  /** The last run before and the first after that time, where there are any. */
  before: slotViewSchema.nullable(),
  after: slotViewSchema.nullable(),
});

/** The answer about a wall time. */
export type ExplainedTime = z.infer<typeof explainedTimeSchema>;
