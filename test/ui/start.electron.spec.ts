import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { expect } from '@playwright/test';
import { trayOf, windowsOf } from './desktop.ts';
import { test } from './fixtures.ts';
import { electronArguments } from './host.ts';

test('starts with its window, its page from app://jackdaw, and its icon in the tray', async ({
  electronApp,
  page,
}) => {
  await expect(page.getByRole('heading', { name: 'Schedules' })).toBeVisible();
  const [url] = await electronApp.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.webContents.getURL()),
  );
  expect(url).toMatch(/^app:\/\/jackdaw\//);
  expect(await windowsOf(electronApp)).toEqual([true]);
  expect(await trayOf(electronApp)).toMatchObject({
    toolTip: 'Jackdaw\nNothing is scheduled',
    labels: [
      'Open Jackdaw',
      '—',
      'Nothing is scheduled',
      '—',
      'Run now',
      'Pause for',
      '—',
      'Quit Jackdaw',
    ],
  });
});

test.describe('with --hidden, as at login', () => {
  test.use({ electronArgs: ['--hidden'] });

  test('starts without a window and runs schedules all the same', async ({
    electronApp,
    client,
  }) => {
    await expect.poll(() => trayOf(electronApp)).not.toBeNull();
    expect(await windowsOf(electronApp)).toEqual([]);
    expect(await client.call('getStatus', {})).toMatchObject({
      running: true,
      leader: { host: 'electron' },
    });
  });
});

/** Starts a second Jackdaw on the same data folder, to its end. */
function startSecond(
  dataFolder: string,
  environment: Readonly<Record<string, string>>,
  args: readonly string[],
): Promise<number | null> {
  const executable = createRequire(import.meta.url)('electron') as unknown as string;
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const own = electronArguments({ dataFolder, environment, args, world: null });
  const child = spawn(executable, [...sandbox, ...own], {
    env: { ...process.env, ...environment },
    stdio: 'ignore',
  });
  return new Promise((resolve) => child.once('exit', resolve));
}

test.describe('a second instance', () => {
  test.use({ electronArgs: ['--hidden'] });

  test('shows the window of the first one and ends with 0', async ({
    electronApp,
    dataFolder,
    environment,
  }) => {
    await expect.poll(() => trayOf(electronApp)).not.toBeNull();
    expect(await startSecond(dataFolder, environment, ['--hidden'])).toBe(0);
    expect(await windowsOf(electronApp)).toEqual([]);
    expect(await startSecond(dataFolder, environment, [])).toBe(0);
    await expect.poll(() => windowsOf(electronApp)).toEqual([true]);
  });
});
