import { expect } from '@playwright/test';
import { test } from './fixtures.ts';

test('a newcomer adds the sample with one click, sees a run, its rows, and why the other waits', async ({
  page,
  client,
}) => {
  await expect(page.getByRole('heading', { name: 'Nothing is scheduled yet' })).toBeVisible();
  await page.getByRole('button', { name: 'Try the sample' }).click();

  const everyMinute = page.getByRole('row', { name: /every minute/ });
  const closedNow = page.getByRole('row', { name: /closed now/ });
  await expect(everyMinute).toContainText('Not run yet');
  await closedNow.getByRole('button', { name: /why\?/ }).click();
  await expect(page.getByRole('dialog', { name: 'Why then?' })).toContainText(/opens|opening/);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: /^Run .*closed now now$/ }).click();
  await expect(page.getByRole('dialog', { name: /outside its hours/ })).toBeVisible();
  await page.getByRole('button', { name: 'Not now' }).click();

  await page.getByRole('button', { name: /^Run .*every minute now$/ }).click();
  await expect(everyMinute).toContainText('Success', { timeout: 20_000 });

  await page.getByRole('link', { name: 'Results' }).click();
  const rows = page.getByRole('grid', { name: /every minute/ }).getByRole('row');
  // Where a minute has just passed, a second run has found the same things again.
  await expect(rows.nth(1)).toContainText(/New|Same/);
  const { entries } = await client.call('listRuns', { outcome: 'success' });
  const counts = entries.at(-1)?.counts;
  expect(counts?.rows).toBeGreaterThan(0);
  expect(counts?.new).toBe(counts?.rows);
});
