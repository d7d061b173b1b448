/**
 * The stand-in for Electron's executable: same command line, same lines on stderr. It runs the app's
 * real main bundle in Node with the `electron` module replaced by electron.ts.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import inspector from 'node:inspector';
import { createRequire, registerHooks } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { unpackAsar } from './asar.ts';
import { connect } from './cdp.ts';
import { electronVersion, host } from './host.ts';
import { closeRegistration } from './schemes.ts';

interface CommandLine {
  readonly entry: string | null;
  readonly required: readonly string[];
  readonly inspectPort: number | null;
  readonly switches: ReadonlyMap<string, string>;
}

/** Reads Electron's own arguments; those after the app's path are the app's, but switches count too. */
function readCommandLine(args: readonly string[]): CommandLine {
  const required: string[] = [];
  const switches = new Map<string, string>();
  let entry: string | null = null;
  let inspectPort: number | null = null;
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    const match = /^--([^=]+)(?:=(.*))?$/s.exec(arg);
    if (entry === null && (arg === '-r' || arg === '--require')) {
      index += 1;
      required.push(args[index] ?? '');
    } else if (match?.[1] === 'inspect') inspectPort = Number(match[2] ?? 9229);
    else if (match?.[1] !== undefined) switches.set(match[1], match[2] ?? '');
    else if (!arg.startsWith('-')) entry ??= arg;
  }
  return { entry, required, inspectPort, switches };
}

interface PackageFile {
  readonly name?: string;
  readonly productName?: string;
  readonly version?: string;
  readonly main?: string;
}

/** The nearest package.json at or above a folder. */
function packageAbove(folder: string): { readonly folder: string; readonly file: PackageFile } {
  const file = path.join(folder, 'package.json');
  if (existsSync(file))
    return { folder, file: JSON.parse(readFileSync(file, 'utf8')) as PackageFile };
  const parent = path.dirname(folder);
  return parent === folder ? { folder, file: {} } : packageAbove(parent);
}

/** The script to run: of the archive beside the executable where there is one, else as asked for. */
function chooseEntry(asked: string | null): string {
  const archive = path.join(import.meta.dirname, 'resources', 'app.asar');
  const isPackaged = existsSync(archive);
  let folder = path.resolve(asked ?? '.');
  if (isPackaged) {
    folder = mkdtempSync(path.join(os.tmpdir(), 'electron-standin-app-'));
    process.once('exit', () => {
      rmSync(folder, { recursive: true, force: true });
    });
    unpackAsar(archive, folder);
  }
  const isFolder = statSync(folder).isDirectory();
  const found = packageAbove(isFolder ? folder : path.dirname(folder));
  host.config = {
    appPath: isFolder ? found.folder : path.dirname(folder),
    name: found.file.productName ?? found.file.name ?? 'Electron',
    version: found.file.version ?? electronVersion,
    isPackaged,
  };
  return isFolder ? path.join(found.folder, found.file.main ?? 'index.js') : folder;
}

/** Lets `import` and `require` of electron find the stand-in's module. */
function replaceElectron(): void {
  const url = pathToFileURL(path.join(import.meta.dirname, 'electron.ts')).href;
  registerHooks({
    resolve: (specifier, context, next) =>
      /^electron(\/main|\/common)?$/.test(specifier)
        ? { url, shortCircuit: true }
        : next(specifier, context),
  });
}

function actAsElectron(args: readonly string[]): void {
  process.argv = [path.join(import.meta.dirname, 'electron'), ...args];
  const versions = { ...process.versions, electron: electronVersion, chrome: '0.0.0.0' };
  Object.defineProperty(process, 'versions', { value: versions, enumerable: true });
  const resources = path.join(import.meta.dirname, 'resources');
  Object.assign(process, { type: 'browser', resourcesPath: resources });
  if (!host.config.isPackaged) Object.assign(process, { defaultApp: true });
}

/** Sober flags for a machine without a display, without a network, and often without a user. */
function chromiumArguments(profile: string): string[] {
  const fixed = ['--headless=new', '--no-startup-window', '--disable-gpu', '--disable-quic'];
  const switches = new Map(host.switches);
  for (const name of ['user-data-dir', 'hidden', 'data-dir', 'cli']) switches.delete(name);
  for (const name of ['no-first-run', 'disable-background-networking', 'disable-component-update'])
    switches.set(name, '');
  switches.set('disable-sync', '').set('user-data-dir', profile);
  if (!switches.has('remote-debugging-port')) switches.set('remote-debugging-port', '0');
  if (process.getuid?.() === 0) switches.set('no-sandbox', '');
  const given = [...switches].map(([name, value]) =>
    value === '' ? `--${name}` : `--${name}=${value}`,
  );
  return [...fixed, ...given];
}

function startChromium(): ChildProcess {
  const profile = mkdtempSync(path.join(os.tmpdir(), 'electron-standin-'));
  const chromium = spawn(
    process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    chromiumArguments(profile),
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
      // The session bus of a spec knows the tray and nothing else; Chromium would wait for its answers.
      env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'disabled:', TMPDIR: profile },
    },
  );
  process.once('exit', () => {
    try {
      if (chromium.pid !== undefined) process.kill(-chromium.pid, 'SIGKILL');
    } catch {
      // It was gone already.
    }
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  });
  return chromium;
}

/** Brings Chromium up and tells the app it is ready; prints the line Playwright waits for. */
async function becomeReady(): Promise<void> {
  const { app } = await import('./app.ts');
  closeRegistration();
  const chromium = startChromium();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      app.quit();
    });
  chromium.once('error', (error) => {
    console.error(`Electron stand-in: Chromium doesn't start: ${error.message}`);
    app.exit(1);
  });
  chromium.once('exit', () => {
    app.exit(1);
  });
  if (chromium.stderr === null) return;
  createInterface({ input: chromium.stderr }).on('line', (line) => {
    const url = /^DevTools listening on (ws:\/\/.*)$/.exec(line)?.[1];
    if (process.env['STANDIN_LOG'] !== undefined) console.error('chromium:', line);
    if (url === undefined) return;
    void connect(url).then((browser) => {
      host.browser = browser;
      if (host.switches.has('remote-debugging-port')) console.error(line);
      app.standInBecomeReady();
    });
  });
}

async function main(args: readonly string[]): Promise<void> {
  if (args.includes('--version')) {
    console.log(`v${electronVersion}`);
    return;
  }
  const { entry, required, inspectPort, switches } = readCommandLine(args);
  if (inspectPort !== null) inspector.open(inspectPort, '127.0.0.1', false);
  for (const [name, value] of switches) host.switches.set(name, value);
  const script = chooseEntry(entry);
  actAsElectron(args);
  replaceElectron();
  const { app } = await import('./app.ts');
  app.setName(host.config.name);
  const require = createRequire(import.meta.url);
  for (const module of required) require(path.resolve(module));
  await import(pathToFileURL(script).href);
  await becomeReady();
}

await main(process.argv.slice(2));
