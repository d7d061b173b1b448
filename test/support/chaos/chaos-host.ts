/**
 * A headless host to be ill-treated: real database, real children, real loopback, on a clock that runs
 * faster. It tells its parent which process carries out which run, and how long its main thread was
 * busy at a stretch. Neither the build nor the packages include it.
 */
import process from 'node:process';
import { openApp } from '../../../main/app.ts';
import { systemClock } from '../../../main/clock.ts';
import { serveLoopback } from '../../../main/desktop/serve-loopback.ts';
import { createRunner } from '../../../main/scrape/create-runner.ts';
import { forkLauncher } from '../../../main/scrape/fork-launcher.ts';
import type { ChildLauncher } from '../../../main/scrape/launcher.ts';
import { noSystemZones } from '../../../main/zones/system-zones.ts';
import { fastClock } from './fast-clock.ts';
import type { ChaosOrder, ChaosWord } from './host.ts';
import { dieAt } from './kill-points.ts';

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

const fork = forkLauncher();
const launch: ChildLauncher = () => {
  const child = fork();
  if (child.pid !== undefined) tell({ child: child.pid });
  return child;
};

const app = await openApp({
  host: 'headless',
  version: '0.0.0-test',
  dataFolder: order.dataFolder,
  clock,
  createRunner: (given) => {
    // Its limits are in real time, as its children are.
    const runner = createRunner({ ...given, clock: systemClock(), launch });
    return wrap === null ? runner : wrap(runner);
  },
  systemZones: noSystemZones,
  desktop: null,
  environment: {},
});
const served = await serveLoopback(app, systemClock(), order.dataFolder, order.dataFolder);
served.start();
if (order.watchThread) watchThread();

process.once('SIGTERM', () => {
  void served.stop().then(() => process.exit(0));
});
tell({ ready: true });
