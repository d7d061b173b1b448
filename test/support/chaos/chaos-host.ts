/**
 * A headless host to be ill-treated: real database, real children, real loopback, on a clock that runs
 * faster. It tells its parent which process carries out which run, and how long its main thread was
 * busy at a stretch. Neither the build nor the packages include it.
 */
import process from 'node:process';
import { systemClock } from '../../../main/clock.ts';
import { openHost } from '../../../main/host/host.ts';
import { serveLoopback } from '../../../main/desktop/serve-loopback.ts';
import { createRunner, type ScrapeRunner } from '../../../main/scrape/create-runner.ts';
import { endLeftovers } from '../../../main/scrape/end-leftovers.ts';
import { forkLauncher } from '../../../main/scrape/fork-launcher.ts';
import type { ChildLauncher } from '../../../main/scrape/launcher.ts';
import type { ParentMessage } from '../../../main/scrape/messages.ts';
import { plainSurroundings } from '../../../main/surroundings.ts';
import { noSystemZones } from '../../../main/zones/system-zones.ts';
import { fastClock } from './fast-clock.ts';
import type { ChaosOrder, ChaosWord } from './host.ts';
import { dieAt } from './kill-points.ts';
import { runDelayMs } from './run-delay.ts';

const order = JSON.parse(process.argv[2] ?? '{}') as ChaosOrder;
const clock = fastClock(order.world);
const wrap = order.kill === null ? null : dieAt(order.kill);

function tell(word: ChaosWord): void {
  if (process.connected) process.send?.(word);
}

/** The longest stretch of work of the main thread, by its own processor time: others' load doesn't count. */
function watchThread(): void {
  let before = process.threadCpuUsage();
  setInterval(() => {
    const now = process.threadCpuUsage();
    tell({ busyMs: (now.user + now.system - before.user - before.system) / 1_000 });
    before = now;
  }, 5).unref();
}

/** The run that reads by a schedule's rules just now: a schedule has one at a time. */
const runs = new Map<unknown, number>();
const fork = forkLauncher();
const launch: ChildLauncher = (parts) => {
  const child = fork(parts);
  const { pid } = child;
  if (pid === undefined) return child;
  tell({ child: pid });
  return {
    ...child,
    send: (message) => {
      const said = message as ParentMessage;
      const run =
        said.type === 'start' && said.task.kind === 'run' ? runs.get(said.task.scrape) : undefined;
      child.send(message);
      if (run !== undefined) tell({ pid, run });
    },
  };
};

function observed(runner: ScrapeRunner): ScrapeRunner {
  return {
    ...runner,
    start: (job, observer) => {
      runs.set(job.scrape, job.run);
      return runner.start(job, observer);
    },
  };
}

const app = await openHost({
  host: 'headless',
  version: '0.0.0-test',
  dataFolder: order.dataFolder,
  clock,
  createRunner: (given) => {
    // Its limits are in real time, as its children are.
    const runner = observed(createRunner({ ...given, clock: systemClock(), launch }));
    return wrap === null ? runner : wrap(runner);
  },
  endLeftovers: (folder) => endLeftovers(folder, systemClock()),
  systemZones: noSystemZones,
  surroundings: plainSurroundings,
  desktop: null,
  environment: {},
});
const served = await serveLoopback(app, systemClock(), order.dataFolder, order.dataFolder);
served.start();
if (order.watchThread) watchThread();

process.once('SIGTERM', () => {
  void served.stop().then(() => process.exit(0));
});
tell({ readyAfterWaitingMs: runDelayMs(process.pid) });
