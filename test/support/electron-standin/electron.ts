/**
 * The `electron` module of the main process, as far as Jackdaw uses it, in plain Node with headless
 * Chromium for its windows. Each part is typed against electron.d.ts; what is missing throws.
 *
 * It shows what Jackdaw asks of Electron and how it answers Electron's events. It doesn't show how a
 * system draws trays and notifications, focus, the system's sandbox, fuses, or asar.
 */
import { app } from './app.ts';
import { webContents } from './contents.ts';
import { ipcMain } from './ipc.ts';
import { Menu, MenuItem } from './menu.ts';
import { net, protocol } from './schemes.ts';
import {
  dialog,
  nativeTheme,
  powerMonitor,
  powerSaveBlocker,
  screen,
  session,
  shell,
} from './system.ts';
import { nativeImage, Notification, Tray } from './tray.ts';
import { utilityProcess } from './utility.ts';
import { BrowserWindow } from './window.ts';

export {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
  webContents,
};
