import type { Status } from '../../../contract/views.ts';
import { fromInstant } from '../../../contract/time.ts';
import type { Trouble } from '../../../contract/troubles.ts';
import type { Command } from '../command.ts';
import { count, durationText, facts, plain, relative, table } from '../text.ts';

/** The exit codes that watchers of `status` go by. */
const noHost = 3;
const lateTick = 4;
const lateTickMs = 90_000;

function pauseText(pause: Status['paused']): string {
  if (pause === null) return '';
  return pause.until === null ? 'paused until resumed' : `paused until ${pause.until}`;
}

function leaderText({ running, leader }: Status): string {
  if (leader === null) return 'no host is running; start one with: jackdaw serve';
  const idle = running ? '' : 'not running; its host is the ';
  return `${idle}${leader.host} host ${leader.version}, process ${String(leader.pid)}, since ${leader.since}`;
}

/** The host's troubles, each with its remedy. */
function troubleText(troubles: readonly Trouble[]): string {
  return troubles
    .map(({ message, remedy }) => `! ${plain(message)}\n  ${plain(remedy)}\n\n`)
    .join('');
}

function statusText(status: Status, now: number): string {
  const { last24h, lastTickAt } = status;
  const timing =
    last24h.medianMs === null ? '' : `, half of them within ${durationText(last24h.medianMs)}`;
  const head = facts([
    ['Scheduler', leaderText(status)],
    ...(status.paused === null ? [] : [['All schedules', pauseText(status.paused)] as const]),
    ['Last tick', lastTickAt === null ? 'none yet' : relative(lastTickAt, now)],
    ['Now', `${count(status.runningRuns, 'run')} going on, ${String(status.queue)} waiting`],
    ['Last 24 h', `${count(last24h.runs, 'run')}, ${String(last24h.failed)} failed${timing}`],
    ['Zone data', status.tz],
  ]);
  if (status.schedules.length === 0)
    return `${head}\n\nNo schedules yet. Add the sample with: jackdaw sample`;
  const rows = status.schedules.map((one) => [
    one.id,
    one.state,
    one.nextRunAt === null ? '-' : relative(one.nextRunAt, now),
    one.lastOutcome === null || one.lastRunAt === null
      ? '-'
      : `${one.lastOutcome}, ${relative(one.lastRunAt, now)}`,
    one.trigger,
  ]);
  return `${head}\n\n${table(['SCHEDULE', 'STATE', 'NEXT RUN', 'LAST RUN', 'TRIGGER'], rows)}`;
}

/** `status`: whether the scheduler lives, and every schedule with its next run. */
export const status: Command = {
  name: 'status',
  summary: 'whether the scheduler lives, and every schedule with its next run',
  help: ['Exit code 3: no host is running. 4: the scheduler’s last tick is older than 90 s.'],
  run: async ({ door, print, parts, json }) => {
    const opened = await door();
    const found = await opened.call('getStatus', {});
    const now = parts.clock.now();
    // What is wrong stands in the host's view: the value that --json prints is a contract of its own.
    const troubles = json ? [] : (await opened.call('getSnapshot', {})).host.troubles;
    await print(found, (value) => troubleText(troubles) + statusText(value, now));
    if (opened.host === null) return noHost;
    const { lastTickAt } = found;
    return lastTickAt === null || now - fromInstant(lastTickAt) > lateTickMs ? lateTick : 0;
  },
};
