import { z } from 'zod';
import { closedSchema, weekSchema } from '../../contract/hours.ts';
import { afterSchema } from '../../contract/schedule.ts';
import { durationMs, durationSchema, timeZoneSchema } from '../../contract/time.ts';
import { triggerSchema } from '../../contract/trigger.ts';
import type { ActiveHours, Rhythm } from '../schedule/types.ts';
import { readDocument } from '../store/documents.ts';
import { readPlan } from '../store/plans.ts';
import type { Context } from './context.ts';

const planSchema = z.object({
  trigger: triggerSchema.nullable(),
  after: afterSchema.nullable(),
  outside: z.enum(['skip', 'defer']),
  jitter: durationSchema,
  hours: z.string().nullable(),
  timezone: timeZoneSchema,
  tz: z.string(),
});

const hoursSchema = z.object({
  name: z.string().optional(),
  week: weekSchema.optional(),
  closed: closedSchema.extend({ ics: z.string().optional() }).optional(),
});

/** A plan of the ledger as the engine takes it: what a row was judged by, whatever was edited since. */
export interface KeptPlan {
  readonly rhythm: Rhythm | null;
  readonly after: z.infer<typeof afterSchema> | null;
  /** Null where the hours were always open. */
  readonly hours: ActiveHours | null;
  readonly outside: 'skip' | 'defer';
  readonly jitter: string;
  readonly timezone: string;
  readonly tz: string;
}

/** What a text of the ledger says; undefined where there is none, or it is of another shape. */
function read<Shape>({ db }: Context, hash: string, schema: z.ZodType<Shape>): Shape | undefined {
  const text = readPlan(db, hash);
  if (text === null) return undefined;
  return schema.safeParse(readDocument(text)).data;
}

/** The hours kept under a hash, the text of their calendar put back; null where they can't be read. */
function hoursOf(context: Context, hash: string): ActiveHours | null {
  const kept = read(context, hash, hoursSchema);
  if (kept === undefined) return null;
  const { name, week, closed } = kept;
  const ics = closed?.ics === undefined ? undefined : readPlan(context.db, closed.ics);
  const shut = closed === undefined || typeof ics !== 'string' ? closed : { ...closed, ics };
  const calendars = context.calendars.of(shut);
  return {
    ...(name === undefined ? {} : { name }),
    ...(week === undefined ? {} : { week }),
    ...(shut === undefined ? {} : { closed: shut }),
    ...(calendars.length === 0 ? {} : { calendars }),
  };
}

/** The plan kept under a hash, for a schedule's slots; null where this version can't read it. */
export function keptPlan(context: Context, hash: string, schedule: string): KeptPlan | null {
  const kept = read(context, hash, planSchema);
  if (kept === undefined) return null;
  const { trigger, after, outside, jitter, timezone, tz } = kept;
  const seconds = durationMs(jitter) / 1_000;
  const rhythm: Rhythm | null =
    trigger === null
      ? null
      : {
          trigger,
          timezone,
          outside,
          ...(seconds === 0 ? {} : { jitter: { seconds, seed: schedule } }),
        };
  const hours = kept.hours === null ? null : hoursOf(context, kept.hours);
  return { rhythm, after, hours, outside, jitter, timezone, tz };
}
