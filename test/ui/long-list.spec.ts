import { expect, type Page } from '@playwright/test';
import { aSchedule } from '../support/builders.ts';
import { test } from './fixtures.ts';

test.use({ world: { at: '2026-11-20T08:00:00Z', zone: 'UTC' } });

const count = 300;
const named = (index: number) => `Tree ${String(index).padStart(3, '0')}`;
const schedules = Array.from({ length: count }, (_, index) =>
  aSchedule({ id: `tree-${String(index)}`, name: named(index) }),
);

const list = (page: Page) => page.getByRole('grid', { name: 'Schedules' });
const row = (page: Page, index: number) => list(page).getByRole('row', { name: named(index) });

/** Where the list is scrolled to. */
const scrolledTo = (page: Page) => list(page).evaluate((grid) => grid.scrollTop);

test.beforeEach(async ({ page, client }) => {
  await client.call('importFile', { text: JSON.stringify({ jackdaw: 1, schedules }) });
  await expect(list(page)).toHaveAttribute('aria-rowcount', String(count + 1));
});

test('a list of hundreds draws what is in sight, and the keys walk all of it', async ({ page }) => {
  expect(await list(page).getByRole('row').count()).toBeLessThan(40);
  await page.getByRole('searchbox').press('Tab');
  await page.keyboard.press('Tab');
  await expect(row(page, 0)).toBeFocused();
  await page.keyboard.press('End');
  await expect(row(page, count - 1)).toBeFocused();
  await expect(row(page, count - 1)).toHaveAttribute('aria-rowindex', String(count + 1));
  await expect(row(page, count - 1)).toBeInViewport({ ratio: 1 });
  // The head of the list stays above it.
  await expect(page.getByRole('columnheader', { name: 'Next run' })).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole('columnheader', { name: 'Actions' })).toBeVisible();
  await page.keyboard.press('PageUp');
  await page.keyboard.press('ArrowUp');
  const focused = list(page).locator('[role=row]:focus');
  await expect(focused).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(row(page, 1).getByRole('link', { name: named(1) })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(list(page).locator(':focus')).toHaveCount(0);
});

test('what happens elsewhere takes neither the focus nor the place in a long list', async ({
  page,
  client,
}) => {
  const rename = async (index: number, name: string): Promise<void> => {
    const { document } = await client.call('getSchedule', { id: `tree-${String(index)}` });
    await client.call('saveSchedule', { schedule: { ...document, name } });
  };
  await list(page).evaluate((grid) => {
    grid.scrollTop = 150 * 60;
  });
  const why = row(page, 153).getByRole('button', { name: /why\?/ });
  await why.click();
  await page.keyboard.press('Escape');
  await expect(why).toBeFocused();
  const before = await scrolledTo(page);
  // One that is in sight moves far below, and one far below into sight.
  await rename(154, 'Zelkova');
  await expect(row(page, 154)).toHaveCount(0);
  await rename(290, `${named(151)} and a half`);
  await expect(list(page).getByRole('row', { name: 'Tree 151 and a half' })).toBeVisible();
  await expect(why).toBeFocused();
  expect(await scrolledTo(page)).toBe(before);
  // Out of sight it is still where the keys go on.
  await list(page).evaluate((grid) => {
    grid.scrollTop = 0;
  });
  await expect(row(page, 0)).toBeVisible();
  await expect(why).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(list(page).locator(':focus')).toBeInViewport({ ratio: 1 });
});

test('a row that comes into sight shows nothing of the one whose place it takes', async ({
  page,
}) => {
  await row(page, 1).getByRole('button', { name: /why\?/ }).click();
  await expect(page.getByRole('dialog', { name: /Why/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await list(page).hover();
  await page.mouse.wheel(0, 100 * 60);
  await expect(row(page, 100)).toBeVisible();
  const shown = await list(page).getByRole('rowheader').count();
  await expect(list(page).getByRole('switch')).toHaveCount(shown);
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('the columns keep to the room there is', async ({ page }) => {
  const widths = () =>
    page
      .getByRole('columnheader')
      .evaluateAll((heads) => heads.slice(1).map((head) => head.getBoundingClientRect().width));
  await page.setViewportSize({ width: 1400, height: 800 });
  await expect.poll(widths).toEqual([206, 214, 166, 52, 140]);
  await page.setViewportSize({ width: 1100, height: 800 });
  await expect.poll(widths).toEqual([164, 172, 96, 52, 140]);
  await page.setViewportSize({ width: 900, height: 600 });
  await expect.poll(widths).toEqual([148, 158, 66, 52, 140]);
  const spare = await list(page).evaluate((grid) => grid.scrollWidth - grid.clientWidth);
  expect(spare).toBe(0);
});
