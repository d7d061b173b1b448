import type { ScheduleView } from '../../../contract/views.ts';
import type { Command } from '../command.ts';
import { count, facts, relative, table, wallTime } from '../text.ts';

function nextText({ nextRun, why }: ScheduleView, now: number): string {
  if (nextRun === null) return why.at(-1)?.text ?? '-';
  return `${wallTime(nextRun.local)} (${relative(nextRun.at, now)})`;
}

function lastText({ last }: ScheduleView, now: number): string {
  if (last === null) return '-';
  const reason = last.reason === null ? '' : ` (${last.reason})`;
  return `${last.outcome ?? last.state}${reason}, ${relative(last.recordedAt, now)}`;
}

function listText(views: readonly ScheduleView[], now: number): string {
  if (views.length === 0) return 'No schedules yet. Add the sample with: jackdaw sample';
  return table(
    ['ID', 'NAME', 'STATE', 'NEXT RUN', 'LAST RUN', 'TRIGGER'],
    views.map((view) => [
      view.id,
      view.name,
      view.state,
      nextText(view, now),
      lastText(view, now),
      view.trigger,
    ]),
  );
}

async function showText(view: ScheduleView, now: number): Promise<string> {
  const { shortestSchedule, yamlText } = await import('../../calls/shortest-form.ts');
  const head = facts([
    ['Name', view.name],
    ['State', view.state],
    ['Trigger', view.trigger],
    ['Hours', view.hours],
    ['Zone', view.timezone],
    ['Next run', nextText(view, now)],
    ['Why then', view.why.map(({ text }) => text).join(' → ')],
    ['Last run', lastText(view, now)],
    ['Rows', view.rows === null ? 'none yet' : count(view.rows, 'row')],
  ]);
  return `${head}\n\n${yamlText({ ...shortestSchedule(view.document) }).trimEnd()}`;
}

/** `list`: every schedule, one a line. */
export const list: Command = {
  name: 'list',
  summary: 'every schedule with its next and its last run',
  run: async ({ door, parts, print }) => {
    const views = await (await door()).call('listSchedules', {});
    await print(views, (value) => listText(value, parts.clock.now()));
    return 0;
  },
};

/** `show ID`: one schedule, why it runs when it runs, and its document. */
export const show: Command = {
  name: 'show',
  takes: 'ID',
  least: 1,
  most: 1,
  summary: 'one schedule: its next run and why then, its last run, its document',
  run: async ({ door, parts, positionals, print }) => {
    const view = await (await door()).call('getSchedule', { id: positionals[0] ?? '' });
    const text = await showText(view, parts.clock.now());
    await print(view, () => text);
    return 0;
  },
};

function switching(name: 'enable' | 'disable', summary: string): Command {
  return {
    name,
    takes: 'ID',
    least: 1,
    most: 1,
    summary,
    run: async ({ door, parts, positionals, print }) => {
      const view = await (
        await door()
      ).call('setEnabled', { id: positionals[0] ?? '', enabled: name === 'enable' });
      await print(view, (value) =>
        value.enabled
          ? `${value.id} is on; next run: ${nextText(value, parts.clock.now())}`
          : `${value.id} is off.`,
      );
      return 0;
    },
  };
}

/** `enable ID`. */
export const enable = switching('enable', 'switch a schedule on');

/** `disable ID`. */
export const disable = switching('disable', 'switch a schedule off; what goes on goes on');

/** `delete ID`. */
export const deleteCommand: Command = {
  name: 'delete',
  takes: 'ID',
  least: 1,
  most: 1,
  summary: 'delete a schedule',
  run: async ({ door, positionals, print }) => {
    const deleted = await (await door()).call('deleteSchedule', { id: positionals[0] ?? '' });
    await print(deleted, ({ id }) => `${id} is deleted.`);
    return 0;
  },
};
