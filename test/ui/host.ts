import { fork, spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { _electron, type Browser, type ElectronApplication, type Page } from '@playwright/test';
import type { ControlMessage, VirtualWorld } from '../support/test-control.ts';
import { programPath } from '../support/programs.ts';
import { readHostFile } from '../../main/web/host-file.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const viewport = { width: 1120, height: 760 };

/** A running Jackdaw, whichever host it has. */
export interface RunningHost {
  readonly child: ChildProcess;
  /** Null in the headless host. */
  readonly electron: ElectronApplication | null;
  /** Its window; in the headless host, a page of Chromium on its link. */
  window(): Promise<Page>;
  /** Moves the virtual clock, or says how fake runs end. Only in a virtual world. */
  control(message: ControlMessage): Promise<void>;
  /** Ends it as its user would, and waits until it is gone. */
  stop(): Promise<void>;
}

/** How a Jackdaw is started for a spec. */
export interface HostOptions {
  readonly dataFolder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** More arguments for Electron. */
  readonly args: readonly string[];
  /** Null: the built app with its real clock and real runs. */
  readonly world: VirtualWorld | null;
}

function environmentOf({ environment, world }: HostOptions): Record<string, string> {
  const own = Object.entries(process.env).filter(
    (pair): pair is [string, string] => pair[1] !== undefined && !pair[0].startsWith('JACKDAW_'),
  );
  const virtual = {
    JACKDAW_TEST_WORLD: JSON.stringify(world),
    JACKDAW_TEST_ROOT: root,
    TZ: world?.zone ?? '',
  };
  return { ...Object.fromEntries(own), ...environment, ...(world === null ? {} : virtual) };
}

/** The link of the host that lives on this data folder. */
export function linkOf(dataFolder: string): string {
  const host = readHostFile(dataFolder);
  if (host === null) throw new Error(`No host lives on ${dataFolder}.`);
  return `http://127.0.0.1:${String(host.port)}/#token=${host.token}`;
}

function gone(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });
}

/** Resolves once a child says that it is up; a child that ends before fails the spec with its words. */
function up(child: ChildProcess, isUp: (ready: () => void) => void): Promise<void> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => {
      reject(new Error(`The headless host ended with ${String(code)}: ${said}`));
    });
    isUp(resolve);
  });
}

interface HeadlessChild {
  readonly child: ChildProcess;
  /** The link it printed; null where it prints none. */
  readonly link: string | null;
}

async function startHeadlessChild(options: HostOptions): Promise<HeadlessChild> {
  const env = environmentOf(options);
  if (options.world === null) {
    const entry = path.join(root, 'out', 'main', 'headless.js');
    const child = spawn(
      process.execPath,
      [entry, '--data-dir', options.dataFolder, '--no-browser'],
      {
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let link: string | null = null;
    await up(child, (ready) => {
      createInterface({ input: child.stdout }).once('line', (line) => {
        link = /http:\S+/.exec(line)?.[0] ?? null;
        ready();
      });
    });
    return { child, link };
  }
  const child = fork(programPath('test-host'), [options.dataFolder], {
    env,
    execArgv: [],
    stdio: 'pipe',
  });
  await up(child, (ready) => child.once('message', ready));
  return { child, link: null };
}

/** Starts the headless host. `browser` gives the Chromium that shows its page. */
export async function startHeadless(
  options: HostOptions,
  browser: () => Promise<Browser>,
): Promise<RunningHost> {
  const { child, link } = await startHeadlessChild(options);
  let page: Page | null = null;
  return {
    child,
    electron: null,
    window: async () => {
      if (page !== null) return page;
      const zone = options.world === null ? {} : { timezoneId: options.world.zone };
      const context = await (await browser()).newContext({ viewport, ...zone });
      page = await context.newPage();
      // A host on a read-only folder can leave no file to be found by.
      await page.goto(link ?? linkOf(options.dataFolder));
      return page;
    },
    control: async (message) => {
      const done = new Promise((resolve) => child.once('message', resolve));
      child.send(message);
      await done;
    },
    stop: async () => {
      await page?.context().close();
      child.kill('SIGTERM');
      await gone(child);
    },
  };
}

declare global {
  var jackdawControl: (message: ControlMessage) => Promise<void>;
}

/** The arguments that start Jackdaw in Electron, without those of Playwright. */
export function electronArguments({ dataFolder, args, world }: HostOptions): string[] {
  const app = world === null ? root : programPath('test-electron');
  const recorder = path.join(root, 'test', 'support', 'recorder.cjs');
  return ['-r', recorder, app, `--data-dir=${dataFolder}`, ...args];
}

/** Starts the desktop app in the Electron of this run. */
export async function startElectron(options: HostOptions): Promise<RunningHost> {
  const electron = await _electron.launch({
    args: electronArguments(options),
    cwd: root,
    env: environmentOf(options),
  });
  const child = electron.process();
  return {
    child,
    electron,
    window: async () => {
      const page = await electron.firstWindow();
      // A window is there before its page.
      await page.waitForURL(/jackdaw/);
      return page;
    },
    control: (message) => electron.evaluate((_electron, sent) => jackdawControl(sent), message),
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) await electron.close();
      await gone(child);
    },
  };
}

/** The user's Chromium, or the one Playwright has. */
export function chromiumPath(): string | undefined {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') return named;
  return ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((file) => existsSync(file));
}
