import { z } from 'zod';
import { faultsOf } from '../../../contract/faults.ts';
import { invalid } from '../../../contract/result.ts';
import {
  durationMs,
  durationSchema,
  fromInstant,
  instantInputSchema,
} from '../../../contract/time.ts';
import { createCalendars } from '../../calendars/calendars.ts';
import { readScheduleFile } from '../../calls/schedule-file.ts';
import type { Invocation } from '../command.ts';
import { readTextFile } from './file.ts';
import { rowView, simulated, simulatedFileSchema } from './simulation.ts';

/** `ISO/ISO`, from falling asleep to waking. */
const spanSchema = z
  .string()
  .transform((text) => text.split('/'))
  .pipe(
    z.tuple([instantInputSchema, instantInputSchema], {
      error: 'write two instants with a slash between them, as FROM/TO',
    }),
  );

/** The options, by their names. */
const optionsSchema = z.object({
  from: instantInputSchema,
  to: instantInputSchema,
  asleep: z.array(spanSchema),
  'run-time': durationSchema.default('30s'),
});

const places = {
  schedule: (index: number) => `schedules[${String(index)}]`,
  time: (name: string) => `--${name}`,
};

function readOptions({ option, list }: Invocation): z.output<typeof optionsSchema> {
  const given = {
    from: option('from'),
    to: option('to'),
    asleep: list('asleep'),
    'run-time': option('run-time'),
  };
  const read = optionsSchema.safeParse(given, { reportInput: true });
  if (read.success) return read.data;
  throw invalid(faultsOf(read.error).map((fault) => ({ ...fault, path: `--${fault.path}` })));
}

/** How many rows are written at a time. */
const chunk = 1_000;

/** Prints the ledger of a file's schedules as JSON lines. */
export async function simulateFile(invocation: Invocation, path: string): Promise<void> {
  const { io, parts } = invocation;
  const options = readOptions(invocation);
  const file = readScheduleFile(await readTextFile(path, invocation), simulatedFileSchema);
  const question = {
    schedules: file.schedules,
    hours: file.hours,
    fromMs: fromInstant(options.from),
    toMs: fromInstant(options.to),
    asleep: options.asleep.map(
      ([sleeps, wakes]) => [fromInstant(sleeps), fromInstant(wakes)] as const,
    ),
    runTimeMs: durationMs(options['run-time']),
  };
  const calendars = createCalendars(parts.clock);
  try {
    const rows = await simulated(question, parts.clock, calendars, places);
    for (let index = 0; index < rows.length; index += chunk) {
      const lines = rows.slice(index, index + chunk).map((row) => JSON.stringify(rowView(row)));
      await io.out(`${lines.join('\n')}\n`);
    }
  } finally {
    await calendars.stop();
  }
}
