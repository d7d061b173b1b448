import { expect, type Page } from '@playwright/test';
import { aSchedule } from '../support/builders.ts';
import { test } from './fixtures.ts';

// Friday, ten past nine in Berlin.
test.use({ world: { at: '2026-11-20T08:10:00Z', zone: 'Europe/Berlin' } });

const minuteMs = 60_000;
const failed = {
  outcome: 'failed',
  reason: 'http-500',
  message: 'The site answered 500.',
} as const;

/** Opens the story of the newest row of the history. */
async function openNewest(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Runs' }).click();
  await page.getByRole('grid', { name: 'Runs' }).getByRole('row').nth(1).click();
}

test('a run that was tried again has one story: its attempts, waits, plan and what followed', async ({
  page,
  client,
  clock,
}) => {
  test.slow();
  const birch = aSchedule({ id: 'birch', name: 'Birch' });
  await client.call('saveSchedule', { schedule: birch, create: true });
  const { trigger, ...rest } = aSchedule({ id: 'elm', name: 'Elm' });
  expect(trigger).toBeDefined();
  await client.call('saveSchedule', {
    schedule: { ...rest, after: { schedule: 'birch', on: 'success' } },
    create: true,
  });
  await clock.answer({ afterMs: 1_000, report: { ...failed, retryable: true } });
  await clock.advance(20 * minuteMs + 5_000);
  await openNewest(page);
  await expect(page.getByRole('heading', { name: 'Birch' })).toBeVisible();
  await expect(page.getByText(/It will be tried again at 09:30:3\d\./)).toBeVisible();
  const attempts = page.getByRole('region', { name: 'Attempts' });
  await expect(attempts.getByRole('listitem')).toHaveCount(2);

  // The page follows by itself what comes of it.
  await clock.answer({ afterMs: 2_000, report: {} });
  await clock.advance(minuteMs);
  await expect(attempts.getByRole('listitem').nth(1)).toContainText(/after a wait of 3\d s/);
  await expect(page.getByRole('region', { name: 'What followed' })).toContainText(
    'Elm came after it. It ended: success.',
  );
  await attempts.getByRole('link', { name: 'Attempt 2' }).click();
  await expect(page.getByText('Run 2', { exact: true })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Why then?' })).toContainText(
    'every 30 minutes → 09:30',
  );

  // What it was judged by is told as it was, whatever is edited since.
  await client.call('saveSchedule', {
    schedule: { ...birch, trigger: { kind: 'interval', every: '2h' } },
  });
  const why = page.getByRole('region', { name: 'Why then?' });
  await expect(why).toContainText('were changed since');
  await expect(why).toContainText('every 30 minutes → 09:30');
  await page.getByRole('link', { name: 'Show run 3' }).click();
  await expect(page.getByText('A run of Birch had ended right then.')).toBeVisible();
});

test('a slot that met the run before says which and until when, and leads to the field to change', async ({
  page,
  client,
  clock,
}) => {
  test.slow();
  await clock.answer({ afterMs: 40 * minuteMs, report: {} });
  const schedule = aSchedule({ id: 'birch', name: 'Birch', timeout: '2h' });
  await client.call('saveSchedule', { schedule, create: true });
  await clock.advance(65 * minuteMs);
  // The strip's newest bar leads to it too.
  await page.locator('[data-row="s2"] rect').first().click();
  await expect(page.getByText('Slot 2', { exact: true })).toBeVisible();
  await expect(
    page.getByText('The run before it was still going on: it ran from 09:30 to 10:10.'),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Let one wait instead' }).click();
  await expect(
    page.getByRole('button', { name: /While the last one still goes on/ }),
  ).toBeFocused();
  await page.goBack();
  await page.getByRole('link', { name: 'Show run 1' }).click();
  await expect(page.getByText('Run 1', { exact: true })).toBeVisible();

  await page.goBack();
  await page.getByRole('button', { name: 'Run now' }).click();
  await expect(page.getByText('Run 2', { exact: true })).toBeVisible();
  await expect(page.getByText(/Started by hand\. Hours, pause/)).toBeVisible();
});

test('a schedule that paused itself says why, leads to the failure, and is resumed', async ({
  page,
  client,
  clock,
}) => {
  await clock.answer({ afterMs: 1_000, report: failed });
  const schedule = aSchedule({ id: 'birch', name: 'Birch', pauseAfterFailures: 2 });
  await client.call('saveSchedule', { schedule, create: true });
  await clock.advance(110 * minuteMs);
  const row = page.getByRole('row', { name: /Birch/ });
  await expect(row).toContainText('Paused after 2 failures');
  await row.getByRole('button', { name: /why\?/ }).click();
  const why = page.getByRole('dialog', { name: 'Why not?' });
  await expect(why).toContainText('Paused after 2 failures in a row: The site answered 500.');
  await why.getByRole('link', { name: 'Show the last failure' }).click();
  await expect(page.getByText('The schedule paused itself: it was failure number 2')).toBeVisible();

  await openNewest(page);
  await expect(
    page.getByText(/It paused itself at 10:00:01, after 2 failures in a row/),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Resume the schedule' }).click();
  await expect(page.getByText('It was paused then, alone or with all the others.')).toBeVisible();
  await page.getByRole('link', { name: 'Schedules' }).click();
  await expect(row).not.toContainText('Paused');
});

test('a schedule is snoozed from its row, says until when and by whom, and is resumed', async ({
  page,
  client,
  clock,
}) => {
  await client.call('saveSchedule', {
    schedule: aSchedule({ id: 'birch', name: 'Birch' }),
    create: true,
  });
  // The window counts from its own clock, which is real; the host's is not.
  await client.call('pause', { id: 'birch', until: '2026-11-20T11:00:00Z' });
  const row = page.getByRole('row', { name: /Birch/ });
  await expect(row).toContainText('Snoozed');
  await expect(row).toContainText('by you');
  await clock.advance(55 * minuteMs);
  await openNewest(page);
  await expect(page.getByText('You paused it at 09:10 until 12:00.')).toBeVisible();
  await expect(page.getByText('This row stands for 2 slots, from 09:30 to 10:00.')).toBeVisible();
  await page.getByRole('link', { name: 'Schedules' }).click();
  await page.getByRole('button', { name: 'Resume Birch' }).click();
  await expect(row).not.toContainText('Snoozed');

  await page.getByRole('button', { name: 'More for Birch' }).click();
  await page.getByRole('menuitem', { name: 'Pause for' }).click();
  await page.getByRole('menuitem', { name: 'Until a date…' }).click();
  const dialog = page.getByRole('dialog', { name: /Pause “Birch” until/ });
  await dialog.getByLabel('Date').fill('2099-12-24');
  await dialog.getByRole('textbox', { name: /time/i }).fill('18:00');
  await dialog.getByRole('button', { name: 'Pause until then' }).click();
  await expect(row).toContainText('Snoozed');
  const { pause } = await client.call('getSchedule', { id: 'birch' });
  expect(pause?.until).toBe('2099-12-24T17:00:00Z');
});
