import { systemClock } from '../../clock.ts';
import type { ChildMessage, ParentMessage } from '../messages.ts';
import { openChannel, type Channel } from './channel.ts';
import { fetchPage, type FetchedPage } from './fetch-page.ts';
import { giveWay } from './give-way.ts';
import { askedAddress, hideUser } from './hide-user.ts';
import { createHttp } from './http.ts';
import { askingParent, type Parent } from './parent.ts';
import { createRobots } from './robots.ts';
import { runPages } from './run-pages.ts';
import { tryPage } from './try-page.ts';
import { startWatchdog } from './watchdog.ts';

type Start = Extract<ParentMessage, { readonly type: 'start' }>;

/** The way this task fetches a page: through the parent's lanes, under robots.txt, within its limits. */
function fetcherFor(
  { task, limits, userAgent }: Start,
  parent: Parent,
): (url: string) => Promise<FetchedPage> {
  const clock = systemClock();
  const ownHost = new URL(task.kind === 'run' ? task.scrape.url : task.url).host;
  const http = createHttp({ clock, limits, userAgent, ownHost });
  const robots = createRobots({ parent, http, limits });
  const conditional = task.kind === 'run';
  return (url) =>
    fetchPage({ clock, limits, parent, http, robots, conditional }, askedAddress(url));
}

async function carryOut(
  start: Start,
  parent: Parent,
  tell: (message: ChildMessage) => void,
): Promise<void> {
  const { task, limits } = start;
  const fetch = fetcherFor(start, parent);
  if (task.kind === 'try') {
    tell({ type: 'tried', ...(await tryPage({ task, limits, fetch })) });
    return;
  }
  const { scrape } = task;
  const verdict = await runPages({ scrape, limits, fetch, log: parent.log, tell });
  const message = verdict.message === null ? null : hideUser(verdict.message);
  tell({ type: 'end', verdict: { ...verdict, message } });
}

/** Serves tasks, one at a time, until it is ended: a run's child by its parent as soon as it has reported. */
function serve(channel: Channel): void {
  const watchdog = startWatchdog();
  // The watch over memory has begun and stays as quick as it was.
  giveWay();
  const { parent, answer, stop } = askingParent(channel);
  channel.onClosed(() => watchdog.end());
  channel.onMessage((message) => {
    switch (message.type) {
      case 'start':
        watchdog.watch(message.parentPid, message.limits.memoryBytes);
        void carryOut(message, parent, channel.send);
        break;
      case 'stop':
        stop();
        break;
      case 'end':
        process.exit(0);
        break;
      case 'leave':
      case 'robots':
      case 'kept-page':
        answer(message);
        break;
    }
  });
  channel.send({ type: 'ready' });
}

serve(openChannel());
