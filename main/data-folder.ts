import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import process from 'node:process';

/** Where this Jackdaw's own files lie, and which Jackdaw it is. */
export interface Installation {
  /** The folder of package.json: the checkout, or the inside of an installed app. */
  readonly root: string;
  readonly version: string;
  /** Whether this is a checkout, whose data must not mix with the installed app's. */
  readonly checkout: boolean;
}

/** What the data folder depends on. */
export interface DataFolderQuestion {
  /** What `--data-dir` says. */
  readonly option?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly checkout: boolean;
  readonly platform?: NodeJS.Platform;
  readonly home?: string;
}

/**
 * Finds the installation that a file belongs to: the nearest folder above it with Jackdaw's
 * package.json. A checkout is told by its tsconfig.json, which no package includes.
 *
 * @throws Error where no folder above is Jackdaw's.
 */
export function findInstallation(from: string): Installation {
  for (let folder = from; ; folder = dirname(folder)) {
    const path = join(folder, 'package.json');
    const found = existsSync(path)
      ? (JSON.parse(readFileSync(path, 'utf8')) as {
          readonly name?: string;
          readonly version?: string;
        })
      : {};
    if (found.name === 'jackdaw')
      return {
        root: folder,
        version: found.version ?? '0.0.0',
        checkout: existsSync(join(folder, 'tsconfig.json')),
      };
    if (dirname(folder) === folder) throw new Error(`${from} is not inside a Jackdaw`);
  }
}

/** The folder the system gives programs for their data. */
function baseFolder(
  platform: NodeJS.Platform,
  home: string,
  environment: DataFolderQuestion['environment'],
): string {
  // A relative path there is an error of the user's set-up, to be ignored (XDG base directories).
  const given = (name: string): string | null => {
    const path = environment[name] ?? '';
    return isAbsolute(path) ? path : null;
  };
  switch (platform) {
    case 'win32':
      return given('APPDATA') ?? join(home, 'AppData', 'Roaming');
    case 'darwin':
      return join(home, 'Library', 'Application Support');
    default:
      return given('XDG_DATA_HOME') ?? join(home, '.local', 'share');
  }
}

/**
 * The one data folder of the desktop app, the headless host and the command line: `--data-dir`, else
 * `JACKDAW_DATA`, else the system's place, where a checkout has "Jackdaw Dev" for itself (see
 * docs/decisions/data-folder.md).
 */
export function dataFolder(question: DataFolderQuestion): string {
  const { option, environment, checkout } = question;
  const named = option ?? environment['JACKDAW_DATA'] ?? '';
  if (named !== '') return resolve(named);
  const base = baseFolder(
    question.platform ?? process.platform,
    question.home ?? homedir(),
    environment,
  );
  return join(base, checkout ? 'Jackdaw Dev' : 'Jackdaw');
}
