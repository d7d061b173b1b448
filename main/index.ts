/** Electron's entry: the desktop app, or with `--cli …` the jackdaw command. */
import path from 'node:path';
import { app } from 'electron';
import { openApp } from './app.ts';
import { systemClock } from './clock.ts';
import { dataFolder, findInstallation } from './data-folder.ts';
import { readDesktopArguments, type DesktopArguments } from './desktop/arguments.ts';
import { runDesktop } from './desktop/run-desktop.ts';
import { serveLoopback } from './desktop/serve-loopback.ts';
import { utilityLauncher } from './desktop/utility-launcher.ts';
import { createRunner } from './scrape/create-runner.ts';

const { root, version, checkout } = findInstallation(import.meta.dirname);
const launch = utilityLauncher(path.join(import.meta.dirname, 'scrape-child.js'));

async function startDesktop(args: DesktopArguments): Promise<void> {
  const environment = process.env;
  const clock = systemClock();
  const folder = dataFolder({ option: args.dataDir, environment, checkout });
  await runDesktop({
    args,
    dataFolder: folder,
    clock,
    environment,
    rendererFolder: path.join(root, 'out', 'renderer'),
    resourcesFolder: path.join(app.isPackaged ? process.resourcesPath : root, 'resources'),
    open: async (desktop) => {
      const opened = await openApp({
        host: 'electron',
        version,
        dataFolder: folder,
        clock,
        createRunner: (parts) => createRunner({ ...parts, launch }),
        desktop,
        environment,
      });
      return serveLoopback(opened, clock, folder);
    },
  });
}

const args = readDesktopArguments(process.argv.slice(1));
if (args.cli === null) await startDesktop(args);
