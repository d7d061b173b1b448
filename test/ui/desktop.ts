import type { Menu, Notification } from 'electron';
import type { ElectronApplication } from '@playwright/test';

declare global {
  /** What test/support/recorder.cjs has kept. */
  var jackdawSeen: {
    readonly trays: readonly {
      readonly image: string;
      readonly toolTip: string;
      readonly menu: Menu | null;
    }[];
    readonly notifications: readonly Notification[];
    readonly opened: readonly string[];
  };
}

/** What the tray shows now. */
export interface ShownTray {
  /** The icon's file, without its folder. */
  readonly image: string;
  readonly toolTip: string;
  /** The items' labels, top level; `—` for a line. */
  readonly labels: readonly string[];
}

/** The tray as its user sees it; null while there is none. */
export function trayOf(electron: ElectronApplication): Promise<ShownTray | null> {
  return electron.evaluate(() => {
    const tray = jackdawSeen.trays.at(-1);
    const items = tray?.menu?.items;
    if (tray === undefined || items === undefined) return null;
    const labels = items.map(({ type, label }) => (type === 'separator' ? '—' : label));
    return { image: tray.image.split(/[\\/]/).at(-1) ?? '', toolTip: tray.toolTip, labels };
  });
}

/** Chooses an item of the tray's menu by its id. */
export function chooseInTray(electron: ElectronApplication, id: string): Promise<void> {
  return electron.evaluate((_electron, itemId) => {
    const item = jackdawSeen.trays.at(-1)?.menu?.getMenuItemById(itemId) ?? null;
    if (item === null) throw new Error(`The tray has no item ${itemId}.`);
    (item.click as () => void)();
  }, id);
}

/** The notifications shown so far, as title and body. */
export function noticesOf(electron: ElectronApplication): Promise<readonly (readonly string[])[]> {
  return electron.evaluate(() => jackdawSeen.notifications.map(({ title, body }) => [title, body]));
}

/** The windows there are, and whether each is on the screen. */
export function windowsOf(electron: ElectronApplication): Promise<readonly boolean[]> {
  return electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.isVisible()),
  );
}

/** Closes the window as its user does, by its button. */
export function closeWindow(electron: ElectronApplication): Promise<void> {
  return electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.close();
  });
}

/** Resolves with the exit code once the app has ended by itself. */
export function ended(electron: ElectronApplication): Promise<number | null> {
  const child = electron.process();
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', resolve));
}
