import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import {
  expect,
  test as base,
  type Browser,
  type ElectronApplication,
  type Page,
} from '@playwright/test';
import type { CallInput, CallOutput } from '../../contract/calls.ts';
import type { CallName } from '../../contract/names.ts';
import type { Result } from '../../contract/result.ts';
import { blogSite, type BlogSite } from '../support/blog-site.ts';
import { readHostFile } from '../../main/web/host-file.ts';
import { auditFolder } from '../support/audit-folder.ts';
import { aFolder } from '../support/builders.ts';
import { isStandIn } from '../support/choose-electron.ts';
import { fakeSessionBus } from '../support/fake-session-bus.ts';
import type { ControlMessage, FakeAnswer, VirtualWorld } from '../support/test-control.ts';
import { chromiumPath, linkOf, startElectron, startHeadless, type RunningHost } from './host.ts';

/** Makes calls to the running host as the command line does; a refusal fails the spec. */
export interface SpecClient {
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>>;
}

/** Virtual time and fake runs, in specs that `test.use({ world: … })`. */
export interface SpecClock {
  advance(byMs: number): Promise<void>;
  /** The computer sleeps: time goes on, and no timer rings. */
  sleep(byMs: number): Promise<void>;
  /** The computer moves to another zone; the next alarm notices. */
  moveTo(zone: string): Promise<void>;
  answer(answer: FakeAnswer): Promise<void>;
}

interface Options {
  /** When and where a virtual host begins; null (the default) is the built app on real time. */
  readonly world: VirtualWorld | null;
  /** More arguments for Electron. */
  readonly electronArgs: readonly string[];
  /** Whether the desktop has a tray (on the stand-in; the real Electron takes what is there). */
  readonly hasTray: boolean;
  /** Why the ledger isn't audited at the end: what the spec breaks in it by hand. Null: it is. */
  readonly unaudited: string | null;
}

interface Fixtures {
  readonly dataFolder: string;
  /** The folder of the desktop's own settings: `XDG_CONFIG_HOME`. */
  readonly configFolder: string;
  readonly environment: Record<string, string>;
  /** A small blog on the loopback, to scrape. */
  readonly blog: BlogSite;
  readonly host: RunningHost;
  readonly client: SpecClient;
  readonly clock: SpecClock;
  /** The desktop app; only in specs named `*.electron.spec.ts`. */
  readonly electronApp: ElectronApplication;
  readonly page: Page;
}

interface WorkerFixtures {
  readonly chromium: () => Promise<Browser>;
}

const quiet = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Makes a call as the command line does. */
async function callHost<Name extends CallName>(
  host: RunningHost,
  dataFolder: string,
  name: Name,
  input: CallInput<Name>,
): Promise<CallOutput<Name>> {
  if (host.child.exitCode !== null) throw new Error('The host has ended.');
  const { origin, hash } = new URL(linkOf(dataFolder));
  const answer = await fetch(`${origin}/api/${name}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${hash.replace('#token=', '')}`,
    },
    body: JSON.stringify(input),
  });
  const result = (await answer.json()) as Result<CallOutput<Name>>;
  if (!result.ok) throw new Error(`${name}: ${result.message}`);
  return result.value;
}

/** Has the doctor audit the ledger of a host that lives; that of one that has ended is read as it was left. */
async function auditHost(host: RunningHost, dataFolder: string): Promise<void> {
  const { exitCode, signalCode } = host.child;
  if (exitCode !== null || signalCode !== null || readHostFile(dataFolder) === null) {
    auditFolder(dataFolder, 'killed');
    return;
  }
  const { checks } = await callHost(host, dataFolder, 'runDoctor', { ledger: true });
  const ledger = checks.filter(({ check }) => check === 'ledger');
  expect(ledger, 'the ledger adds up').toEqual([expect.objectContaining({ ok: true })]);
}

/**
 * What every spec gets: a Jackdaw of its own in a temporary folder, its window as `page`, and a client
 * beside it. The project says in which host; the spec doesn't know.
 */
export const test = base.extend<Fixtures & Options, WorkerFixtures>({
  world: [null, { option: true }],
  electronArgs: [[], { option: true }],
  hasTray: [true, { option: true }],
  unaudited: [null, { option: true }],

  chromium: [
    async ({ playwright }, provide) => {
      let opened: Promise<Browser> | null = null;
      const executablePath = chromiumPath();
      await provide(
        () =>
          (opened ??= playwright.chromium.launch({
            ...(executablePath === undefined ? {} : { executablePath }),
            args: process.getuid?.() === 0 ? [...quiet, '--no-sandbox'] : quiet,
          })),
      );
      await (await (opened as Promise<Browser> | null))?.close();
    },
    { scope: 'worker' },
  ],

  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures used from the pattern
  dataFolder: async ({}, provide) => {
    const folder = aFolder();
    await provide(path.join(folder.path, 'data'));
    folder.remove();
  },

  configFolder: async ({ dataFolder }, provide) => {
    const folder = path.join(path.dirname(dataFolder), 'config');
    await mkdir(folder, { recursive: true });
    await provide(folder);
  },

  // oxlint-disable-next-line no-empty-pattern -- as above
  blog: async ({}, provide) => {
    const site = await blogSite();
    await provide(site);
    await site.stop();
  },

  environment: async ({ configFolder, hasTray }, provide) => {
    const environment = { XDG_CONFIG_HOME: configFolder };
    if (!isStandIn()) {
      await provide(environment);
      return;
    }
    const bus = await fakeSessionBus(...(hasTray ? ['org.kde.StatusNotifierWatcher'] : []));
    await provide({ ...environment, DBUS_SESSION_BUS_ADDRESS: bus.address });
    await bus.stop();
  },

  host: async (
    { dataFolder, environment, electronArgs, world, chromium, unaudited },
    provide,
    info,
  ) => {
    const options = { dataFolder, environment, args: electronArgs, world };
    const host =
      info.project.name === 'electron'
        ? await startElectron(options)
        : await startHeadless(options, chromium);
    await provide(host);
    try {
      if (unaudited === null) await auditHost(host, dataFolder);
    } finally {
      await host.stop();
    }
  },

  client: async ({ host, dataFolder }, provide) => {
    await expect.poll(() => readHostFile(dataFolder), 'the host answers').not.toBeNull();
    await provide({ call: (name, input) => callHost(host, dataFolder, name, input) });
  },

  clock: async ({ host, world }, provide) => {
    if (world === null) throw new Error('Virtual time needs test.use({ world: { at, zone } }).');
    const control = (message: ControlMessage): Promise<void> => host.control(message);
    await provide({
      advance: (byMs) => control({ act: 'advance', byMs }),
      sleep: (byMs) => control({ act: 'sleep', byMs }),
      moveTo: (zone) => control({ act: 'moveTo', zone }),
      answer: (answer) => control({ act: 'answer', answer }),
    });
  },

  electronApp: async ({ host }, provide) => {
    if (host.electron === null) throw new Error('Name the spec *.electron.spec.ts.');
    await provide(host.electron);
  },

  page: async ({ host }, provide) => {
    await provide(await host.window());
  },
});
