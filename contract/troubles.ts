import { z } from 'zod';
import { instantSchema } from './time.ts';

/**
 * What may be wrong with a host, gravest first; scripts may rely on the codes.
 *
 * `database`: it can't be read, is from the future, or could not be brought to this version.
 * `scheduler`: it could not be started. `read-only`, `disk-full`, `busy` (another program holds the
 * database): nothing can be recorded, so nothing starts. `low-space`: the disk is nearly full.
 * `quarantined`: schedules are set aside. `repaired`: the host found itself standing still and mended it.
 */
export const troubleCodes = [
  'database',
  'scheduler',
  'read-only',
  'disk-full',
  'busy',
  'low-space',
  'quarantined',
  'repaired',
] as const;

/** What may be wrong with a host. */
export type TroubleCode = (typeof troubleCodes)[number];

/** Something wrong with the host as a whole: what, what to do about it, and since when. */
export const troubleSchema = z.object({
  code: z.enum(troubleCodes),
  /** One plain sentence or two: what is wrong, where, and what became of the data. */
  message: z.string(),
  /** What a person can do, as a sentence. */
  remedy: z.string(),
  since: instantSchema,
});

/** Something wrong with the host as a whole. */
export type Trouble = z.infer<typeof troubleSchema>;

/** Troubles that keep every schedule from running. */
export const standstills: ReadonlySet<TroubleCode> = new Set<TroubleCode>([
  'database',
  'scheduler',
  'read-only',
  'disk-full',
  'busy',
]);
