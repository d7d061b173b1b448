import { expect, type Page } from '@playwright/test';
import { test } from './fixtures.ts';

const textbox = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const nextRuns = (page: Page) => page.getByRole('list', { name: 'Next runs' });

test('a schedule is made with the page beside it, saved, and runs', async ({
  page,
  client,
  blog,
}) => {
  await page.getByRole('button', { name: 'New schedule' }).first().click();
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
  // Before anything is typed, the usual rhythm already shows its runs.
  await expect(nextRuns(page).getByRole('listitem')).toHaveCount(10);

  await textbox(page, 'Name').fill('Little blog');
  await expect(textbox(page, 'Id')).toHaveValue('little-blog');
  await textbox(page, 'Address').fill(blog.url);
  await textbox(page, 'Items').fill('article');
  await textbox(page, 'Name of field 1').fill('title');
  await textbox(page, 'Selector of title').fill('h2');
  await expect(page.getByRole('cell', { name: 'Silver' })).toBeVisible();
  await expect(page.getByText('3 rows', { exact: true })).toBeVisible();

  // A selector that doesn't parse is marked at its field, and mended there.
  await textbox(page, 'Selector of title').fill('h2 >>');
  await expect(textbox(page, 'Selector of title')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
  await textbox(page, 'Selector of title').fill('h2');

  await page.getByRole('button', { name: 'Add field' }).click();
  await page.keyboard.type('link');
  await textbox(page, 'Selector of link').fill('a');
  await page.getByRole('button', { name: 'More settings of link' }).click();
  await textbox(page, 'Attribute').fill('href');
  await expect(page.getByRole('cell', { name: `${blog.url}nuts` })).toBeVisible();

  await page.keyboard.press('Control+s');
  const row = page.getByRole('row').filter({ hasText: 'Little blog' });
  await expect(row).toContainText('Not run yet');
  await row.getByRole('button', { name: 'Run Little blog now' }).click();
  await expect(row).toContainText(/Success/i);
  const records = await client.call('listRecords', { id: 'little-blog' });
  expect(records.map(({ title, link }) => [title, link])).toEqual(
    ['Nests', 'Nuts', 'Silver'].map((title) => [title, `${blog.url}${title.toLowerCase()}`]),
  );
});

test('a page that can’t be read is said in words, and nothing is lost', async ({ page, blog }) => {
  await page.getByRole('button', { name: 'New schedule' }).first().click();
  await textbox(page, 'Address').fill(`${blog.url}gone`);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('404');
  await page.keyboard.press('Escape');
  const question = page.getByRole('dialog', { name: 'Leave without saving?' });
  await question.getByRole('button', { name: 'Keep editing' }).click();
  await expect(textbox(page, 'Address')).toHaveValue(`${blog.url}gone`);
});
