/** Electron's entry: the desktop app, or with `--cli …` the jackdaw command. */
import path from 'node:path';
import { app } from 'electron';
import type { App, AppOptions } from './app.ts';
import { nodeParts } from './cli/node-parts.ts';
import { runCli } from './cli/run-cli.ts';
import { systemClock } from './clock.ts';
import { dataFolder, findInstallation } from './data-folder.ts';
import { readDesktopArguments, type DesktopArguments } from './desktop/arguments.ts';
import { runDesktop } from './desktop/run-desktop.ts';
import { serveLoopback } from './desktop/serve-loopback.ts';
import { desktopSurroundings } from './desktop/surroundings.ts';
import { utilityLauncher } from './desktop/utility-launcher.ts';
import { openHost } from './host/host.ts';
import { createRunner } from './scrape/create-runner.ts';
import { endLeftovers } from './scrape/end-leftovers.ts';
import { systemZones } from './zones/zoneinfo.ts';

const { root, version, checkout } = findInstallation(import.meta.dirname);
const environment = process.env;
const clock = systemClock();

/** The app with scrape children that Electron starts; once Electron is ready. */
function open(parts: Pick<AppOptions, 'host' | 'dataFolder' | 'desktop'>): Promise<App> {
  const launch = utilityLauncher(path.join(import.meta.dirname, 'scrape-child.js'));
  const createScrapeRunner: AppOptions['createRunner'] = (given) =>
    createRunner({ ...given, launch });
  return openHost({
    ...parts,
    version,
    clock,
    environment,
    createRunner: createScrapeRunner,
    endLeftovers: (folder) => endLeftovers(folder, clock),
    systemZones: systemZones(environment, process.platform),
    surroundings: desktopSurroundings,
  });
}

async function runCommand(argv: readonly string[]): Promise<void> {
  app.dock?.hide();
  const code = await runCli(argv, {
    ...nodeParts(),
    compose: async (host, folder) => {
      await app.whenReady();
      return open({ host, dataFolder: folder, desktop: null });
    },
  });
  app.exit(code);
}

/** A portable app on Windows keeps its data beside its file, unless told otherwise. */
function portableFolder(): string | undefined {
  const folder = environment['PORTABLE_EXECUTABLE_DIR'];
  if (folder === undefined || environment['JACKDAW_DATA'] !== undefined) return undefined;
  return path.join(folder, 'Jackdaw Data');
}

async function startDesktop(args: DesktopArguments): Promise<void> {
  const option = args.dataDir ?? portableFolder();
  const folder = dataFolder({ option, environment, checkout });
  const rendererFolder = path.join(root, 'out', 'renderer');
  await runDesktop({
    args,
    dataFolder: folder,
    clock,
    environment,
    rendererFolder,
    preload: path.join(import.meta.dirname, '..', 'preload', 'index.cjs'),
    resourcesFolder: path.join(app.isPackaged ? process.resourcesPath : root, 'resources'),
    open: async (desktop) => {
      const opened = await open({ host: 'electron', dataFolder: folder, desktop });
      return serveLoopback(opened, clock, folder, rendererFolder);
    },
  });
}

const args = readDesktopArguments(process.argv.slice(1));
// Not awaited: Electron becomes ready only once this module has been read to its end.
void (args.cli === null ? startDesktop(args) : runCommand(args.cli));
