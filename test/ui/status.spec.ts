import { expect } from '@playwright/test';
import { aSchedule } from '../support/builders.ts';
import { test } from './fixtures.ts';

test.use({ world: { at: '2026-11-20T08:00:00Z', zone: 'UTC' } });

test('the Status screen follows the scheduler: what runs, what failed, what comes next and why', async ({
  page,
  client,
  clock,
}) => {
  await client.call('saveSchedule', {
    schedule: aSchedule({ name: 'Morning paper' }),
    create: true,
  });
  await page.getByRole('link', { name: 'Status' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Status' })).toBeVisible();
  const figure = (name: string) =>
    page.getByRole('term').filter({ hasText: name }).locator('xpath=following-sibling::dd');
  await expect(figure('Scheduler')).toHaveText('Running');
  await expect(figure('Now')).toHaveText('0 runs going on, 0 waiting');
  const row = page.getByRole('row', { name: /Morning paper/ });
  await expect(row).toContainText('every 30 minutes');

  await clock.answer(null);
  const { run } = await client.call('startRun', { id: 'posts' });
  await expect(figure('Now')).toHaveText('1 run going on, 0 waiting');
  await expect(row).toContainText('Running');
  await client.call('cancelRun', { run: run ?? 0 });
  await expect(figure('Now')).toHaveText('0 runs going on, 0 waiting');
  await expect(row).toContainText('Cancelled');
  await expect(figure('Last 24 hours')).toHaveText('1 run, 0 failed');

  await row.getByRole('link', { name: 'Morning paper' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /Morning paper/ })).toBeVisible();
});
