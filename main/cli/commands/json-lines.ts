import { createInterface } from 'node:readline';
import type { z } from 'zod';
import { faultsOf } from '../../../contract/faults.ts';
import { invalid, RefusedError } from '../../../contract/result.ts';
import type { CliIo } from '../io.ts';

/**
 * Reads one line as JSON of this shape.
 *
 * @throws RefusedError `invalid` with every fault of the line.
 */
export function readLine<T>(line: string, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new RefusedError('invalid', 'The line is not JSON; write one JSON object a line.');
  }
  const read = schema.safeParse(value, { reportInput: true });
  if (!read.success) throw invalid(faultsOf(read.error));
  return read.data;
}

async function answerText(
  line: string,
  answer: (line: string) => Promise<unknown>,
  failed: string,
): Promise<string> {
  try {
    return JSON.stringify(await answer(line));
  } catch (error) {
    const { code, message } =
      error instanceof RefusedError ? error : new RefusedError('internal', failed);
    return JSON.stringify({ error: { code, message } });
  }
}

/**
 * Answers JSON lines with JSON lines, in order, as they come: a line without an answer gives an error
 * line and the rest goes on. Empty lines are passed over.
 *
 * @param failed The sentence for a line that is sound and yet can't be answered.
 */
export async function answerEachLine(
  io: CliIo,
  answer: (line: string) => Promise<unknown>,
  failed: string,
): Promise<void> {
  for await (const line of createInterface({ input: io.stdin, crlfDelay: Infinity })) {
    if (line.trim() === '') continue;
    await io.out(`${await answerText(line, answer, failed)}\n`);
  }
}
