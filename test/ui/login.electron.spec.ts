import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { test } from './fixtures.ts';

test.skip(process.platform !== 'linux', 'autostart files are for Linux desktops');

test('starting at login is switched on and off in the settings', async ({
  page,
  client,
  configFolder,
  dataFolder,
}) => {
  const file = path.join(configFolder, 'autostart', 'jackdaw.desktop');
  await page.getByRole('link', { name: 'Settings' }).click();
  const box = page.getByRole('switch', { name: /start.* log/i });
  await expect(box).not.toBeChecked();
  expect(existsSync(file)).toBe(false);
  await box.click({ force: true });
  await expect.poll(() => existsSync(file)).toBe(true);
  const command = /^Exec=(.*)$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
  expect(command).toContain('"--hidden"');
  expect(command).toContain(`"--data-dir=${dataFolder}"`);
  expect((await client.call('getSnapshot', {})).settings.values.startAtLogin).toBe(true);
  await box.click({ force: true });
  await expect.poll(() => existsSync(file)).toBe(false);
  expect((await client.call('getSnapshot', {})).settings.values.startAtLogin).toBe(false);
});
