/** The command a login starts. */
export interface AutostartCommand {
  readonly executable: string;
  readonly args: readonly string[];
}

/**
 * Quotes one argument for the `Exec` key: always in double quotes, the four special characters
 * escaped, then `\` and `%` once more as the key asks (Desktop Entry Specification, "The Exec key").
 */
function quote(argument: string): string {
  const quoted = `"${argument.replace(/["`$\\]/g, '\\$&')}"`;
  return quoted.replace(/\\/g, '\\\\').replace(/%/g, '%%');
}

/**
 * The autostart entry of a Linux desktop: starts Jackdaw hidden at login. Line breaks can't stand in
 * a path here; they would begin another key.
 */
export function autostartEntry({ executable, args }: AutostartCommand): string {
  const command = [executable, ...args].map((part) => quote(part.replace(/[\r\n]/g, '')));
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Version=1.5',
    'Name=Jackdaw',
    'Comment=Scrapes web pages on a schedule and keeps your hours',
    `Exec=${command.join(' ')}`,
    'Terminal=false',
    'StartupNotify=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/**
 * What a login should start: the AppImage itself (its mount point changes with every start), or the
 * executable; in a checkout with the app's folder. `dataDir` is carried along where one was named.
 */
export function autostartCommand(running: {
  readonly executable: string;
  readonly appImage: string | undefined;
  /** The app's folder in a checkout; null when packaged. */
  readonly appPath: string | null;
  readonly dataDir: string | undefined;
}): AutostartCommand {
  const { executable, appImage, appPath, dataDir } = running;
  return {
    executable: appImage ?? executable,
    args: [
      ...(appPath === null ? [] : [appPath]),
      '--hidden',
      ...(dataDir === undefined ? [] : [`--data-dir=${dataDir}`]),
    ],
  };
}
