import { Readable } from 'node:stream';
import { RefusedError } from '../../../contract/result.ts';
import type { App } from '../../../main/app.ts';
import type { CliParts } from '../../../main/cli/command.ts';
import type { CliIo } from '../../../main/cli/io.ts';
import { runCli } from '../../../main/cli/run-cli.ts';
import { removeHostFile, writeHostFile, type HostFile } from '../../../main/web/host-file.ts';
import { serveWeb } from '../../../main/web/serve-web.ts';
import { aFolder } from '../../support/builders.ts';
import { openTestApp, type TestApp } from '../../support/test-app.ts';
import { virtualClock, type VirtualClock } from '../../support/virtual-clock.ts';

/** What a command said, and its exit code. */
export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** How a command of a test is run, where it isn't the usual. */
export interface CliOptions {
  readonly stdin?: string;
  readonly terminal?: boolean;
  /** Whether virtual time stands still while the command goes on. */
  readonly still?: boolean;
  /** Receives the function that interrupts the command (Ctrl-C). */
  readonly interruptible?: (interrupt: () => void) => void;
}

/** A data folder, with or without a host living on it, and the command line to it. */
export interface Bench {
  readonly folder: string;
  readonly clock: VirtualClock;
  /** Runs one command line, letting virtual time pass until it has ended. */
  cli(argv: readonly string[], options?: CliOptions): Promise<Said>;
  /** The same with `--json`: the value it printed. */
  json(argv: readonly string[]): Promise<unknown>;
  /** The app of the host that lives, or of the command going on. */
  app(): TestApp;
  stop(): Promise<void>;
}

/** The lines of a schedule file with one schedule. */
export function fileText(lines: readonly string[] = []): string {
  return [
    'jackdaw: 1',
    'schedules:',
    '  - id: posts',
    '    name: Posts',
    '    timezone: UTC',
    '    trigger: { kind: interval, every: 30m }',
    '    scrape: { kind: page, url: "http://127.0.0.1:9/", items: article, fields: { title: h2 }, key: title }',
    ...lines.map((line) => `    ${line}`),
    '',
  ].join('\n');
}

function testIo(options: CliOptions): {
  readonly io: CliIo;
  readonly said: { out: string; err: string };
} {
  const said = { out: '', err: '' };
  const io: CliIo = {
    stdin: Readable.from([options.stdin ?? '']),
    out: (text) => {
      said.out += text;
      return Promise.resolve();
    },
    err: (text) => {
      said.err += text;
    },
    terminal: options.terminal ?? false,
    onInterrupt: (ask) => {
      options.interruptible?.(ask);
      return () => undefined;
    },
    exit: () => {
      throw new Error('a command ended the process');
    },
  };
  return { io, said };
}

/**
 * Lets virtual time pass until a promise has settled: in steps so small that real answers over the
 * loopback, however late on a busy machine, take no slot's worth of it.
 */
export async function passing<T>(clock: VirtualClock, promise: Promise<T>): Promise<T> {
  const state = { open: true };
  const settled = promise.finally(() => (state.open = false));
  settled.catch(() => undefined);
  while (state.open) await clock.advance(20);
  return settled;
}

type Compose = CliParts['compose'];

function benchOn(
  folder: string,
  clock: VirtualClock,
  compose: Compose,
  app: () => TestApp,
  stop: () => Promise<void>,
): Bench {
  const cli: Bench['cli'] = async (argv, options = {}) => {
    const { io, said } = testIo(options);
    const parts: CliParts = {
      io,
      clock,
      environment: { JACKDAW_DATA: folder },
      version: '0.0.0-test',
      checkout: true,
      rendererFolder: folder,
      compose,
      showPage: () => false,
    };
    const ended = runCli(argv, parts);
    const code = await (options.still === true ? ended : passing(clock, ended));
    return { code, ...said };
  };
  return {
    folder,
    clock,
    cli,
    json: async (argv) => JSON.parse((await cli([...argv, '--json'])).out) as unknown,
    app,
    stop,
  };
}

/** A data folder on which no host lives: each command composes the app itself. */
export function benchWithoutHost(prepare: (app: TestApp) => void = () => undefined): Bench {
  const { path, remove } = aFolder();
  const clock = virtualClock('2026-11-20T08:00:00Z');
  let current: TestApp | null = null;
  const compose: Compose = async (host): Promise<App> => {
    current = await openTestApp({ virtual: clock, dataFolder: path, host });
    prepare(current);
    return current.app;
  };
  const app = (): TestApp => {
    if (current === null) throw new Error('no command has composed the app');
    return current;
  };
  return benchOn(path, clock, compose, app, () => {
    remove();
    return Promise.resolve();
  });
}

/** A data folder on which a headless host lives, its alarm on. */
export async function benchWithHost(
  prepare: (app: TestApp) => void = () => undefined,
): Promise<Bench> {
  const { path, remove } = aFolder();
  const clock = virtualClock('2026-11-20T08:00:00Z');
  const hosted = await openTestApp({ virtual: clock, dataFolder: path });
  prepare(hosted);
  const { calls, changes, leader } = hosted.app;
  const web = await serveWeb({ calls, changes, clock, rendererFolder: null });
  const file: HostFile = { ...leader, port: web.port, token: web.token };
  writeHostFile(path, file);
  hosted.app.start();
  const refuse: Compose = () =>
    Promise.reject(new RefusedError('internal', 'the host was not found'));
  return benchOn(
    path,
    clock,
    refuse,
    () => hosted,
    async () => {
      removeHostFile(path, file);
      await passing(clock, Promise.all([web.stop(), hosted.stop()]));
      remove();
    },
  );
}
