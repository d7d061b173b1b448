import type * as Electron from 'electron';
import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import type { StandInMenu } from './menu.ts';
import { only, preventable, type Foreign, type Nothing } from './typed.ts';

/** `nativeImage`: remembers where an image came from; nothing is drawn here. */
class StandInImage implements Pick<Electron.NativeImage, 'isEmpty' | 'setTemplateImage'> {
  readonly standInSource: string;
  private isTemplate = false;

  constructor(source: string) {
    this.standInSource = source;
  }

  isEmpty(): boolean {
    return this.standInSource === '';
  }

  setTemplateImage(option: boolean): void {
    this.isTemplate = option;
  }

  isTemplateImage(): boolean {
    return this.isTemplate;
  }
}

export type ImageIsFaithful = Nothing<Foreign<StandInImage, Electron.NativeImage>>;

/** Like Electron's: a file that isn't there gives an empty image and no error. */
export const nativeImage = only('nativeImage', {
  createEmpty: () => only('NativeImage', new StandInImage('')),
  createFromPath: (file: string) =>
    only('NativeImage', new StandInImage(existsSync(file) ? file : '')),
} satisfies {
  [Name in 'createEmpty' | 'createFromPath']: (typeof Electron.nativeImage)[Name] extends (
    ...args: infer Args
  ) => unknown
    ? (...args: Args) => StandInImage
    : never;
});

function sourceOf(image: unknown): string {
  const source = typeof image === 'string' ? image : (image as StandInImage).standInSource;
  if (source === '') throw new Error('Failed to load the tray image: it is empty.');
  return source;
}

/** `Tray`: keeps its picture, tool tip and menu, for specs to read and click. */
class StandInTray
  extends EventEmitter
  implements Pick<Electron.Tray, 'setToolTip' | 'getTitle' | 'setTitle' | 'isDestroyed' | 'destroy'>
{
  standInImage: string;
  standInToolTip = '';
  standInMenu: StandInMenu | null = null;
  private title = '';
  private destroyed = false;

  constructor(image: unknown, guid?: string) {
    super();
    if (guid !== undefined && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(guid))
      throw new Error('Invalid GUID format');
    this.standInImage = sourceOf(image);
    return only('Tray', this);
  }

  setImage(image: unknown): void {
    this.standInImage = sourceOf(image);
  }

  setToolTip(text: string): void {
    this.standInToolTip = text;
  }

  setTitle(title: string): void {
    this.title = title;
  }

  getTitle(): string {
    return this.title;
  }

  setContextMenu(menu: StandInMenu | null): void {
    this.standInMenu = menu;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  destroy(): void {
    this.destroyed = true;
  }
}

export type TrayIsFaithful = Nothing<Foreign<StandInTray, Electron.Tray>>;

export const Tray = only('Tray', StandInTray);

/** `Notification`: shown means `show` was emitted; a spec clicks it with `emit('click')`. */
class StandInNotification
  extends EventEmitter
  implements Pick<Electron.Notification, 'title' | 'body' | 'silent' | 'show' | 'close'>
{
  title: string;
  body: string;
  silent: boolean;

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super();
    this.title = options.title ?? '';
    this.body = options.body ?? '';
    this.silent = options.silent ?? false;
    return only('Notification', this);
  }

  show(): void {
    this.emit('show', preventable({}));
  }

  close(): void {
    this.emit('close', preventable({}));
  }

  static isSupported(): boolean {
    return true;
  }
}

export type NotificationIsFaithful = Nothing<Foreign<StandInNotification, Electron.Notification>>;

export const Notification = only('Notification', StandInNotification);
