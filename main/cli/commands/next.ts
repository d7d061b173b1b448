import type { CallOutput } from '../../../contract/calls.ts';
import type { ExplainedTime } from '../../../contract/preview.ts';
import { UsageError, type Command, type Invocation } from '../command.ts';
import { relative, wallTime } from '../text.ts';
import { readTextFile } from './file.ts';

function nextText(schedules: CallOutput<'nextSlots'>, now: number): string {
  if (schedules.length === 0) return 'No schedules.';
  return schedules
    .map(({ schedule, next, why }) => {
      const lines = next.map(
        ({ at, local, trace }) =>
          `  ${wallTime(local)} (${relative(at, now)})  ${trace.map(({ text }) => text).join(' → ')}`,
      );
      const none = `  no run: ${why.map(({ text }) => text).join(' → ')}`;
      return [schedule, ...(lines.length === 0 ? [none] : lines)].join('\n');
    })
    .join('\n\n');
}

/** The run next to a time that was asked about. */
function neighbourText(words: string, slot: ExplainedTime['before']): readonly string[] {
  return slot === null ? [] : [`  ${words}: ${wallTime(slot.local)}`];
}

function explainedText(id: string, { local, runs, why, before, after }: ExplainedTime): string {
  return [
    `${id} ${runs ? 'runs' : 'does not run'} at ${local.replace('T', ' ')}`,
    `  ${why.map(({ text }) => text).join(' → ')}`,
    ...neighbourText('the run before', before),
    ...neighbourText('the run after', after),
  ].join('\n');
}

/** `next ID --at TIME`: why, or why not at a wall time. */
async function explain(invocation: Invocation, id: string, at: string): Promise<number> {
  const door = await invocation.door();
  const found = await door.call('explainTime', { id, at });
  await invocation.print(found, (value) => explainedText(id, value));
  return 0;
}

/** `next [ID]`: the next slots with the trace; `next -` computes them for JSON lines. */
export const next: Command = {
  name: 'next',
  takes: '[ID | -]',
  most: 1,
  options: {
    file: { type: 'string' },
    after: { type: 'string' },
    count: { type: 'string' },
    at: { type: 'string' },
  },
  summary: 'the next slots, and why then; next - reads JSON lines and writes JSON lines',
  help: [
    '--file FILE   look at the schedules of a file instead of the stored ones',
    '--after ISO   the slots after this instant; left out: now',
    '--count N     how many slots of each schedule (5)',
    '--at TIME     with an ID: whether it runs at 2026-11-26T10:00 on its clock, and why not',
    'next -        JSON lines in, JSON lines out, without a data folder:',
    '              {"trigger":…,"hours":{…},"timezone":…,"outside":…,"after":ISO,"count":N}',
  ],
  run: async (invocation) => {
    const { positionals, option, number, parts } = invocation;
    const [id] = positionals;
    const file = option('file');
    const after = option('after');
    const count = number('count');
    const at = option('at');
    const others = [file, after, count].some((given) => given !== undefined);
    if (id === '-') {
      if (others || at !== undefined)
        throw new UsageError('next - takes no options; write after and count into each line');
      const { answerLines } = await import('./next-lines.ts');
      await answerLines(invocation.io, parts.clock);
      return 0;
    }
    if (at !== undefined) {
      if (id === undefined || others)
        throw new UsageError('--at goes with the ID of a schedule, and with no other option');
      return explain(invocation, id, at);
    }
    const text = file === undefined ? undefined : await readTextFile(file, invocation);
    const door = await invocation.door();
    const found = await door.call('nextSlots', {
      ...(id === undefined ? {} : { id }),
      ...(text === undefined ? {} : { file: text }),
      ...(after === undefined ? {} : { after }),
      ...(count === undefined ? {} : { count }),
    });
    await invocation.print(found, (value) => nextText(value, parts.clock.now()));
    return 0;
  },
};
