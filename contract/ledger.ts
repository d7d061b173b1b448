import { z } from 'zod';
import { idSchema } from './hours.ts';
import { instantSchema } from './time.ts';

/** Open states of a run or of a slot that waits (design.md section 4). */
export const openStates = ['queued', 'starting', 'running', 'waiting-retry'] as const;

/** An open state. */
export type OpenState = (typeof openStates)[number];

/** How a slot or a run ended: a closed set. What went wrong exactly is the `reason` beside it. */
export const outcomes = [
  'success',
  'partial',
  'attention',
  'failed',
  'timed-out',
  'cancelled',
  'interrupted',
  'skipped',
  'missed',
] as const;

/** How a slot or a run ended. */
export type Outcome = (typeof outcomes)[number];

/** Why an attempt was made. */
export const causes = ['slot', 'catch-up', 'retry', 'manual', 'chain'] as const;

/** Why an attempt was made. */
export type Cause = (typeof causes)[number];

/** A run's own number; counts up over all schedules. */
export const runIdSchema = z.int().positive();

/** What a run read, and how it compares with the last good run. */
export const runCountsSchema = z.object({
  pages: z.int(),
  /** Pages answered 304, or from the cache. */
  notModified: z.int(),
  rows: z.int(),
  new: z.int(),
  changed: z.int(),
  gone: z.int(),
  same: z.int(),
});

/** What a run read. */
export type RunCounts = z.infer<typeof runCountsSchema>;

/**
 * One row of the history: an attempt, or a slot that didn't run. `run` is null where nothing started;
 * `slotAt` is null for manual runs. One row may stand for several slots (`coalesced`).
 */
export const historyEntrySchema = z.object({
  /** The row's place in the history, for paging. */
  cursor: z.string(),
  run: runIdSchema.nullable(),
  schedule: idSchema,
  scheduleName: z.string(),
  cause: z.enum(causes),
  attempt: z.int(),
  slotAt: instantSchema.nullable(),
  firstSlotAt: instantSchema.nullable(),
  coalesced: z.int(),
  recordedAt: instantSchema,
  startedAt: instantSchema.nullable(),
  endedAt: instantSchema.nullable(),
  /** By the monotonic clock; null until the run has ended. */
  durationMs: z.number().nullable(),
  state: z.enum([...openStates, 'ended']),
  outcome: z.enum(outcomes).nullable(),
  /** A stable word for what happened exactly: `closed-at-start`, `http-500`, `no-items`. */
  reason: z.string().nullable(),
  /** The same as one plain sentence. */
  message: z.string().nullable(),
  counts: runCountsSchema.nullable(),
});

/** One row of the history. */
export type HistoryEntry = z.infer<typeof historyEntrySchema>;

/** A page of history, newest first; `next` is the cursor of the following page. */
export const historyPageSchema = z.object({
  entries: z.array(historyEntrySchema),
  next: z.string().nullable(),
});

/** One line of a run's own log. */
export const runLogLineSchema = z.object({
  at: instantSchema,
  level: z.enum(['info', 'warning', 'error']),
  message: z.string(),
});

/** One line of a run's own log. */
export type RunLogLine = z.infer<typeof runLogLineSchema>;

/** A scraped row as scripts read it: the fields in their order, then Jackdaw's own columns. */
export const recordRowSchema = z.record(
  z.string(),
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(z.union([z.string(), z.number(), z.boolean()])),
  ]),
);

/** A scraped row: `_key`, `_state` (new, changed, same, gone), `_firstSeenAt`, `_lastSeenAt`, `_run` end it. */
export type RecordRow = z.infer<typeof recordRowSchema>;
