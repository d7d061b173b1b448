import { spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { systemClock } from '../clock.ts';
import { findInstallation } from '../data-folder.ts';
import type { CliParts } from './command.ts';
import { processIo, type CliIo } from './io.ts';

/** The program that shows a page in the user's browser, and its arguments; null where nobody would see it. */
function browserFor(
  path: string,
  environment: CliParts['environment'],
): readonly [string, ...string[]] | null {
  switch (process.platform) {
    case 'darwin':
      return ['open', path];
    case 'win32':
      return ['explorer.exe', path];
    default: {
      const display = environment['DISPLAY'] ?? environment['WAYLAND_DISPLAY'] ?? '';
      return display === '' ? null : ['xdg-open', path];
    }
  }
}

function showPage(path: string, environment: CliParts['environment']): boolean {
  const browser = browserFor(path, environment);
  if (browser === null) return false;
  const [program, ...args] = browser;
  const child = spawn(program, args, { detached: true, stdio: 'ignore' });
  // No such program: the link has been printed.
  child.on('error', () => undefined);
  child.unref();
  return true;
}

/**
 * What the command line has on plain Node: this process's terminal, the real clock, and scrape
 * children by `child_process.fork`. Electron's entry replaces `compose` by its own.
 */
export function nodeParts(
  io: CliIo = processIo(),
  environment: CliParts['environment'] = process.env,
): CliParts {
  const { root, version, checkout } = findInstallation(import.meta.dirname);
  const clock = systemClock();
  return {
    io,
    clock,
    environment,
    version,
    checkout,
    rendererFolder: join(root, 'out', 'renderer'),
    compose: async (host, dataFolder) => {
      const [
        { openHost },
        { createRunner },
        { forkLauncher },
        { endLeftovers },
        { plainSurroundings },
        { systemZones },
      ] = await Promise.all([
        import('../host/host.ts'),
        import('../scrape/create-runner.ts'),
        import('../scrape/fork-launcher.ts'),
        import('../scrape/end-leftovers.ts'),
        import('../surroundings.ts'),
        import('../zones/zoneinfo.ts'),
      ]);
      return openHost({
        host,
        version,
        dataFolder,
        clock,
        createRunner: (given) => createRunner({ ...given, launch: forkLauncher() }),
        endLeftovers: (folder) => endLeftovers(folder, clock),
        systemZones: systemZones(environment, process.platform),
        surroundings: plainSurroundings,
        desktop: null,
        environment,
      });
    },
    showPage: (path) => showPage(path, environment),
  };
}
