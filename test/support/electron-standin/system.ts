import type * as Electron from 'electron';
import { EventEmitter } from 'node:events';
import { only, type Foreign, type Nothing } from './typed.ts';

type Theme = Electron.NativeTheme['themeSource'];

/** `nativeTheme`: a change of the source is told, and the windows follow it. */
class StandInTheme
  extends EventEmitter
  implements Pick<Electron.NativeTheme, 'themeSource' | 'shouldUseDarkColors'>
{
  private source: Theme = 'system';

  get themeSource(): Theme {
    return this.source;
  }

  set themeSource(source: Theme) {
    this.source = source;
    this.emit('updated');
  }

  get shouldUseDarkColors(): boolean {
    return this.source === 'dark';
  }
}

export const nativeTheme = only('nativeTheme', new StandInTheme());

/** `powerMonitor`: a spec wakes the computer with `emit('resume')`. */
class StandInPowerMonitor
  extends EventEmitter
  implements Pick<Electron.PowerMonitor, 'isOnBatteryPower'>
{
  isOnBatteryPower(): boolean {
    return false;
  }
}

export const powerMonitor = only('powerMonitor', new StandInPowerMonitor());

const blockers = new Set<number>();

export const powerSaveBlocker = only('powerSaveBlocker', {
  start: () => {
    const id = blockers.size + 1;
    blockers.add(id);
    return id;
  },
  stop: (id) => blockers.delete(id),
  isStarted: (id) => blockers.has(id),
} satisfies Partial<Electron.PowerSaveBlocker>);

/** `shell`: nothing is opened on the machine that runs the tests; specs replace what they ask about. */
export const shell = only('shell', {
  openExternal: (_url: string) => Promise.resolve(),
  openPath: (_path: string) => Promise.resolve(''),
} satisfies Partial<Electron.Shell>);

export const dialog = only('dialog', {
  showErrorBox: (title, content) => {
    console.error(`dialog: ${title}: ${content}`);
  },
} satisfies Partial<Electron.Dialog>);

type PermissionCheck = Parameters<Electron.Session['setPermissionCheckHandler']>[0];
type PermissionRequest = Parameters<Electron.Session['setPermissionRequestHandler']>[0];

/** `session.defaultSession`: keeps the permission handlers; Chromium's own pages get no permission. */
class StandInSession extends EventEmitter {
  standInCheck: PermissionCheck = null;
  standInRequest: PermissionRequest = null;

  setPermissionCheckHandler(handler: PermissionCheck): void {
    this.standInCheck = handler;
  }

  setPermissionRequestHandler(handler: PermissionRequest): void {
    this.standInRequest = handler;
  }
}

export const session = only('session', {
  defaultSession: only('session.defaultSession', new StandInSession()),
});

export type ThemeIsFaithful = Nothing<Foreign<StandInTheme, Electron.NativeTheme>>;
export type PowerIsFaithful = Nothing<Foreign<StandInPowerMonitor, Electron.PowerMonitor>>;
export type SessionIsFaithful = Nothing<Foreign<StandInSession, Electron.Session>>;

/** `screen`: one display. */
export const screen = only('screen', {
  getDisplayMatching: (_rectangle: Electron.Rectangle) => ({
    workArea: { x: 0, y: 0, width: 1920, height: 1040 },
  }),
} satisfies {
  getDisplayMatching: (rect: Electron.Rectangle) => Pick<Electron.Display, 'workArea'>;
});
