/** What the command line asks of the desktop app. */
export interface DesktopArguments {
  /** The arguments after `--cli`: the jackdaw command instead of the app; null without it. */
  readonly cli: readonly string[] | null;
  /** Start in the tray, without a window: what start at login does. */
  readonly hidden: boolean;
  /** What `--data-dir` names. */
  readonly dataDir: string | undefined;
}

function optionValue(args: readonly string[], name: string): string | undefined {
  const index = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
  const found = args[index];
  if (found === undefined) return undefined;
  return found === name ? args[index + 1] : found.slice(name.length + 1);
}

/**
 * Reads Electron's command line. Chromium's own switches stand between the app's; they are passed
 * over, and everything after `--cli` belongs to the command alone.
 */
export function readDesktopArguments(argv: readonly string[]): DesktopArguments {
  const cliAt = argv.indexOf('--cli');
  const own = cliAt < 0 ? argv : argv.slice(0, cliAt);
  return {
    cli: cliAt < 0 ? null : argv.slice(cliAt + 1),
    hidden: own.includes('--hidden'),
    dataDir: optionValue(own, '--data-dir'),
  };
}
