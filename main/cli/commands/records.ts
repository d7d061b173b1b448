import { UsageError, type Command } from '../command.ts';
import { plainLines } from '../text.ts';

const formats = ['jsonl', 'csv', 'json'] as const;

/** `records ID`: the last good run's rows. */
export const records: Command = {
  name: 'records',
  takes: 'ID',
  least: 1,
  most: 1,
  options: { format: { type: 'string' }, run: { type: 'string' }, gone: { type: 'boolean' } },
  summary: 'the rows of the last good run',
  help: [
    '--format F   jsonl (one object a line), csv or json; left out: jsonl',
    '--run RUN    the rows of this run',
    '--gone       the rows that are gone, instead',
  ],
  run: async ({ door, positionals, option, number, flag, json, print, io }) => {
    const [id = ''] = positionals;
    const given = option('format') ?? 'jsonl';
    const format = formats.find((one) => one === given);
    if (format === undefined) throw new UsageError(`--format is one of ${formats.join(', ')}`);
    const run = number('run');
    const asked = { id, gone: flag('gone'), ...(run === undefined ? {} : { run }) };
    const opened = await door();
    if (json) {
      await print(await opened.call('listRecords', asked), () => '');
      return 0;
    }
    const { text } = await opened.call('exportRecords', { ...asked, format });
    const whole = text === '' || text.endsWith('\n') ? text : `${text}\n`;
    await io.out(io.terminal ? plainLines(whole) : whole);
    return 0;
  },
};
