import { z } from 'zod';
import { instantSchema } from './time.ts';

/** Where this computer's zone data parts from Jackdaw's: from `at` on (or already) the offsets differ. */
export const zoneDifferenceSchema = z.object({
  zone: z.string(),
  at: instantSchema,
  /** Our offset from then on, and the system's, in seconds east of UTC. */
  ours: z.int(),
  systems: z.int(),
  /** All of it in one sentence, with what to do. */
  text: z.string(),
});

/** What came of comparing Jackdaw's zone data with this computer's. */
export const zoneComparisonSchema = z.object({
  /** The edition of the system's zone data; null where it isn't said. */
  system: z.string().nullable(),
  /** In how many zones in use both agree for the coming 13 months. */
  agreed: z.int(),
  /** The zones in use of which the system can't tell. */
  untold: z.array(z.string()),
  differences: z.array(zoneDifferenceSchema),
});

/** What came of comparing Jackdaw's zone data with this computer's. */
export type ZoneComparison = z.infer<typeof zoneComparisonSchema>;

/** This computer has moved to another zone, and nobody has put the notice away yet. */
export const zoneMoveSchema = z.object({
  from: z.string(),
  to: z.string(),
  /** When it was noticed. */
  at: instantSchema,
  /** How many schedules follow this computer, and how many keep a zone of their own or the usual one. */
  follow: z.int(),
  keep: z.int(),
  /** All of it in words. */
  text: z.string(),
});

/** This computer has moved to another zone. */
export type ZoneMove = z.infer<typeof zoneMoveSchema>;

/** What there is to say of zones: the edition of the zone data, how it compares, and a move. */
export const zonesViewSchema = z.object({
  /** The edition in use before this one, and when it was replaced; null where none is known. */
  was: z.object({ tz: z.string(), until: instantSchema }).nullable(),
  move: zoneMoveSchema.nullable(),
  /** Null until it was compared, some seconds after the start. */
  comparison: zoneComparisonSchema.nullable(),
  /** Whether there are differences that nobody has put away yet. */
  warns: z.boolean(),
});

/** What there is to say of zones. */
export type ZonesView = z.infer<typeof zonesViewSchema>;

/** The notices that a person can put away. */
export const noticeSchema = z.enum(['zone-move', 'zone-data', 'repaired', 'wake-review']);

/** A notice that a person can put away. */
export type NoticeName = z.infer<typeof noticeSchema>;
