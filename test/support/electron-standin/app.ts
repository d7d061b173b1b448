import type * as Electron from 'electron';
import { EventEmitter } from 'node:events';
import { mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { host } from './host.ts';
import { claimInstance, type Instance } from './instance.ts';
import { only, preventable, type Foreign, type Nothing } from './typed.ts';

type Members =
  | 'commandLine'
  | 'dock'
  | 'exit'
  | 'focus'
  | 'getAppPath'
  | 'getLocale'
  | 'getLoginItemSettings'
  | 'getName'
  | 'getPath'
  | 'getVersion'
  | 'hasSingleInstanceLock'
  | 'isPackaged'
  | 'isReady'
  | 'name'
  | 'quit'
  | 'releaseSingleInstanceLock'
  | 'requestSingleInstanceLock'
  | 'setAppUserModelId'
  | 'setLoginItemSettings'
  | 'setName'
  | 'setPath';

type PathName = Parameters<Electron.App['getPath']>[0];

/** `app`: its life, paths and the single instance, as Electron has them on Linux. */
class StandInApp extends EventEmitter implements Omit<Pick<Electron.App, Members>, 'commandLine'> {
  name = 'Electron';
  readonly dock: Electron.Dock | undefined = undefined;
  readonly commandLine = only('app.commandLine', {
    appendSwitch: (name, value = '') => {
      host.switches.set(name, value);
    },
    hasSwitch: (name) => host.switches.has(name),
    getSwitchValue: (name) => host.switches.get(name) ?? '',
  } satisfies Partial<Electron.CommandLine>);
  private readonly paths = new Map<string, string>();
  private readonly readiness = Promise.withResolvers<undefined>();
  private ready = false;
  private instance: Instance | null = null;

  get isPackaged(): boolean {
    return host.config.isPackaged;
  }

  getName(): string {
    return this.name;
  }

  setName(name: string): void {
    this.name = name;
  }

  getVersion(): string {
    return host.config.version;
  }

  getAppPath(): string {
    return host.config.appPath;
  }

  getLocale(): string {
    return 'en-US';
  }

  isReady(): boolean {
    return this.ready;
  }

  whenReady(): Promise<void> {
    return this.readiness.promise;
  }

  standInBecomeReady(): void {
    this.emit('ready', {}, {});
    this.ready = true;
    this.readiness.resolve(undefined);
  }

  setPath(name: string, folder: string): void {
    if (!path.isAbsolute(folder)) throw new Error('Path must be absolute');
    this.paths.set(name, folder);
  }

  getPath(name: PathName): string {
    const chosen = this.paths.get(name);
    if (chosen !== undefined) return chosen;
    const appData = process.env['XDG_CONFIG_HOME'] ?? path.join(os.homedir(), '.config');
    switch (name) {
      case 'home':
        return os.homedir();
      case 'appData':
        return appData;
      case 'userData':
      case 'sessionData':
        return host.switches.get('user-data-dir') ?? path.join(appData, this.name);
      case 'logs':
        return path.join(this.getPath('userData'), 'logs');
      case 'temp':
        return os.tmpdir();
      case 'exe':
        return process.argv[0] ?? process.execPath;
      default:
        throw new Error(`The Electron stand-in has no app.getPath('${name}').`);
    }
  }

  requestSingleInstanceLock(additionalData: Record<string, unknown> = {}): boolean {
    if (this.instance !== null) return true;
    const folder = this.getPath('userData');
    mkdirSync(folder, { recursive: true });
    this.instance = claimInstance(
      folder,
      { argv: process.argv, cwd: process.cwd(), additionalData },
      (other) => {
        this.emit('second-instance', preventable({}), other.argv, other.cwd, other.additionalData);
      },
    );
    return this.instance !== null;
  }

  hasSingleInstanceLock(): boolean {
    return this.instance !== null;
  }

  releaseSingleInstanceLock(): void {
    this.instance?.release();
    this.instance = null;
  }

  setAppUserModelId(): void {
    throw new Error('Electron: setAppUserModelId works on Windows only.');
  }

  /** Electron has login items on macOS and Windows only: on Linux they are not to be asked for. */
  setLoginItemSettings(): void {
    throw new Error('Electron: setLoginItemSettings works on macOS and Windows only.');
  }

  getLoginItemSettings(): Electron.LoginItemSettings {
    throw new Error('Electron: getLoginItemSettings works on macOS and Windows only.');
  }

  focus(): void {
    this.emit('did-become-active');
  }

  /** Asks all (`before-quit`, each window's `close`, `will-quit`); any of them may say no. */
  quit(): void {
    if (host.quitting) return;
    const before = preventable({});
    this.emit('before-quit', before);
    if (before.defaultPrevented) return;
    host.quitting = true;
    for (const window of [...host.windows.values()]) {
      window.close();
      if (!window.isDestroyed()) {
        host.quitting = false;
        return;
      }
    }
    const will = preventable({});
    this.emit('will-quit', will);
    if (will.defaultPrevented) host.quitting = false;
    else
      setImmediate(() => {
        this.exit(0);
      });
  }

  exit(code = 0): void {
    host.quitting = true;
    this.emit('quit', preventable({}), code);
    process.exit(code);
  }
}

export type AppIsFaithful = Nothing<Foreign<StandInApp, Electron.App>>;

export const app = only('app', new StandInApp());
