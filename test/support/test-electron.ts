/**
 * The desktop app on a virtual clock with a fake runner, for the UI specs. Bundled by
 * `prepare.setup.ts`, because Electron's Node strips no types; neither the build nor the packages
 * include it. Specs reach the control through `app.evaluate`.
 */
import path from 'node:path';
import { openHost } from '../../main/host/host.ts';
import { systemClock } from '../../main/clock.ts';
import { readDesktopArguments } from '../../main/desktop/arguments.ts';
import { runDesktop } from '../../main/desktop/run-desktop.ts';
import { serveLoopback } from '../../main/desktop/serve-loopback.ts';
import { plainSurroundings } from '../../main/surroundings.ts';
import { noSystemZones } from '../../main/zones/system-zones.ts';
import { controlledWorld } from './virtual-world.ts';

const root = process.env['JACKDAW_TEST_ROOT'] ?? process.cwd();
const { clock, runner, control } = controlledWorld(process.env['JACKDAW_TEST_WORLD']);
Object.assign(globalThis, { jackdawControl: control });

const args = readDesktopArguments(process.argv.slice(1));
const dataFolder = args.dataDir ?? '';
const rendererFolder = path.join(root, 'out', 'renderer');
void runDesktop({
  args,
  dataFolder,
  clock,
  environment: process.env,
  rendererFolder,
  preload: path.join(root, 'out', 'preload', 'index.cjs'),
  resourcesFolder: path.join(root, 'resources'),
  open: async (desktop) => {
    const app = await openHost({
      host: 'electron',
      version: '0.0.0-test',
      dataFolder,
      clock,
      createRunner: () => runner,
      systemZones: noSystemZones,
      surroundings: plainSurroundings,
      desktop,
      environment: {},
    });
    return serveLoopback(app, systemClock(), dataFolder, rendererFolder);
  },
});
