import { z } from 'zod';
import { idSchema } from './hours.ts';
import { historyEntrySchema, outcomes } from './ledger.ts';
import { instantSchema } from './time.ts';
import { traceEntrySchema } from './views.ts';

/**
 * A row of the history by its kind and number: `r12` is an attempt, `s34` a slot that never had one. The
 * cursor of a page of history (`1764000000000.r12`) names the same row.
 */
export const rowNameSchema = z
  .string()
  .regex(/^(\d{1,15}\.)?[rs]\d{1,15}$/, 'name a row of the history as r12 or s34');

/** The name of the row that a cursor of the history stands at. */
export function rowOfCursor(cursor: string): string {
  return cursor.slice(cursor.indexOf('.') + 1);
}

/** One plain sentence of a story; `row` is the row of the history it speaks of, to be followed. */
export const toldSchema = z.object({
  code: z.string(),
  text: z.string(),
  row: z.string().nullable(),
});

/** One plain sentence of a story. */
export type Told = z.infer<typeof toldSchema>;

/** What a person can do about a row: run it now, resume it, or change a part of the schedule. */
export const remedies = [
  'run-now',
  'resume',
  'page',
  'hours',
  'overlap',
  'timeout',
  'retry',
  'missed',
  'grace',
  'enough',
  'conditions',
] as const;

/** What a person can do about a row. */
export type Remedy = (typeof remedies)[number];

/** An instant with the wall time of the schedule's zone as it was then. */
const placedSchema = z.object({ at: instantSchema, local: z.string() });

/** The slot of a row: when it was, when its run was to start and did, and the open hours round it. */
export const storySlotSchema = z.object({
  at: instantSchema,
  local: z.string(),
  /** The oldest slot the row stands for; equal to `at` on an ordinary row. */
  first: placedSchema,
  coalesced: z.int(),
  /** When its run was to start: later than `at` where jitter said so. */
  startAt: instantSchema,
  /** How late it started; null where it never did. */
  lateMs: z.number().nullable(),
  /** The stretch of open hours it started in, or lay in; null where they were always open, or closed. */
  window: z.object({ opened: placedSchema.nullable(), closes: placedSchema.nullable() }).nullable(),
  retryAt: instantSchema.nullable(),
  /** The slot that followed, as it was computed then. */
  next: placedSchema.nullable(),
});

/** What a row was judged by, kept as it was then; an edit since changes nothing of it. */
export const storyPlanSchema = z.object({
  trigger: z.string(),
  hours: z.string(),
  outside: z.enum(['skip', 'defer']),
  /** By how much starts were spread; `0s`: not at all. */
  jitter: z.string(),
  /** The edition of the zone data. */
  tz: z.string(),
  /** Why the slot was then; empty for a chain, and where today's zone data says otherwise. */
  trace: z.array(traceEntrySchema),
  /** Whether the schedule is still judged by it. */
  isCurrent: z.boolean(),
});

/** One attempt at a slot, and how long it had waited since the one before. */
export const storyAttemptSchema = z.object({
  row: z.string(),
  entry: historyEntrySchema,
  waitedMs: z.number().nullable(),
});

/** What followed from a row: a run it set off, and what became of that. */
export const followedSchema = toldSchema.extend({ outcome: z.enum(outcomes).nullable() });

/** The whole story of one row of the history. */
export const storySchema = z.object({
  row: z.string(),
  schedule: idSchema,
  scheduleName: z.string(),
  /** The zone the slot's times are told in. */
  timezone: z.string(),
  entry: historyEntrySchema,
  /** Null for a run by hand. */
  slot: storySlotSchema.nullable(),
  /** Null for a run by hand, and where the plan can't be read any more. */
  plan: storyPlanSchema.nullable(),
  /** Why it was tried: by hand, after another, caught up. */
  why: z.array(toldSchema),
  /** What happened, or what stood in the way; empty for a plain success. */
  told: z.array(toldSchema),
  attempts: z.array(storyAttemptSchema),
  /** What its successful runs take on average. */
  usual: z.object({ runMs: z.number(), pages: z.number() }).nullable(),
  followed: z.array(followedSchema),
  /** What to do about it; empty where the schedule was deleted. */
  remedies: z.array(z.enum(remedies)),
});

/** The whole story of one row of the history. */
export type Story = z.infer<typeof storySchema>;
