import { UsageError, type Command } from '../command.ts';

/** `simulate`: the ledger that schedules would have, without a data folder, a host or any waiting. */
export const simulate: Command = {
  name: 'simulate',
  takes: '[-]',
  most: 1,
  options: {
    file: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    asleep: { type: 'string', multiple: true },
    'run-time': { type: 'string' },
  },
  summary: 'the ledger that schedules would have over a time in which every run succeeds',
  help: [
    '--file FILE       the schedules; a schedule’s name and scrape may be left out',
    '--from ISO        nothing counts as handled before this instant',
    '--to ISO          up to this instant, itself included',
    '--asleep ISO/ISO  the computer sleeps from the one to the other; may be given several times',
    '--run-time 30s    how long every run takes',
    'simulate -        JSON lines in, one line {"ledger":[…]} each:',
    '                  {"schedule":{…},"hours":[…],"from":ISO,"to":ISO,',
    '                   "asleep":[[ISO,ISO]],"runTime":"30s"}',
    'Prints JSON lines:',
    '                  {"schedule":…,"slotAt":ISO,"firstSlotAt":ISO,"startedAt":ISO or null,',
    '                   "outcome":…,"coalesced":N,"reason":…}',
  ],
  run: async (invocation) => {
    const { positionals, option, list, io, parts } = invocation;
    const [word] = positionals;
    const file = option('file');
    if (word === undefined) {
      if (file === undefined)
        throw new UsageError('simulate needs --file FILE, or - to read JSON lines');
      const { simulateFile } = await import('./simulate-file.ts');
      await simulateFile(invocation, file);
      return 0;
    }
    if (word !== '-')
      throw new UsageError(`simulate takes - alone, and not ${JSON.stringify(word)}`);
    const others = ['file', 'from', 'to', 'run-time'].some((name) => option(name) !== undefined);
    if (others || list('asleep').length > 0)
      throw new UsageError('simulate - takes no options; write them into each line');
    const { answerSimulations } = await import('./simulate-lines.ts');
    await answerSimulations(io, parts.clock);
    return 0;
  },
};
