/* global Response */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  app,
  BrowserWindow,
  ipcMain,
  Menu,
  nativeImage,
  protocol,
  Tray,
  utilityProcess,
} from 'electron';

const here = import.meta.dirname;
const scheme = { scheme: 'fixture', privileges: { standard: true, secure: true } };
protocol.registerSchemesAsPrivileged([scheme]);
/** What happened, for the spec to read. */
globalThis.seen = [];

function askChild() {
  return new Promise((resolve) => {
    const child = utilityProcess.fork(path.join(here, 'child.mjs'));
    child.on('message', (message) => {
      child.on('exit', () => resolve(message));
      child.kill();
    });
    child.postMessage({ ask: 20 });
  });
}

function openWindow() {
  protocol.handle('fixture', async ({ url }) => {
    const { pathname } = new URL(url);
    const type = pathname.endsWith('.js') ? 'text/javascript' : 'text/html';
    return new Response(await readFile(path.join(here, pathname)), {
      headers: {
        'content-type': type,
        'content-security-policy': "default-src 'none'; script-src 'self'",
      },
    });
  });
  ipcMain.handle('echo', (_event, value) => value);
  ipcMain.handle('fail', () => {
    throw new RangeError('no');
  });
  ipcMain.handle('child', askChild);
  const window = new BrowserWindow({ webPreferences: { preload: path.join(here, 'preload.cjs') } });
  window.webContents.setWindowOpenHandler(({ url }) => {
    globalThis.seen.push(['open', url]);
    return { action: 'deny' };
  });
  window.webContents.on('will-navigate', (event) => {
    globalThis.seen.push(['navigate', event.url]);
    if (!event.url.startsWith('fixture:')) event.preventDefault();
  });
  const item = {
    id: 'tick',
    label: 'Tick',
    click: () => window.webContents.send('tick', new Map([['a', new Date(1)]])),
  };
  globalThis.tray = new Tray(nativeImage.createFromPath(path.join(here, 'tray.png')));
  globalThis.trayMenu = Menu.buildFromTemplate([item]);
  globalThis.tray.setContextMenu(globalThis.trayMenu);
  void window.loadURL('fixture://bundle/index.html');
}

if (!app.requestSingleInstanceLock({ from: 'second' })) app.exit(0);
else {
  app.on('second-instance', (_event, argv, _cwd, data) =>
    globalThis.seen.push(['second', argv.includes('--hello'), data.from]),
  );
  void app.whenReady().then(openWindow);
}
