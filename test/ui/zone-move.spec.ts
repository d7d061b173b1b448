import { expect } from '@playwright/test';
import type { Trigger } from '../../contract/trigger.ts';
import { aSchedule } from '../support/builders.ts';
import { test } from './fixtures.ts';

// Monday noon in Berlin, six in the morning in New York.
test.use({ world: { at: '2026-11-23T11:00:00Z', zone: 'Europe/Berlin' } });

const daily: Trigger = { kind: 'calendar', at: ['20:15'] };

test('who travels is told at once what the clocks do, and can keep the times of home', async ({
  page,
  client,
  clock,
}) => {
  for (const [id, name, timezone] of [
    ['local', 'Morning paper', undefined],
    ['tokyo', 'Tokyo prices', 'Asia/Tokyo'],
  ] as const) {
    const schedule = aSchedule({ id, name, trigger: daily, ...(timezone && { timezone }) });
    await client.call('saveSchedule', { schedule, create: true });
  }
  const nextRuns = async (): Promise<readonly (string | undefined)[]> =>
    (await client.call('listSchedules', {})).map(({ nextRun }) => nextRun?.at);
  expect(await nextRuns()).toEqual(['2026-11-23T19:15:00Z', '2026-11-23T11:15:00Z']);
  const notice = page.getByRole('complementary', { name: 'This computer moved' });
  await expect(page.getByRole('row', { name: /Morning paper/ })).toBeVisible();
  await expect(notice).toHaveCount(0);

  await clock.moveTo('America/New_York');
  await clock.advance(31_000);
  await expect(notice).toContainText(
    'This computer moved from Europe/Berlin to America/New_York. 1 schedule follows it; 1 keeps its own zone.',
  );
  // A quarter past eight in the evening is six hours later there; in Tokyo it is when it was.
  expect(await nextRuns()).toEqual(['2026-11-24T01:15:00Z', '2026-11-23T11:15:00Z']);

  await page.getByRole('link', { name: 'Runs' }).click();
  await expect(notice).toBeVisible();
  await page.reload();
  await expect(notice).toBeVisible();
  await notice.getByRole('button', { name: 'Keep Europe/Berlin' }).click();
  await expect(page.getByText('Schedules without a zone of their own stay in')).toBeVisible();
  await expect(notice).toHaveCount(0);
  expect(await nextRuns()).toEqual(['2026-11-23T19:15:00Z', '2026-11-23T11:15:00Z']);

  // From here on a journey changes no schedule: nothing to decide, only to know.
  await clock.moveTo('Asia/Tokyo');
  await clock.advance(31_000);
  await expect(notice).toContainText('No schedule follows it; 2 keep their own zone.');
  await notice.getByRole('button', { name: 'Dismiss' }).click();
  await expect(notice).toHaveCount(0);
  expect(await nextRuns()).toEqual(['2026-11-23T19:15:00Z', '2026-11-23T11:15:00Z']);
});
