import { z } from 'zod';
import { hoursProfileSchema } from '../../../contract/hours.ts';
import { invalid } from '../../../contract/result.ts';
import {
  durationMs,
  durationSchema,
  fromInstant,
  instantInputSchema,
} from '../../../contract/time.ts';
import { createCalendars, type Calendars } from '../../calendars/calendars.ts';
import { twice } from '../../calls/schedule-file.ts';
import type { Clock } from '../../clock.ts';
import type { CliIo } from '../io.ts';
import { answerEachLine, readLine } from './json-lines.ts';
import { rowView, simulated, simulatedScheduleSchema, type RowView } from './simulation.ts';

/** One line of `simulate -`: what is left out has the command's default. */
const questionSchema = z.strictObject({
  schedule: simulatedScheduleSchema,
  hours: z.array(hoursProfileSchema).max(1_000).default([]),
  from: instantInputSchema,
  to: instantInputSchema,
  asleep: z.array(z.tuple([instantInputSchema, instantInputSchema])).default([]),
  runTime: durationSchema.default('30s'),
});

const places = { schedule: () => 'schedule', time: (name: string) => name };

async function answer(
  line: string,
  clock: Clock,
  calendars: Calendars,
): Promise<{ readonly ledger: readonly RowView[] }> {
  const { schedule, hours, from, to, asleep, runTime } = readLine(line, questionSchema);
  const repeated = twice('hours', hours);
  if (repeated.length > 0) throw invalid(repeated);
  const question = {
    schedules: [schedule],
    hours,
    fromMs: fromInstant(from),
    toMs: fromInstant(to),
    asleep: asleep.map(([sleeps, wakes]) => [fromInstant(sleeps), fromInstant(wakes)] as const),
    runTimeMs: durationMs(runTime),
  };
  const rows = await simulated(question, clock, calendars, places);
  return { ledger: rows.map(rowView) };
}

/** Answers each JSON line with the ledger of its one schedule, in order, as they come. */
export async function answerSimulations(io: CliIo, clock: Clock): Promise<void> {
  const calendars = createCalendars(clock);
  try {
    await answerEachLine(
      io,
      (line) => answer(line, clock, calendars),
      'The ledger could not be computed for this line.',
    );
  } finally {
    await calendars.stop();
  }
}
