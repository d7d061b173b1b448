import { expect } from '@playwright/test';
import { closeWindow, ended, noticesOf, windowsOf } from './desktop.ts';
import { test } from './fixtures.ts';

test('closing hides to the tray, with a notice the first time only', async ({
  electronApp,
  page,
  client,
}) => {
  await expect(page.getByRole('heading', { name: 'Schedules' })).toBeVisible();
  await closeWindow(electronApp);
  expect(await windowsOf(electronApp)).toEqual([false]);
  expect((await client.call('getStatus', {})).running).toBe(true);
  const notice = [['Jackdaw goes on in the tray', expect.stringContaining('Quit')]];
  await expect.poll(() => noticesOf(electronApp)).toEqual(notice);
  await electronApp.evaluate(() => {
    jackdawSeen.notifications.at(-1)?.emit('click');
  });
  await expect.poll(() => windowsOf(electronApp)).toEqual([true]);
  await closeWindow(electronApp);
  expect(await windowsOf(electronApp)).toEqual([false]);
  expect(await noticesOf(electronApp)).toEqual(notice);
});

test('closing quits where the setting says so', async ({ electronApp, page, client }) => {
  await expect(page.getByRole('heading', { name: 'Schedules' })).toBeVisible();
  await client.call('changeSettings', { onClose: 'quit' });
  const end = ended(electronApp);
  await closeWindow(electronApp);
  expect(await end).toBe(0);
});

test.describe('on a desktop without a tray', () => {
  test.use({ hasTray: false });

  test('closing minimises instead of hiding, so that the window is not lost', async ({
    electronApp,
    page,
    client,
  }) => {
    const { host } = await client.call('getSnapshot', {});
    test.skip(host.abilities.tray, 'this desktop has a tray');
    await expect(page.getByRole('heading', { name: 'Schedules' })).toBeVisible();
    await closeWindow(electronApp);
    const minimised = await electronApp.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => window.isMinimized()),
    );
    expect([minimised, await windowsOf(electronApp)]).toEqual([[true], [true]]);
    await expect
      .poll(() => noticesOf(electronApp))
      .toEqual([['Jackdaw goes on, minimised', expect.stringContaining('no tray')]]);
  });
});

test.describe('started hidden on a desktop without a tray', () => {
  test.use({
    hasTray: false,
    electronArgs: ['--hidden'],
    world: { at: '2026-11-20T08:00:00Z', zone: 'UTC' },
  });

  test('a minimised window appears once no tray has come', async ({
    electronApp,
    client,
    clock,
  }) => {
    const { host } = await client.call('getSnapshot', {});
    test.skip(host.abilities.tray, 'this desktop has a tray');
    expect(await windowsOf(electronApp)).toEqual([]);
    await clock.advance(30_000);
    const minimised = (): Promise<readonly boolean[]> =>
      electronApp.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().map((window) => window.isMinimized()),
      );
    await expect.poll(minimised).toEqual([true]);
  });
});
