import { spawn, execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test as base } from '@playwright/test';
import { parse } from 'yaml';
import { readHostFile } from '../../main/web/host-file.ts';
import { aFolder } from '../support/builders.ts';
import { isStandIn } from '../support/choose-electron.ts';
import { linkOf } from './host.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const standIn = path.join(root, 'test', 'support', 'electron-standin');

interface Packed {
  readonly folder: string;
  /** The folder with the executable. */
  readonly unpacked: string;
}

/** A folder that electron-builder takes for an unpacked Electron. */
async function electronDist(folder: string): Promise<string> {
  if (!isStandIn()) return path.join(root, 'node_modules', 'electron', 'dist');
  const dist = path.join(folder, 'electron');
  await cp(standIn, dist, { recursive: true });
  await mkdir(path.join(dist, 'locales'));
  await writeFile(path.join(dist, 'locales', 'en-US.pak'), '');
  await writeFile(path.join(dist, 'package.json'), '{ "type": "module" }');
  return dist;
}

/** Packs the built app for Linux, offline: with the project's own configuration but for its place. */
async function pack(folder: string): Promise<Packed> {
  const text = await readFile(path.join(root, 'electron-builder.yml'), 'utf8');
  const own = parse(text) as Readonly<Record<string, unknown>>;
  const config = {
    ...own,
    directories: { output: path.join(folder, 'dist'), buildResources: 'build' },
    electronDist: await electronDist(folder),
    // The stand-in is a script without fuses.
    ...(isStandIn() ? { electronFuses: null } : {}),
  };
  const file = path.join(folder, 'electron-builder.json');
  await writeFile(file, JSON.stringify(config));
  const builder = path.join(root, 'node_modules', 'electron-builder', 'cli.js');
  await promisify(execFile)(process.execPath, [builder, '--linux', 'dir', '--config', file], {
    cwd: root,
    env: { ...process.env, DEBUG: '' },
  }).catch((error: unknown) => {
    const { stdout = '' } = error as { readonly stdout?: string };
    throw new Error(`electron-builder failed: ${stdout.slice(-2000)}`);
  });
  const name = process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`;
  return { folder, unpacked: path.join(folder, 'dist', name) };
}

const test = base.extend<object, { readonly packed: Packed }>({
  packed: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures used from the pattern
    async ({}, provide) => {
      const folder = aFolder();
      await provide(await pack(folder.path));
      folder.remove();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

test.describe.configure({ mode: 'serial' });
test.skip(process.platform !== 'linux', 'packs for Linux, on Linux');

test('the package holds the built app and one database driver, nothing else', ({ packed }) => {
  const archive = path.join(packed.unpacked, 'resources', 'app.asar');
  const files = listPackage(archive, { isPack: false }).map((file) => file.replaceAll('\\', '/'));
  const driver = '/node_modules/better-sqlite3';
  const isExpected = (file: string): boolean =>
    /^\/(out(\/(main|preload|renderer)(\/.*)?)?|package\.json|NOTICE\.md|node_modules)$/.test(
      file,
    ) ||
    new RegExp(`^${driver}(/(LICENSE|package\\.json|lib(/.*)?|prebuilds))?$`).test(file) ||
    file === `${driver}/prebuilds/linux-${process.arch}.node`;
  expect(files.filter((file) => !isExpected(file))).toEqual([]);
  expect(files).toEqual(
    expect.arrayContaining([
      '/package.json',
      '/NOTICE.md',
      '/out/main/index.js',
      '/out/main/cli.js',
      '/out/main/scrape-child.js',
      '/out/main/calendar-worker.js',
      '/out/main/ledger-worker.js',
      '/out/preload/index.cjs',
      '/out/renderer/index.html',
      `${driver}/prebuilds/linux-${process.arch}.node`,
    ]),
  );
  const resources = path.join(packed.unpacked, 'resources', 'resources');
  expect(existsSync(path.join(resources, 'tray', 'idle.png'))).toBe(true);
  expect(
    files.filter((file) => /\.(ts|map)$|^\/test|virtual-clock|fake-runner/.test(file)),
  ).toEqual([]);
});

test('its fuses are set', async ({ packed }) => {
  test.skip(isStandIn(), 'the stand-in has no fuses');
  const wire = await getCurrentFuseWire(path.join(packed.unpacked, 'jackdaw'));
  expect(wire).toMatchObject({
    [FuseV1Options.RunAsNode]: FuseState.DISABLE,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: FuseState.DISABLE,
    [FuseV1Options.EnableNodeCliInspectArguments]: FuseState.DISABLE,
    [FuseV1Options.OnlyLoadAppFromAsar]: FuseState.ENABLE,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: FuseState.DISABLE,
  });
});

test('it starts, answers, and ends on SIGTERM', async ({ packed }) => {
  const dataFolder = path.join(packed.folder, 'data');
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(
    path.join(packed.unpacked, 'jackdaw'),
    [...sandbox, '--hidden', `--data-dir=${dataFolder}`],
    {
      stdio: 'ignore',
      env: {
        ...process.env,
        PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env['PATH'] ?? ''}`,
        XDG_CONFIG_HOME: path.join(packed.folder, 'config'),
      },
    },
  );
  const end = new Promise<number | null>((resolve) => child.once('exit', resolve));
  try {
    await expect.poll(() => readHostFile(dataFolder), { timeout: 20_000 }).not.toBeNull();
    const { origin, hash } = new URL(linkOf(dataFolder));
    const answer = await fetch(`${origin}/api/getSnapshot`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${hash.replace('#token=', '')}`,
      },
      body: '{}',
    });
    expect(await answer.json()).toMatchObject({
      ok: true,
      value: { host: { running: true, leader: { host: 'electron' }, askStartAtLogin: true } },
    });
    expect((await (await fetch(origin)).text()).includes('csp-nonce')).toBe(true);
  } finally {
    child.kill('SIGTERM');
  }
  expect(await end).toBe(0);
});
