import type { Command } from '../command.ts';

function subject(id: string | null): string {
  return id ?? 'Every schedule';
}

/** `pause [ID]`: holds one schedule, or all. */
export const pause: Command = {
  name: 'pause',
  takes: '[ID]',
  most: 1,
  options: { until: { type: 'string' } },
  summary: 'pause one schedule, or all',
  help: ['--until ISO  resume by itself at this instant, for example 2026-12-01T09:00:00Z'],
  run: async ({ door, positionals, option, print }) => {
    const [id] = positionals;
    const until = option('until');
    const paused = await (
      await door()
    ).call('pause', {
      ...(id === undefined ? {} : { id }),
      ...(until === undefined ? {} : { until }),
    });
    await print(paused, (value) =>
      value.pause.until === null
        ? `${subject(value.id)} is paused until resumed.`
        : `${subject(value.id)} is paused until ${value.pause.until}.`,
    );
    return 0;
  },
};

/** `resume [ID]`: ends a pause; what was due meanwhile is not caught up. */
export const resume: Command = {
  name: 'resume',
  takes: '[ID]',
  most: 1,
  summary: 'resume one schedule, or all; nothing is caught up',
  run: async ({ door, positionals, print }) => {
    const [id] = positionals;
    const resumed = await (await door()).call('resume', id === undefined ? {} : { id });
    await print(resumed, (value) => `${subject(value.id)} goes on.`);
    return 0;
  },
};
