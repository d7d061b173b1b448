import { app, BrowserWindow, screen, type Rectangle, type WebContents } from 'electron';
import type { DesktopMemory } from './desktop-state.ts';
import { pageUrl } from './page.ts';
import { confine } from './safe-contents.ts';

/** What the window needs to know. */
export interface MainWindowOptions {
  readonly memory: DesktopMemory;
  /** What closing does now: let it close, or keep the app without its window. */
  readonly onClose: () => 'close' | 'hide' | 'minimise';
  /** Told when the window was hidden or minimised instead of closed. */
  readonly onKept: () => void;
  /** The bundled preload's file. */
  readonly preload: string;
  /** The icon's file, where the system shows one on windows. */
  readonly icon: string;
}

/** Jackdaw's one window, made when it is first asked for. */
export interface MainWindow {
  /** Shows the window and brings it to the front; makes it where there is none. */
  show(): void;
  /** Makes the window where there is none, minimised: to be found, not to be in the way. */
  showMinimised(): void;
  /** Its contents; null while there is no window. */
  contents(): WebContents | null;
}

/** A page that crashes is shown afresh this often; then something is wrong that a reload can't mend. */
const mostCrashes = 5;

/** The remembered place, if enough of it is still on a screen. */
function placeOnScreen(bounds: Rectangle | null): Partial<Rectangle> {
  if (bounds === null) return { width: 1120, height: 760 };
  const { workArea } = screen.getDisplayMatching(bounds);
  const isVisible =
    bounds.x < workArea.x + workArea.width - 80 &&
    bounds.x + bounds.width > workArea.x + 80 &&
    bounds.y >= workArea.y - 10 &&
    bounds.y < workArea.y + workArea.height - 40;
  return isVisible ? bounds : { width: bounds.width, height: bounds.height };
}

function createWindow(options: MainWindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...placeOnScreen(options.memory.get().bounds),
    minWidth: 420,
    minHeight: 480,
    show: false,
    title: app.getName(),
    icon: options.icon,
    autoHideMenuBar: true,
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  confine(window.webContents);
  let crashes = 0;
  window.webContents.on('render-process-gone', () => {
    crashes += 1;
    if (crashes <= mostCrashes && !window.isDestroyed()) window.webContents.reload();
  });
  return window;
}

/** Keeps Jackdaw's window: where it stood, what closing it does, and the dock on macOS. */
export function createMainWindow(options: MainWindowOptions): MainWindow {
  let window: BrowserWindow | null = null;

  const rememberPlace = (closing: BrowserWindow): void => {
    const bounds = closing.getNormalBounds();
    options.memory.change({ bounds, maximized: closing.isMaximized() });
  };

  const open = (minimised: boolean): BrowserWindow => {
    const opened = createWindow(options);
    opened.once('ready-to-show', () => {
      if (minimised) {
        opened.minimize();
        return;
      }
      if (options.memory.get().maximized) opened.maximize();
      opened.show();
    });
    opened.on('show', () => {
      void app.dock?.show();
    });
    opened.on('close', (event) => {
      rememberPlace(opened);
      const action = options.onClose();
      if (action === 'close') return;
      event.preventDefault();
      if (action === 'hide') {
        opened.hide();
        app.dock?.hide();
      } else opened.minimize();
      options.onKept();
    });
    opened.on('closed', () => {
      window = null;
      app.dock?.hide();
    });
    void opened.loadURL(pageUrl);
    return opened;
  };

  return {
    show: () => {
      if (window === null) {
        window = open(false);
        return;
      }
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    showMinimised: () => {
      window ??= open(true);
    },
    contents: () => window?.webContents ?? null,
  };
}
