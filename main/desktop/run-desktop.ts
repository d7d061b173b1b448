import { accessSync, constants, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { app, dialog, Menu, shell } from 'electron';
import { RefusedError } from '../../contract/result.ts';
import type { Desktop } from '../calls/context.ts';
import type { Clock } from '../clock.ts';
import { appMenuTemplate } from './app-menu.ts';
import type { DesktopArguments } from './arguments.ts';
import { openDesktopMemory } from './desktop-state.ts';
import { createFace, type Face } from './face.ts';
import { createLoginItem, startedAtLogin } from './login-item.ts';
import { registerAppScheme, servePage } from './page.ts';
import { quitGently } from './quit.ts';
import { denyPermissions } from './safe-contents.ts';
import type { ServedApp } from './served-app.ts';
import { findTrayPlace, type TrayPlace } from './tray-place.ts';

/** What the desktop app is started with. */
export interface DesktopOptions {
  readonly args: DesktopArguments;
  readonly dataFolder: string;
  readonly clock: Clock;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder with the built window. */
  readonly rendererFolder: string;
  /** The bundled preload's file. */
  readonly preload: string;
  /** The folder with the tray's and the window's icons. */
  readonly resourcesFolder: string;
  /** Composes the app, and what serves it besides the window. Called once Electron is ready. */
  readonly open: (desktop: Desktop) => Promise<ServedApp>;
}

/** How long a tray may take to appear after a login before a hidden start shows a minimised window. */
const trayPatienceMs = 30_000;

/** Windows knows the app, its notifications and its shortcut by this; electron-builder.yml has it too. */
const appId = 'invalid.jackdaw.desktop';

/** The folder of Chromium's profile: in the data folder, or one for this start where that can't be written. */
function profileIn(dataFolder: string): string {
  const profile = path.join(dataFolder, 'window');
  try {
    mkdirSync(profile, { recursive: true });
    accessSync(profile, constants.W_OK);
    return profile;
  } catch {
    return mkdtempSync(path.join(tmpdir(), 'jackdaw-window-'));
  }
}

/** What must happen before `ready`. False where another instance has the data folder. */
function prepare({ dataFolder, args }: DesktopOptions): boolean {
  app.setName('Jackdaw');
  if (process.platform === 'win32') app.setAppUserModelId(appId);
  // Chromium's profile, and with it the lock of the single instance, belong to the data folder.
  app.setPath('userData', profileIn(dataFolder));
  registerAppScheme();
  return app.requestSingleInstanceLock({ hidden: args.hidden });
}

function wasHidden(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'hidden' in data && data.hidden === true;
}

function desktopOf({ args }: DesktopOptions, place: TrayPlace): Desktop {
  return {
    loginItem: createLoginItem(args.dataDir),
    openFolder: async (folder) => {
      const fault = await shell.openPath(folder);
      if (fault !== '') throw new RefusedError('internal', `${folder} can't be shown: ${fault}.`);
    },
    get tray() {
      return place.isThere();
    },
    installed: app.isPackaged,
  };
}

/** Says in plain words why Jackdaw doesn't start, and ends. Another that leads is no fault. */
function giveUp(error: unknown, hidden: boolean): void {
  const message = error instanceof Error ? error.message : String(error);
  const isOthers = error instanceof RefusedError && error.code === 'not-leader';
  const text = isOthers ? `${message} Its link: jackdaw serve prints it.` : message;
  process.stderr.write(`${text}\n`);
  if (!hidden)
    dialog.showErrorBox(isOthers ? 'Jackdaw runs already' : 'Jackdaw does not start', text);
  app.exit(isOthers ? 0 : 1);
}

/** `npm start` waits for this file to know that Electron works here. */
function tellReady(file: string | undefined): void {
  if (file !== undefined) writeFileSync(file, '');
}

async function openFace(options: DesktopOptions, onFace: (face: Face) => void): Promise<void> {
  const { clock, environment, dataFolder, rendererFolder, resourcesFolder } = options;
  denyPermissions();
  servePage(rendererFolder);
  Menu.setApplicationMenu(Menu.buildFromTemplate(appMenuTemplate(process.platform)));
  let face: Face | null = null;
  const place = await findTrayPlace(clock, environment, () => face?.addTray());
  const opened = await options.open(desktopOf(options, place));
  const isQuitting = quitGently(clock, async () => {
    place.stop();
    face?.stop();
    await opened.stop();
  });
  face = await createFace({
    app: opened,
    clock,
    memory: openDesktopMemory(dataFolder),
    resourcesFolder,
    preload: options.preload,
    hasTray: () => place.isThere(),
    isQuitting,
  });
  if (place.isThere()) face.addTray();
  opened.start();
  onFace(face);
  clock.after(trayPatienceMs, () => {
    // Started hidden on a desktop without a tray, Jackdaw would be nowhere to be found.
    if (!place.isThere() && !isQuitting()) face.showMinimised();
  });
}

/**
 * Runs Jackdaw as a desktop app until it quits. A second one on the same data folder shows the first
 * one's window and ends with 0; one that finds a headless host leading says so and ends with 0.
 */
export async function runDesktop(options: DesktopOptions): Promise<void> {
  if (!prepare(options)) {
    app.exit(0);
    return;
  }
  let face: Face | null = null;
  let isWanted = false;
  const show = (): void => {
    isWanted = true;
    face?.show();
  };
  app.on('second-instance', (_event, _argv, _folder, data) => {
    if (!wasHidden(data)) show();
  });
  app.on('activate', show);
  app.on('window-all-closed', () => {
    app.quit();
  });
  await app.whenReady();
  tellReady(options.environment['JACKDAW_READY_FILE']);
  if (!startedAtLogin(options.args.hidden)) isWanted = true;
  else app.dock?.hide();
  try {
    await openFace(options, (opened) => {
      face = opened;
      if (isWanted) opened.show();
    });
  } catch (error) {
    giveUp(error, options.args.hidden);
  }
}
