import { z } from 'zod';
import { idSchema } from './hours.ts';
import { durationBetween, timeZoneSchema } from './time.ts';

/**
 * The host's settings. Each may be set as `JACKDAW_<NAME>` (`hostGap` is `JACKDAW_HOST_GAP`);
 * option > environment > setting > default.
 */
export const settingsSchema = z.strictObject({
  /** Start Jackdaw, hidden, when the user logs in; null until the user was asked. */
  startAtLogin: z.boolean().nullable(),
  /** What closing the window does where there is a tray. */
  onClose: z.enum(['hide', 'quit']),
  /** How many runs may go on at once. */
  concurrency: z.int().min(1).max(32),
  /** How many of them may read one host at once. */
  runsPerHost: z.int().min(1).max(32),
  /** The least time between two requests to one host; none on the loopback. */
  hostGap: durationBetween('0s', '1h'),
  /** The zone of schedules that name none; null is this computer's. */
  timezone: timeZoneSchema.nullable(),
  /** The profile of schedules that name none: a profile's id, or `always`. */
  defaultHours: idSchema,
  theme: z.enum(['system', 'light', 'dark']),
  /** How long runs, skipped and missed slots and gone records are kept. */
  keepHistory: durationBetween('1d', '3650d'),
  /** The address in `User-Agent: Jackdaw/… (+address)`, where site owners can reach the user. */
  contact: z
    .string()
    .max(200)
    .regex(/^[\x21-\x7e]*$/, 'write an address without spaces, a web page or an e-mail address'),
});

/** The host's settings. */
export type Settings = z.output<typeof settingsSchema>;

/** The settings of a new data folder. */
export const defaultSettings: Settings = {
  startAtLogin: null,
  onClose: 'hide',
  concurrency: 3,
  runsPerHost: 2,
  hostGap: '1s',
  timezone: null,
  defaultHours: 'always',
  theme: 'system',
  keepHistory: '365d',
  contact: 'https://jackdaw.invalid',
};

/** The name of a setting. */
export type SettingName = keyof Settings;

/** Some settings, to be changed together. */
export const settingsChangeSchema = settingsSchema.partial();

/** The settings in force, and which of them the environment has locked (by variable name). */
export const settingsViewSchema = z.object({
  values: settingsSchema,
  locked: z.partialRecord(z.string(), z.string()),
});

/** The settings in force. */
export type SettingsView = z.infer<typeof settingsViewSchema>;

/** Some settings, to be changed together. */
export type SettingsChange = z.output<typeof settingsChangeSchema>;
