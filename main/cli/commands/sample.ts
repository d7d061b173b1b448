import type { Command } from '../command.ts';

/** `sample`: adds the two schedules that show what Jackdaw does. Asking again adds nothing twice. */
export const sample: Command = {
  name: 'sample',
  summary: 'add the sample: two schedules for a small site that Jackdaw serves itself',
  run: async ({ door, print }) => {
    const opened = await door();
    const added = await opened.call('addSample', {});
    await print(added, (value) => {
      const said =
        value.added.length === 0
          ? `The sample is here already: ${value.present.join(', ')}.`
          : `Added ${value.added.join(' and ')}.`;
      const site =
        opened.host === null
          ? 'They run once a host is running; start one with: jackdaw serve'
          : `The little site they read is at ${value.url}`;
      return `${said}\n${site}`;
    });
    return 0;
  },
};
