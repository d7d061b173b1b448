import { expect } from '@playwright/test';
import { aSchedule } from '../support/builders.ts';
import { test } from './fixtures.ts';

test.use({ world: { at: '2026-11-21T22:50:00Z', zone: 'Europe/Berlin' } });

test('the chart above the runs counts the days as they are here, and grows as runs end', async ({
  page,
  client,
  clock,
}) => {
  const birch = aSchedule({ id: 'birch', name: 'Birch' });
  await clock.answer({ afterMs: 1_000, report: {} });
  await client.call('saveSchedule', { schedule: birch, create: true });
  await client.call('saveSchedule', {
    schedule: { ...birch, id: 'larch', name: 'Larch', enabled: false },
    create: true,
  });
  await page.getByRole('link', { name: 'Runs' }).click();
  await expect(page.getByText('Nothing has run yet')).toBeVisible();

  // Midnight in Berlin is 23:00 UTC: both runs are of the next day.
  await clock.advance(45 * 60_000);
  const drawing = page.getByRole('img', { name: 'The last 30 days: 2 done' });
  await expect(drawing).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Runs' }).getByRole('row')).toHaveCount(3);
  await clock.answer({ afterMs: 1_000, report: { outcome: 'failed', message: 'It broke.' } });
  await clock.advance(30 * 60_000);
  await expect(page.getByRole('img', { name: '30 days: 1 failed, 2 done' })).toBeVisible();

  await page.getByRole('button', { name: 'The figures, day by day' }).press('Enter');
  const figures = page.getByRole('table').getByRole('row');
  await expect(figures).toHaveCount(2);
  await expect(figures.nth(1)).toHaveText(/22.*1020$/);

  await page.getByRole('button', { name: 'Schedule', exact: false }).first().click();
  await page.getByRole('option', { name: 'Larch' }).click();
  await expect(page.getByText('Nothing of that kind')).toBeVisible();
  await expect(page.getByRole('img', { name: /30 days/ })).toBeHidden();
});
