import { expect } from '@playwright/test';
import { linkOf } from './host.ts';
import { test } from './fixtures.ts';

test('a setting changed in one window is in force in the other at once', async ({
  page,
  dataFolder,
}) => {
  const other = await page.context().newPage();
  await other.goto(linkOf(dataFolder));
  for (const one of [page, other]) await one.getByRole('link', { name: 'Settings' }).click();

  await page.getByRole('radio', { name: 'Dark' }).click();
  await expect(other.getByRole('radio', { name: 'Dark' })).toBeChecked();
  await expect(other.locator('html')).toHaveAttribute('data-theme', 'dark');

  const gap = page.getByRole('textbox', { name: /Gap between/ });
  await gap.fill('5s');
  await gap.press('Enter');
  await expect(other.getByRole('textbox', { name: /Gap between/ })).toHaveValue('5s');
});

test('the token leaves the address, and a reload finds the same screen again', async ({ page }) => {
  await page.getByRole('link', { name: 'Hours' }).click();
  expect(page.url()).toMatch(/\/#\/hours$/);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Hours', level: 1 })).toBeVisible();
});

test('a page without the token says what to do, and shows nothing', async ({ page, chromium }) => {
  const { origin } = new URL(page.url());
  const stranger = await (await chromium()).newPage();
  await stranger.goto(origin);
  await expect(stranger.getByRole('heading', { name: /link isn’t valid/ })).toBeVisible();
  await stranger.context().close();
});

test('a window whose host is gone says so, and keeps what it shows', async ({
  page,
  host,
  client,
}) => {
  await client.call('addSample', {});
  await expect(page.getByRole('row', { name: /every minute/ })).toBeVisible();
  host.child.kill('SIGTERM');
  await expect(page.getByText('The connection to Jackdaw is lost.')).toBeVisible();
  await expect(page.getByRole('row', { name: /every minute/ })).toBeVisible();
});
