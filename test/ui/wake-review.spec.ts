import { expect } from '@playwright/test';
import { aSchedule } from '../support/builders.ts';
import { test } from './fixtures.ts';

// Thursday evening in Berlin, ten past ten.
test.use({ world: { at: '2026-11-19T21:10:00Z', zone: 'Europe/Berlin' } });

const hourMs = 3_600_000;

test('after a night asleep one card says what was missed, what was done, and remembers', async ({
  page,
  client,
  clock,
}) => {
  test.slow();
  await client.call('saveHours', {
    profile: { id: 'evening', name: 'Evening', week: { thu: ['18:00-24:00'] } },
    create: true,
  });
  for (const given of [
    { id: 'birch', name: 'Birch' },
    { id: 'elm', name: 'Elm', hours: 'evening' },
    {
      id: 'fir',
      name: 'Fir',
      trigger: { kind: 'interval', every: '2h' } as const,
      missed: { grace: '10m' },
    },
  ])
    await client.call('saveSchedule', { schedule: aSchedule(given), create: true });
  await expect(page.getByRole('row', { name: /Birch/ })).toBeVisible();
  const card = page.getByRole('region', { name: /missed/ });
  await expect(card).toHaveCount(0);

  await clock.sleep(9 * hourMs + 21 * 60_000);
  await clock.advance(60_000);
  // 19 of Birch (22:30 to 07:30), 3 of Elm (22:30 to 23:30), 4 of Fir (00:00 to 06:00).
  await expect(card).toContainText('3 schedules missed 26 slots while the computer slept');
  const line = (name: string) => card.getByRole('listitem').filter({ hasText: name });
  await expect(line('Birch')).toContainText('19 slots');
  await expect(line('Birch')).toContainText('the newest ran');
  await expect(line('Elm')).toContainText('nothing ran: its hours had closed');
  await expect(line('Fir')).toContainText('nothing ran: it was too late by then');

  // It stays over a reload and other screens, until it is put away.
  await page.reload();
  await line('Fir').getByRole('button', { name: 'Run Fir now' }).click();
  await expect
    .poll(async () => (await client.call('listRuns', { id: 'fir' })).entries[0]?.cause)
    .toBe('manual');
  await line('Fir')
    .getByRole('button', { name: /Next time for Fir/ })
    .click();
  await page.getByRole('menuitem', { name: /Run none/ }).click();
  await expect(page.getByText('Fir: next time none runs.')).toBeVisible();
  expect((await client.call('getSchedule', { id: 'fir' })).document.missed).toEqual({
    policy: 'skip',
    grace: '10m',
  });

  await line('Elm').getByRole('link', { name: 'Elm' }).click();
  await expect(page.getByText(/its hours had closed at 24:00 and opened next on/)).toBeVisible();
  await page.goBack();
  await card.getByRole('button', { name: 'Dismiss' }).click();
  await expect(card).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('row', { name: /Birch/ })).toBeVisible();
  await expect(card).toHaveCount(0);
});

test('a missed slot tells how old it was and what its grace is, and leads to its field', async ({
  page,
  client,
  clock,
}) => {
  const schedule = aSchedule({
    id: 'birch',
    name: 'Birch',
    trigger: { kind: 'calendar', at: ['23:00'] },
    missed: { grace: '1h' },
  });
  await client.call('saveSchedule', { schedule, create: true });
  await clock.sleep(9 * hourMs);
  await clock.advance(60_000);
  await page.getByRole('link', { name: 'Runs' }).click();
  await page.getByRole('grid', { name: 'Runs' }).getByRole('row').nth(1).click();
  await expect(
    page.getByText(/It was 8 hours 10 minutes old when Jackdaw reached it.*Its grace is 1 hour\./),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Change its grace' }).click();
  await expect(page.getByRole('textbox', { name: 'Grace', exact: true })).toBeFocused();
});
