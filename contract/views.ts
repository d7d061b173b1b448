import { z } from 'zod';
import { hoursProfileSchema, idSchema } from './hours.ts';
import { historyEntrySchema, outcomes } from './ledger.ts';
import { scheduleSchema } from './schedule.ts';
import { settingsViewSchema } from './settings.ts';
import { instantSchema } from './time.ts';
import { troubleSchema } from './troubles.ts';
import { wakeReviewSchema } from './wake.ts';
import { zonesViewSchema } from './zones.ts';

/**
 * One step of an explanation: a stable code, its parameters as data (wall times as
 * `2026-11-26T17:00`, dates as `2026-11-26`), and the sentence made of them.
 */
export const traceEntrySchema = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  text: z.string(),
});

/** One step of an explanation. */
export type TraceEntry = z.infer<typeof traceEntrySchema>;

/** A coming slot: the instant, the wall time in the schedule's zone with its offset, and why then. */
export const slotViewSchema = z.object({
  at: instantSchema,
  local: z.string(),
  trace: z.array(traceEntrySchema),
  /** When its run starts, where jitter puts that later than `at`. */
  startAt: instantSchema.optional(),
});

/** A coming slot. */
export type SlotView = z.infer<typeof slotViewSchema>;

/** What a schedule is doing. `never`: its trigger and hours never meet; `quarantined`: its row can't be read. */
export const scheduleStates = [
  'waiting',
  'queued',
  'running',
  'waiting-retry',
  'paused',
  'off',
  'finished',
  'never',
  'quarantined',
] as const;

/** What a schedule is doing. */
export type ScheduleState = (typeof scheduleStates)[number];

/** A pause of one schedule or of all: until when (null: until resumed), why, and since when if known. */
export const pauseSchema = z.object({
  until: instantSchema.nullable(),
  why: z.enum(['user', 'failures']),
  since: instantSchema.optional(),
});

/** A pause. */
export type Pause = z.infer<typeof pauseSchema>;

/** A schedule as every screen shows it: its document, and what the scheduler says of it. */
export const scheduleViewSchema = z.object({
  id: idSchema,
  name: z.string(),
  enabled: z.boolean(),
  state: z.enum(scheduleStates),
  /** The trigger as a sentence: "every 30 minutes". */
  trigger: z.string(),
  /** The hours in effect as words, and where they come from: "Office hours (default)". */
  hours: z.string(),
  /** The zone its times are in. */
  timezone: z.string(),
  pause: pauseSchema.nullable(),
  /** How many of its slots failed in a row, the newest included. */
  failures: z.int(),
  /** The run by whose failure it paused itself; null where it didn't. */
  pausedBy: historyEntrySchema.nullable(),
  /** Whether its hours were open when this was told; it grows old, so ask `getSchedule` anew. */
  open: z.boolean(),
  /** When its next run starts, jitter included. */
  nextRun: z.object({ at: instantSchema, local: z.string() }).nullable(),
  /** Why then, or why never: at least one entry. */
  why: z.array(traceEntrySchema),
  /** The newest row that ended. */
  last: historyEntrySchema.nullable(),
  /** The outcomes of the newest 30 rows, oldest first. */
  strip: z.array(
    z.object({
      outcome: z.enum(outcomes),
      reason: z.string().nullable(),
      at: instantSchema,
      /** The row's name, for its story. */
      row: z.string(),
    }),
  ),
  /** The rows of the last good run; null before the first. */
  rows: z.int().nullable(),
  document: scheduleSchema,
});

/** A schedule as every screen shows it. */
export type ScheduleView = z.infer<typeof scheduleViewSchema>;

/** A named profile, and which schedules keep it. */
export const hoursViewSchema = z.object({
  profile: hoursProfileSchema,
  usedBy: z.array(idSchema),
});

/** A named profile, and which schedules keep it. */
export type HoursView = z.infer<typeof hoursViewSchema>;

/** Who leads a data folder. */
export const leaderSchema = z.object({
  host: z.enum(['electron', 'headless', 'command']),
  pid: z.int(),
  version: z.string(),
  since: instantSchema,
});

/** Who leads a data folder. */
export type Leader = z.infer<typeof leaderSchema>;

/** The host: what it is, what it can do here, and whether its scheduler lives. */
export const hostViewSchema = z.object({
  leader: leaderSchema.nullable(),
  /** Whether the scheduler runs in this host. */
  running: z.boolean(),
  pause: pauseSchema.nullable(),
  version: z.string(),
  timezone: z.string(),
  tz: z.string(),
  zones: zonesViewSchema,
  /** What is wrong with the host as a whole, gravest first. */
  troubles: z.array(troubleSchema),
  dataFolder: z.string(),
  logFolder: z.string(),
  abilities: z.object({
    tray: z.boolean(),
    loginItem: z.boolean(),
    openFolder: z.boolean(),
    /** Whether it can tell mains power from a battery, and a network from none. */
    power: z.boolean(),
    network: z.boolean(),
  }),
  /** What wasn't run in time lately; null where nothing was missed, or it was put away. */
  review: wakeReviewSchema.nullable(),
  /** Whether to ask the user now about starting at login: the first start of an installed app. */
  askStartAtLogin: z.boolean(),
});

/** The host. */
export type HostView = z.infer<typeof hostViewSchema>;

/** Where a client stands in the stream of events: the host's start, and a number that counts up by one. */
export const revisionSchema = z.object({ start: z.string(), sequence: z.int() });

/** A place in the stream of events. */
export type Revision = z.infer<typeof revisionSchema>;

/** Everything a window shows at first: fetched once after subscribing, and again after a hole. */
export const snapshotSchema = z.object({
  revision: revisionSchema,
  host: hostViewSchema,
  settings: settingsViewSchema,
  hours: z.array(hoursViewSchema),
  schedules: z.array(scheduleViewSchema),
  /** The runs going on or waiting. */
  runs: z.array(historyEntrySchema),
});

/** Everything a window shows at first. */
export type Snapshot = z.infer<typeof snapshotSchema>;

/** The state of the scheduler, in numbers (design.md section 3, `status`). */
export const statusSchema = z.object({
  running: z.boolean(),
  paused: pauseSchema.nullable(),
  leader: leaderSchema.nullable(),
  startedAt: instantSchema.nullable(),
  lastTickAt: instantSchema.nullable(),
  /** How late the last alarm rang. */
  lagMs: z.number().nullable(),
  queue: z.int(),
  runningRuns: z.int(),
  last24h: z.object({
    runs: z.int(),
    failed: z.int(),
    medianMs: z.number().nullable(),
    p99LatenessMs: z.number().nullable(),
  }),
  databaseBytes: z.int(),
  tz: z.string(),
  schedules: z.array(
    z.object({
      id: idSchema,
      name: z.string(),
      enabled: z.boolean(),
      state: z.enum(scheduleStates),
      trigger: z.string(),
      nextRunAt: instantSchema.nullable(),
      why: z.string(),
      lastRunAt: instantSchema.nullable(),
      lastOutcome: z.enum(outcomes).nullable(),
    }),
  ),
});

/** The state of the scheduler, in numbers. */
export type Status = z.infer<typeof statusSchema>;
