import { z } from 'zod';
import { hoursSchema } from '../../../contract/hours.ts';
import { invalid } from '../../../contract/result.ts';
import {
  fromInstant,
  instantInputSchema,
  timeZoneSchema,
  toInstant,
} from '../../../contract/time.ts';
import { triggerSchema } from '../../../contract/trigger.ts';
import type { SlotView } from '../../../contract/views.ts';
import { askUntilKnown } from '../../calendars/ask-until-known.ts';
import { createCalendars, type Calendars } from '../../calendars/calendars.ts';
import type { Clock } from '../../clock.ts';
import { checkRhythm } from '../../schedule/check.ts';
import { nextSlots } from '../../schedule/next-slots.ts';
import type { CliIo } from '../io.ts';
import { answerEachLine, readLine } from './json-lines.ts';

/** One line of `next -`: what is left out has the schedule file's default. */
const questionSchema = z.strictObject({
  trigger: triggerSchema,
  hours: hoursSchema.optional(),
  timezone: timeZoneSchema.optional(),
  outside: z.enum(['skip', 'defer']).default('skip'),
  after: instantInputSchema.optional(),
  count: z.int().min(1).max(10_000).default(5),
});

type Question = z.output<typeof questionSchema>;

interface Answer {
  readonly next: readonly SlotView[];
}

/** Refuses a line whose trigger, holidays or calendar can't be read. */
async function refuseLine({ trigger, hours }: Question, calendars: Calendars): Promise<void> {
  const unread = await calendars.faults(hours?.closed);
  const faults = [
    ...checkRhythm({ trigger }, ''),
    ...unread.map(({ path, message }) => ({ path: `hours.closed.${path}`, message })),
  ];
  if (faults.length > 0) throw invalid(faults);
}

/** The next slots of one line. @throws RefusedError where the line can't be answered. */
async function answer(line: string, clock: Clock, calendars: Calendars): Promise<Answer> {
  const question = readLine(line, questionSchema);
  await refuseLine(question, calendars);
  const { trigger, hours, outside, after, count, timezone = clock.zone() } = question;
  const afterMs = after === undefined ? clock.now() : fromInstant(after);
  await calendars.prepare([hours?.closed], afterMs);
  const active = hours === undefined ? null : { ...hours, calendars: calendars.of(hours.closed) };
  const slots = await askUntilKnown(calendars, () =>
    nextSlots({ trigger, timezone, outside }, active, afterMs, count),
  );
  return {
    next: slots.map(({ at, local, trace }) => ({ at: toInstant(at), local, trace: [...trace] })),
  };
}

/**
 * Answers each JSON line with its next slots, in order, as they come: a question without an answer
 * gives an error line and the rest goes on.
 */
export async function answerLines(io: CliIo, clock: Clock): Promise<void> {
  const calendars = createCalendars(clock);
  try {
    await answerEachLine(
      io,
      (line) => answer(line, clock, calendars),
      'The next slots could not be computed for this line.',
    );
  } finally {
    await calendars.stop();
  }
}
