import { expect } from '@playwright/test';
import { aSchedule } from '../support/builders.ts';
import { test } from './fixtures.ts';

test.use({ world: { at: '2026-11-21T08:10:00Z', zone: 'Europe/Berlin' } });

const birch = aSchedule({ id: 'birch', name: 'Birch' });
const records = [
  { title: 'First', url: 'http://127.0.0.1:9/1' },
  { title: 'Second', url: 'http://127.0.0.1:9/2' },
];

test('a run started by hand shows as it goes, in the list, in the history and with its log', async ({
  page,
  client,
  clock,
}) => {
  await clock.answer(null);
  await client.call('saveSchedule', { schedule: birch, create: true });
  await page.getByRole('button', { name: 'Run Birch now' }).click();
  await expect(page.getByRole('row', { name: /Birch/ })).toContainText('Running now');
  await expect(page.getByText('Birch is running')).toBeVisible();

  await page.getByRole('link', { name: 'Runs' }).click();
  const row = page.getByRole('grid', { name: 'Runs' }).getByRole('row').nth(1);
  await expect(row).toContainText('Running');
  await row.click();
  await page.getByRole('button', { name: 'Cancel run' }).click();
  await expect(page.getByText('Cancelled', { exact: true })).toBeVisible();
  await expect(page.getByText('By hand', { exact: true })).toBeVisible();
});

test('rows come live, and a filter shows only the outcomes asked for', async ({
  page,
  client,
  clock,
}) => {
  await clock.answer({ afterMs: 1_000, report: { records, pages: 1 } });
  await client.call('saveSchedule', { schedule: birch, create: true });
  await page.getByRole('link', { name: 'Runs' }).click();
  await expect(page.getByText('Nothing has run yet')).toBeVisible();

  await clock.advance(21 * 60_000);
  const rows = page.getByRole('grid', { name: 'Runs' }).getByRole('row');
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText('2 new');

  await clock.answer({
    afterMs: 1_000,
    report: { outcome: 'failed', reason: 'http-500', message: 'The site answered 500.' },
  });
  await clock.advance(30 * 60_000);
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(1)).toContainText('The site answered 500.');

  await clock.answer({ afterMs: 1_000, report: { outcome: 'partial', pages: 1 } });
  await clock.advance(30 * 60_000);
  await expect(rows).toHaveCount(4);

  const outcomes = page.getByRole('button', { name: /Outcomes/ });
  await outcomes.click();
  await page.getByRole('option', { name: 'Success' }).click();
  await page.keyboard.press('Escape');
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText('2 new');

  // Two at once, by the keyboard alone.
  await outcomes.press('Enter');
  await page.getByRole('option', { name: 'Success' }).press('Space');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await page.getByRole('option', { name: 'Failed' }).press('Enter');
  await page.keyboard.press('Escape');
  await expect(outcomes).toHaveText('Partial, Failed');
  await expect(rows).toHaveCount(3);
  await page.reload();
  await expect(rows).toHaveCount(3);
});

test('a schedule deleted by mistake comes back with its history', async ({
  page,
  client,
  clock,
}) => {
  await client.call('saveSchedule', { schedule: birch, create: true });
  await clock.advance(21 * 60_000);
  const row = page.getByRole('row', { name: /Birch/ });
  await expect(row).toContainText('Success');

  await page.getByRole('button', { name: 'More for Birch' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing is scheduled yet' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row).toContainText('Success');
});

test('pausing all says so on every screen, and resuming ends it', async ({ page, client }) => {
  await client.call('saveSchedule', { schedule: birch, create: true });
  await page.getByRole('button', { name: 'Pause all' }).click();
  await page.getByRole('menuitem', { name: 'Until I resume it' }).click();
  await expect(page.getByRole('status', { name: 'State of Jackdaw' })).toContainText(
    'All schedules are paused',
  );
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Resume all' }).click();
  await expect(page.getByText('All schedules are paused until')).toBeHidden();
});
