import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import { autostartCommand, autostartEntry } from './autostart.ts';

/** Start at login, whatever the system calls it. */
export interface LoginItem {
  get(): boolean;
  /** @throws Error where the system refuses; the message says where. */
  set(enabled: boolean): void;
}

/** The autostart file of XDG desktops. Switched off there (`Hidden`, or by GNOME) counts as off. */
function autostartFile(folder: string, text: string): LoginItem {
  const file = path.join(folder, 'jackdaw.desktop');
  const off = /^(Hidden=true|X-GNOME-Autostart-enabled=false)\s*$/m;
  return {
    get: () => {
      try {
        return !off.test(readFileSync(file, 'utf8'));
      } catch {
        return false;
      }
    },
    set: (enabled) => {
      if (!enabled) {
        rmSync(file, { force: true });
        return;
      }
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, text);
    },
  };
}

function systemLoginItem(args: readonly string[]): LoginItem {
  // The portable app unpacks itself to another folder at each start.
  const portable = process.env['PORTABLE_EXECUTABLE_FILE'];
  const own = { args: [...args], ...(portable === undefined ? {} : { path: portable }) };
  return {
    get: () => app.getLoginItemSettings(own).openAtLogin,
    set: (openAtLogin) => {
      app.setLoginItemSettings({ openAtLogin, ...own });
    },
  };
}

/** Start at login on this system; null where there is no such thing. */
export function createLoginItem(dataDir: string | undefined): LoginItem | null {
  const command = autostartCommand({
    executable: app.getPath('exe'),
    appImage: process.env['APPIMAGE'],
    appPath: app.isPackaged ? null : app.getAppPath(),
    dataDir,
  });
  switch (process.platform) {
    case 'win32':
    case 'darwin':
      return systemLoginItem(command.args);
    case 'linux':
      return autostartFile(path.join(app.getPath('appData'), 'autostart'), autostartEntry(command));
    default:
      return null;
  }
}

/**
 * Whether this start came from the login: by `--hidden`, or as macOS tells it, which passes no
 * arguments to login items.
 */
export function startedAtLogin(hidden: boolean): boolean {
  if (hidden) return true;
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
}
