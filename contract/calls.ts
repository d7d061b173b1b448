import { z } from 'zod';
import { backupSchema, restoredSchema } from './backups.ts';
import { closedSchema, hoursProfileSchema, idSchema } from './hours.ts';
import {
  historyEntrySchema,
  historyPageSchema,
  outcomes,
  recordRowSchema,
  runIdSchema,
  runLogLineSchema,
} from './ledger.ts';
import type { CallName, EventName } from './names.ts';
import { closedViewSchema, holidayPlaceSchema } from './calendars.ts';
import { chartDays, mostDays, runDaysSchema } from './run-days.ts';
import { explainedTimeSchema, previewSchema, scheduleAdviceSchema } from './preview.ts';
import { faultSchema } from './result.ts';
import { missedPolicySchema, scheduleSchema } from './schedule.ts';
import { settingsChangeSchema, settingsViewSchema } from './settings.ts';
import { rowNameSchema, storySchema } from './story.ts';
import { instantInputSchema, instantSchema, localTimeSchema, timeZoneSchema } from './time.ts';
import {
  hostViewSchema,
  hoursViewSchema,
  pauseSchema,
  revisionSchema,
  scheduleViewSchema,
  slotViewSchema,
  snapshotSchema,
  statusSchema,
} from './views.ts';
import { troubleSchema } from './troubles.ts';
import { noticeSchema } from './zones.ts';

const nothing = z.strictObject({});
const oneSchedule = z.strictObject({ id: idSchema });
/** How long it may be is counted in bytes, by the reader of files, and refused as `too-large`. */
const fileText = z.string();
const countSchema = z.int().min(1).max(1000);

/** The next slots of one schedule; `trace` says why there are none where `next` is empty. */
export const nextSlotsSchema = z.object({
  schedule: idSchema,
  next: z.array(slotViewSchema),
  why: z.array(slotViewSchema.shape.trace.element),
});

/** What an import did, or would do. */
export const importReportSchema = z.object({
  dryRun: z.boolean(),
  added: z.array(idSchema),
  replaced: z.array(idSchema),
  unchanged: z.array(idSchema),
  hours: z.object({
    added: z.array(idSchema),
    replaced: z.array(idSchema),
    unchanged: z.array(idSchema),
  }),
  /** Advice on the schedules of the file. */
  advice: z.array(scheduleAdviceSchema),
});

/** What an import did, or would do. */
export type ImportReport = z.infer<typeof importReportSchema>;

/**
 * What the doctor found: each check with its finding and, where something is wrong, the remedy; and
 * advice on the schedules, which is no fault.
 */
export const doctorReportSchema = z.object({
  ok: z.boolean(),
  checks: z.array(
    z.object({
      check: z.string(),
      ok: z.boolean(),
      finding: z.string(),
      remedy: z.string().nullable(),
      /** Of what the ledger check finds: which of its rules is broken. */
      code: z.string().optional(),
      /** The schedule's id. */
      schedule: z.string().optional(),
      /** Null for a run without a slot. */
      slotAt: instantSchema.nullable().optional(),
    }),
  ),
  advice: z.array(scheduleAdviceSchema),
});

/** What the doctor found. */
export type DoctorReport = z.infer<typeof doctorReportSchema>;

/** What a try-out read: the first rows of one page, and what is wrong with the selectors. */
export const tryOutSchema = z.object({
  faults: z.array(faultSchema),
  /** The address after redirects. */
  url: z.string().nullable(),
  title: z.string().nullable(),
  columns: z.array(z.string()),
  /** The first 20 rows. */
  rows: z.array(recordRowSchema),
  /** How many rows the page has. */
  total: z.int(),
  /** The address of the next page, if `next` found one. */
  next: z.string().nullable(),
  /** Why the page couldn't be read, as one plain sentence. */
  message: z.string().nullable(),
});

/** What a try-out read. */
export type TryOut = z.infer<typeof tryOutSchema>;

/** A file to be saved by the window or printed by the command line. */
export const exportedTextSchema = z.object({
  fileName: z.string(),
  mediaType: z.string(),
  text: z.string(),
});

/**
 * Every call there is: what it takes and what it answers. Both transports, the preload's client, the
 * HTTP routes and the command line derive from this object.
 */
export const calls = {
  getSnapshot: { input: nothing, output: snapshotSchema },
  getStatus: { input: nothing, output: statusSchema },
  listSchedules: { input: nothing, output: z.array(scheduleViewSchema) },
  getSchedule: { input: oneSchedule, output: scheduleViewSchema },
  /** Inserts (`create`) or replaces the schedule with this id. */
  saveSchedule: {
    input: z.strictObject({ schedule: scheduleSchema, create: z.boolean().default(false) }),
    output: scheduleViewSchema,
  },
  duplicateSchedule: { input: oneSchedule, output: scheduleViewSchema },
  setEnabled: {
    input: z.strictObject({ id: idSchema, enabled: z.boolean() }),
    output: scheduleViewSchema,
  },
  /** What becomes of a schedule's missed slots from now on. */
  setMissed: {
    input: z.strictObject({ id: idSchema, policy: missedPolicySchema }),
    output: scheduleViewSchema,
  },
  deleteSchedule: { input: oneSchedule, output: oneSchedule },
  /** Brings back the schedule deleted last under this id, with its history. */
  undeleteSchedule: { input: oneSchedule, output: scheduleViewSchema },
  /** Looks at a draft as the editor holds it: anything at all; what is wrong comes back as faults. */
  previewSchedule: {
    input: z.strictObject({ schedule: z.unknown(), count: countSchema.default(10) }),
    output: previewSchema,
  },
  nextSlots: {
    input: z.strictObject({
      id: idSchema.optional(),
      /** The text of a schedule file to look at instead of the stored schedules. */
      file: fileText.optional(),
      after: instantInputSchema.optional(),
      count: countSchema.default(5),
    }),
    output: z.array(nextSlotsSchema),
  },
  /**
   * Whether a stored schedule or a draft runs at a wall time of its zone, and why or why not: "why not
   * at 10:00 on Thursday?"
   */
  explainTime: {
    input: z.strictObject({
      id: idSchema.optional(),
      /** A draft as the editor holds it, instead of a stored schedule. */
      schedule: z.unknown().optional(),
      at: localTimeSchema,
    }),
    output: explainedTimeSchema,
  },
  /** The countries and regions whose public holidays are known. */
  listHolidayPlaces: { input: nothing, output: z.array(holidayPlaceSchema) },
  /** What holidays and a calendar close, before they are saved; what is wrong comes back as faults. */
  readClosed: {
    input: z.strictObject({
      closed: closedSchema.pick({ holidays: true, ics: true }),
      /** The zone in which times are shown and floating ones are read; left out: this computer's. */
      timezone: timeZoneSchema.optional(),
    }),
    output: closedViewSchema,
  },
  /** Reads one page now, without a run: the editor's try-out. */
  tryPage: {
    input: z.strictObject({
      scrape: z.unknown(),
      /** Fetch the page anew instead of using the one fetched for this address a moment ago. */
      refresh: z.boolean().default(false),
    }),
    output: tryOutSchema,
  },
  saveHours: {
    input: z.strictObject({ profile: hoursProfileSchema, create: z.boolean().default(false) }),
    output: hoursViewSchema,
  },
  deleteHours: { input: oneSchedule, output: oneSchedule },
  importFile: {
    input: z.strictObject({
      text: fileText,
      dryRun: z.boolean().default(false),
      disabled: z.boolean().default(false),
    }),
    output: importReportSchema,
  },
  /** The shortest file that means the same: the named schedules with the hours they use, or all. */
  exportFile: {
    input: z.strictObject({ ids: z.array(idSchema).max(10_000).optional() }),
    output: z.record(z.string(), z.unknown()),
  },
  getFileSchema: { input: nothing, output: z.record(z.string(), z.unknown()) },
  startRun: { input: oneSchedule, output: historyEntrySchema },
  cancelRun: { input: z.strictObject({ run: runIdSchema }), output: historyEntrySchema },
  getRun: { input: z.strictObject({ run: runIdSchema }), output: historyEntrySchema },
  getRunLog: { input: z.strictObject({ run: runIdSchema }), output: z.array(runLogLineSchema) },
  /** All there is to tell of one row of the history, also of a slot that didn't run. */
  getStory: { input: z.strictObject({ cursor: rowNameSchema }), output: storySchema },
  listRuns: {
    input: z.strictObject({
      id: idSchema.optional(),
      /** Rows that ended so; of several, whichever. */
      outcome: z
        .union([z.enum(outcomes), z.array(z.enum(outcomes)).min(1).max(outcomes.length)])
        .optional(),
      before: z.string().max(100).optional(),
      limit: z.int().min(1).max(1000).default(50),
    }),
    output: historyPageSchema,
  },
  /** How the rows of the last days ended, today included, of one schedule or of all. */
  listRunDays: {
    input: z.strictObject({
      id: idSchema.optional(),
      days: z.int().min(1).max(mostDays).default(chartDays),
    }),
    output: runDaysSchema,
  },
  listRecords: {
    input: z.strictObject({
      id: idSchema,
      run: runIdSchema.optional(),
      gone: z.boolean().default(false),
    }),
    output: z.array(recordRowSchema),
  },
  exportRecords: {
    input: z.strictObject({
      id: idSchema,
      format: z.enum(['jsonl', 'csv', 'json']),
      run: runIdSchema.optional(),
      gone: z.boolean().default(false),
    }),
    output: exportedTextSchema,
  },
  /** Pauses one schedule, or all where `id` is left out. */
  pause: {
    input: z.strictObject({ id: idSchema.optional(), until: instantInputSchema.optional() }),
    output: z.object({ id: idSchema.nullable(), pause: pauseSchema }),
  },
  resume: {
    input: z.strictObject({ id: idSchema.optional() }),
    output: z.object({ id: idSchema.nullable(), resumedAt: instantSchema }),
  },
  changeSettings: { input: settingsChangeSchema, output: settingsViewSchema },
  /** Puts a notice away, in every window; one that isn't there is no fault. */
  dismissNotice: {
    input: z.strictObject({ notice: noticeSchema }),
    output: z.strictObject({ notice: noticeSchema }),
  },
  /** Tries at once what the host would try again by itself later; answers what is still wrong. */
  tryAgain: { input: nothing, output: z.object({ troubles: z.array(troubleSchema) }) },
  addSample: {
    input: nothing,
    output: z.object({ added: z.array(idSchema), present: z.array(idSchema), url: z.string() }),
  },
  /** Makes a backup now. */
  backUp: { input: nothing, output: backupSchema },
  /** The backups in the data folder, newest first. */
  listBackups: { input: nothing, output: z.array(backupSchema) },
  /** Puts a backup, by its listed name, in the place of the database, which is set aside. */
  restoreBackup: {
    input: z.strictObject({ name: z.string().min(1).max(100) }),
    output: restoredSchema,
  },
  /** With `ledger` the whole ledger is audited too, which takes seconds where it is long. */
  runDoctor: {
    input: z.strictObject({ ledger: z.boolean().default(false) }),
    output: doctorReportSchema,
  },
  /** Shows the data or the log folder in the system's file manager, where the host can. */
  openFolder: {
    input: z.strictObject({ folder: z.enum(['data', 'log']) }),
    output: z.strictObject({ folder: z.enum(['data', 'log']) }),
  },
} as const satisfies Record<CallName, { readonly input: z.ZodType; readonly output: z.ZodType }>;

/** Every event main pushes, with the schema of its value. */
export const events = {
  schedule: scheduleViewSchema,
  scheduleRemoved: oneSchedule,
  run: historyEntrySchema,
  hours: z.array(hoursViewSchema),
  settings: settingsViewSchema,
  host: hostViewSchema,
} as const satisfies Record<EventName, z.ZodType>;

/** What a caller may pass to a call (defaults left out). */
export type CallInput<Name extends CallName> = z.input<(typeof calls)[Name]['input']>;

/** What a handler receives: the input checked, its defaults filled in. */
export type CheckedInput<Name extends CallName> = z.output<(typeof calls)[Name]['input']>;

/** What a call answers. */
export type CallOutput<Name extends CallName> = z.output<(typeof calls)[Name]['output']>;

/** The value an event carries. */
export type EventValue<Name extends EventName> = z.output<(typeof events)[Name]>;

/**
 * An event on the wire: its revision and its predecessor's sequence. A client that has not seen the
 * predecessor, or that finds another `start`, has a hole and fetches the snapshot again.
 */
export type EventEnvelope = {
  [Name in EventName]: {
    readonly revision: z.infer<typeof revisionSchema>;
    readonly previous: number;
    readonly name: Name;
    readonly value: EventValue<Name>;
  };
}[EventName];
