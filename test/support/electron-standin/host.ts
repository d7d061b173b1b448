import type { CdpBrowser } from './cdp.ts';

/** The stand-in's Electron version: that of the npm package whose types it keeps to. */
export const electronVersion = '45.4.1';

/** What the command line and the app's package.json say. */
export interface HostConfig {
  readonly appPath: string;
  readonly name: string;
  readonly version: string;
  readonly isPackaged: boolean;
}

interface ClosableWindow {
  close(): void;
  isDestroyed(): boolean;
}

/** What the stand-in's parts share. */
interface Host {
  config: HostConfig;
  /** Chromium's switches, from the command line and `app.commandLine`. */
  readonly switches: Map<string, string>;
  browser: CdpBrowser | null;
  quitting: boolean;
  readonly windows: Map<number, ClosableWindow>;
}

export const host: Host = {
  config: { appPath: process.cwd(), name: 'Electron', version: '0.0.0', isPackaged: false },
  switches: new Map(),
  browser: null,
  quitting: false,
  windows: new Map(),
};

/** The browser; there is none before `ready`. */
export function browserNow(): CdpBrowser {
  if (host.browser === null) throw new Error('Electron: not before the app is ready.');
  return host.browser;
}
