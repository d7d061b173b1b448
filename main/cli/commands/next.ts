import type { CallOutput } from '../../../contract/calls.ts';
import { UsageError, type Command } from '../command.ts';
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

/** `next [ID]`: the next slots with the trace; `next -` computes them for JSON lines. */
export const next: Command = {
  name: 'next',
  takes: '[ID | -]',
  most: 1,
  options: { file: { type: 'string' }, after: { type: 'string' }, count: { type: 'string' } },
  summary: 'the next slots, and why then; next - reads JSON lines and writes JSON lines',
  help: [
    '--file FILE   look at the schedules of a file instead of the stored ones',
    '--after ISO   the slots after this instant; left out: now',
    '--count N     how many slots of each schedule (5)',
    'next -        JSON lines in, JSON lines out, without a data folder:',
    '              {"trigger":…,"hours":{…},"timezone":…,"outside":…,"after":ISO,"count":N}',
  ],
  run: async (invocation) => {
    const { positionals, option, number, parts } = invocation;
    const [id] = positionals;
    const file = option('file');
    const after = option('after');
    const count = number('count');
    if (id === '-') {
      if (file !== undefined || after !== undefined || count !== undefined)
        throw new UsageError('next - takes no options; write after and count into each line');
      const { answerLines } = await import('./next-lines.ts');
      await answerLines(invocation.io, parts.clock);
      return 0;
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
