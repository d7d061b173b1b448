import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect } from '@playwright/test';
import { readHostFile } from '../../main/web/host-file.ts';
import { aSchedule } from '../support/builders.ts';
import { test } from './fixtures.ts';
import { startHeadless } from './host.ts';

const root = path.resolve(import.meta.dirname, '..', '..');

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs Jackdaw's Electron entry to its end, without Playwright in between. */
function runElectron(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Ended> {
  const executable = createRequire(import.meta.url)('electron') as unknown as string;
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(executable, [root, ...sandbox, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  return new Promise((resolve) => {
    child.once('close', (code) => {
      resolve({ code, out, err });
    });
  });
}

test('finding a headless host that leads, the desktop app says so and ends with 0', async ({
  dataFolder,
  environment,
  chromium,
}) => {
  const options = { dataFolder, environment, args: [], world: null };
  const headless = await startHeadless(options, chromium);
  const { code, err } = await runElectron([`--data-dir=${dataFolder}`, '--hidden'], environment);
  expect([code, err]).toEqual([0, expect.stringContaining('Another Jackdaw leads')]);
  expect(readHostFile(dataFolder)?.pid).toBe(headless.child.pid);
  await headless.stop();
});

test('--cli runs the jackdaw command in Electron: with no host, a schedule is imported and run', async ({
  dataFolder,
  environment,
  blog,
}) => {
  const { scrape } = aSchedule();
  const schedule = aSchedule({ scrape: { ...scrape, url: blog.url } });
  const file = path.join(path.dirname(dataFolder), 'schedules.json');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ jackdaw: 1, schedules: [schedule] }));
  const jackdaw = (...args: readonly string[]): Promise<Ended> =>
    runElectron(['--cli', ...args, '--data-dir', dataFolder], environment);

  expect(await jackdaw('import', file)).toMatchObject({ code: 0 });
  expect(await jackdaw('run', 'posts', '--wait')).toMatchObject({ code: 0 });
  const records = await jackdaw('records', 'posts', '--format', 'jsonl');
  expect(records.out.trim().split('\n')).toHaveLength(3);
  expect(await jackdaw('status', '--json')).toMatchObject({ code: 3 });
});
