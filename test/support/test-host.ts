/**
 * The headless host on a virtual clock with a fake runner, for the UI specs: started with Node's
 * `fork`, moved by messages. Neither the build nor the packages include it.
 */
import path from 'node:path';
import { openHost } from '../../main/host/host.ts';
import { systemClock } from '../../main/clock.ts';
import { serveLoopback } from '../../main/desktop/serve-loopback.ts';
import { plainSurroundings } from '../../main/surroundings.ts';
import { noSystemZones } from '../../main/zones/system-zones.ts';
import type { ControlMessage } from './test-control.ts';
import { controlledWorld } from './virtual-world.ts';

const dataFolder = process.argv[2] ?? '';
const { clock, runner, control } = controlledWorld(process.env['JACKDAW_TEST_WORLD']);
const app = await openHost({
  host: 'headless',
  version: '0.0.0-test',
  dataFolder,
  clock,
  createRunner: () => runner,
  systemZones: noSystemZones,
  surroundings: plainSurroundings,
  desktop: null,
  environment: {},
});
const root = process.env['JACKDAW_TEST_ROOT'] ?? process.cwd();
const rendererFolder = path.join(root, 'out', 'renderer');
const served = await serveLoopback(app, systemClock(), dataFolder, rendererFolder);
served.start();

process.on('message', (message: ControlMessage) => {
  void control(message).then(() => process.send?.('done'));
});
process.once('SIGTERM', () => {
  void served.stop().then(() => process.exit(0));
});
process.once('disconnect', () => process.exit(0));
process.send?.('ready');
