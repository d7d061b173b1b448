import { expect } from '@playwright/test';
import { aSchedule } from '../support/builders.ts';
import { test } from './fixtures.ts';

test('a schedule for a local page runs, and its rows are there', async ({ page, client, blog }) => {
  await expect(page.getByRole('heading', { name: 'Schedules' })).toBeVisible();
  const { scrape } = aSchedule();
  // A spec on real time must not meet a slot.
  const trigger = { kind: 'cron', expression: '@yearly' } as const;
  await client.call('saveSchedule', {
    schedule: aSchedule({ trigger, scrape: { ...scrape, url: blog.url } }),
    create: true,
  });
  // It came from outside this window, and shows without a reload.
  const row = page.getByRole('row').filter({ hasText: 'Posts' });
  await expect(row).toContainText('Not run yet');
  await row.getByRole('button', { name: 'Run Posts now' }).click();
  await expect(row).toContainText(/Success/i);

  await page.getByRole('link', { name: 'Results' }).click();
  for (const title of ['Nests', 'Nuts', 'Silver'])
    await expect(page.getByRole('row').filter({ hasText: title })).toBeVisible();

  await page.getByRole('link', { name: 'Runs' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'Posts' })).toHaveCount(1);
  const { entries } = await client.call('listRuns', { id: 'posts' });
  expect(entries).toMatchObject([
    { cause: 'manual', outcome: 'success', counts: { pages: 1, rows: 3, new: 3 } },
  ]);
});
