import type * as Electron from 'electron';
import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { StandInContents } from './contents.ts';
import { host } from './host.ts';
import { only, preventable, type Foreign, type Nothing } from './typed.ts';

type Members =
  | 'close'
  | 'destroy'
  | 'focus'
  | 'getBounds'
  | 'getNormalBounds'
  | 'hide'
  | 'id'
  | 'isDestroyed'
  | 'isFocused'
  | 'isMaximized'
  | 'isMinimized'
  | 'isVisible'
  | 'loadURL'
  | 'maximize'
  | 'minimize'
  | 'restore'
  | 'setBounds'
  | 'show';

const all = new Map<number, StandInWindow>();

/** `BrowserWindow`: its states as Electron tells them; its contents are a page of headless Chromium. */
class StandInWindow extends EventEmitter implements Pick<Electron.BrowserWindow, Members> {
  readonly id: number;
  readonly webContents: StandInContents;
  private bounds: Electron.Rectangle;
  private visible: boolean;
  private minimized = false;
  private maximized = false;
  private destroyed = false;
  private loaded = false;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    this.bounds = { x, y, width, height };
    this.visible = options.show ?? true;
    this.webContents = new StandInContents(this, options.webPreferences ?? {});
    this.id = this.webContents.id;
    const self = only('BrowserWindow', this);
    all.set(this.id, self);
    host.windows.set(this.id, self);
    app.emit('web-contents-created', {}, this.webContents);
    app.emit('browser-window-created', {}, self);
    return self;
  }

  get standInSize(): { readonly width: number; readonly height: number } {
    return this.bounds;
  }

  standInLoaded(): void {
    if (this.loaded) return;
    this.loaded = true;
    this.emit('ready-to-show');
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  show(): void {
    if (!this.visible) {
      this.visible = true;
      this.emit('show');
    }
    this.emit('focus');
  }

  hide(): void {
    if (!this.visible) return;
    this.visible = false;
    this.emit('hide');
  }

  focus(): void {
    this.emit('focus');
  }

  minimize(): void {
    this.minimized = true;
    this.emit('minimize');
  }

  restore(): void {
    this.minimized = false;
    this.emit('restore');
  }

  maximize(): void {
    this.maximized = true;
    this.emit('maximize');
  }

  isVisible(): boolean {
    return this.visible;
  }

  isFocused(): boolean {
    return this.visible && !this.minimized;
  }

  isMinimized(): boolean {
    return this.minimized;
  }

  isMaximized(): boolean {
    return this.maximized;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  getBounds(): Electron.Rectangle {
    return { ...this.bounds };
  }

  getNormalBounds(): Electron.Rectangle {
    return { ...this.bounds };
  }

  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.bounds = { ...this.bounds, ...bounds };
    this.emit('resize');
  }

  close(): void {
    if (this.destroyed) return;
    const event = preventable({});
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    all.delete(this.id);
    host.windows.delete(this.id);
    this.webContents.standInDestroy();
    this.emit('closed');
    if (host.windows.size === 0 && !host.quitting && !app.emit('window-all-closed')) app.quit();
  }

  static getAllWindows(): StandInWindow[] {
    return [...all.values()];
  }

  static fromWebContents(contents: StandInContents | undefined): StandInWindow | null {
    return contents === undefined ? null : (all.get(contents.id) ?? null);
  }
}

export type WindowIsFaithful = Nothing<Foreign<StandInWindow, Electron.BrowserWindow>>;

export const BrowserWindow = only('BrowserWindow', StandInWindow);
