import { createInterface } from 'node:readline';
import { z } from 'zod';
import { faultsOf } from '../../../contract/faults.ts';
import { hoursSchema } from '../../../contract/hours.ts';
import { invalid, RefusedError } from '../../../contract/result.ts';
import {
  fromInstant,
  instantInputSchema,
  timeZoneSchema,
  toInstant,
} from '../../../contract/time.ts';
import { triggerSchema } from '../../../contract/trigger.ts';
import type { SlotView } from '../../../contract/views.ts';
import type { Clock } from '../../clock.ts';
import { checkHours, checkRhythm } from '../../schedule/check.ts';
import { nextSlots } from '../../schedule/next-slots.ts';
import type { CliIo } from '../io.ts';

/** One line of `next -`: what is left out has the schedule file's default. */
const questionSchema = z.strictObject({
  trigger: triggerSchema,
  hours: hoursSchema.optional(),
  timezone: timeZoneSchema.optional(),
  outside: z.enum(['skip', 'defer']).default('skip'),
  after: instantInputSchema.optional(),
  count: z.int().min(1).max(10_000).default(5),
});

interface Answer {
  readonly next: readonly SlotView[];
}

function questionOf(line: string): z.output<typeof questionSchema> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new RefusedError('invalid', 'The line is not JSON; write one JSON object a line.');
  }
  const read = questionSchema.safeParse(value, { reportInput: true });
  if (!read.success) throw invalid(faultsOf(read.error));
  return read.data;
}

/** The next slots of one line. @throws RefusedError where the line can't be answered. */
function answer(line: string, clock: Clock): Answer {
  const { trigger, hours, outside, after, count, timezone = clock.zone() } = questionOf(line);
  const faults = [
    ...checkRhythm({ trigger }, ''),
    ...(hours === undefined ? [] : checkHours(hours, 'hours')),
  ];
  const [first] = faults;
  if (first !== undefined) {
    const { message } = invalid(faults);
    throw new RefusedError(first.code, message, faults);
  }
  const afterMs = after === undefined ? clock.now() : fromInstant(after);
  const slots = nextSlots({ trigger, timezone, outside }, hours ?? null, afterMs, count);
  return {
    next: slots.map(({ at, local, trace }) => ({ at: toInstant(at), local, trace: [...trace] })),
  };
}

function answerText(line: string, clock: Clock): string {
  try {
    return JSON.stringify(answer(line, clock));
  } catch (error) {
    const { code, message } =
      error instanceof RefusedError
        ? error
        : new RefusedError('internal', 'The next slots could not be computed for this line.');
    return JSON.stringify({ error: { code, message } });
  }
}

/**
 * Answers JSON lines with JSON lines, in order, as they come: a question without an answer gives an
 * error line and the rest goes on. Empty lines are passed over.
 */
export async function answerLines(io: CliIo, clock: Clock): Promise<void> {
  for await (const line of createInterface({ input: io.stdin, crlfDelay: Infinity })) {
    if (line.trim() === '') continue;
    await io.out(`${answerText(line, clock)}\n`);
  }
}
