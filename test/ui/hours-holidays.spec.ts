import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { aFolder, aSchedule } from '../support/builders.ts';
import { dropFile } from '../support/drop-file.ts';
import { test } from './fixtures.ts';

// The evening before Thanksgiving Day, 18:10 in New York.
test.use({ world: { at: '2026-11-25T23:10:00Z', zone: 'America/New_York' } });

const bridgeDay = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//Jackdaw//test//EN',
  'X-WR-CALNAME:Team calendar',
  'BEGIN:VEVENT',
  'UID:bridge@example.org',
  'DTSTAMP:20261101T000000Z',
  'DTSTART;VALUE=DATE:20261127',
  'DTEND;VALUE=DATE:20261128',
  'SUMMARY:Bridge day',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n');

test('office hours keep New York’s holidays and a calendar dropped in, and runs skip both', async ({
  page,
  client,
}) => {
  test.slow();
  const folder = aFolder();
  const calendar = path.join(folder.path, 'team.ics');
  const photo = path.join(folder.path, 'photo.ics');
  writeFileSync(calendar, bridgeDay);
  writeFileSync(photo, 'PNG');
  await client.call('saveSchedule', {
    schedule: aSchedule({ id: 'birch', name: 'Birch' }),
    create: true,
  });

  await page.getByRole('link', { name: 'Hours' }).click();
  await page.getByRole('button', { name: 'New hours' }).first().click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Office hours');
  const country = page.getByRole('combobox', { name: 'Country of the public holidays' });
  await country.fill('united states');
  // By the keyboard, here and below: the list moves while places and holidays arrive.
  await expect(page.getByRole('option', { name: 'United States of America' })).toBeVisible();
  await country.press('ArrowDown');
  await country.press('Enter');
  const region = page.getByRole('combobox', { name: 'Region of the public holidays' });
  await expect(region).toHaveValue('Whole country');
  await region.fill('new y');
  await expect(page.getByRole('option', { name: 'New York', exact: true })).toBeVisible();
  await region.press('ArrowDown');
  await region.press('Enter');
  await expect(region).toHaveValue('New York');
  await expect(
    page.getByRole('list', { name: 'Coming public holidays' }).getByRole('listitem').first(),
  ).toHaveText('Thu, 26 Nov 2026Thanksgiving Day');

  await dropFile(page.getByText('Drop a calendar file (.ics) here.'), calendar);
  const times = page.getByRole('list', { name: 'Coming closed times' });
  await expect(times.getByRole('listitem')).toHaveText(['Fri, 27 Nov 2026Bridge day']);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Replace with a file' }).click();
  await (await chooser).setFiles(photo);
  await expect(page.getByText(/^photo\.ics is no calendar/)).toBeVisible();
  await expect(times.getByRole('listitem')).toHaveText(['Fri, 27 Nov 2026Bridge day']);

  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('option', { name: /Office hours/ })).toContainText(
    'Mon–Fri 09:00–17:00; not on holidays of US-NY, nor at the times of a calendar',
  );
  await page.getByRole('button', { name: /Default hours/ }).click();
  const choices = page.getByRole('dialog', { name: 'Default hours' });
  await choices.getByRole('option', { name: 'Office hours' }).click();

  await page.getByRole('link', { name: 'Schedules' }).click();
  const row = page.getByRole('row').filter({ hasText: 'Birch' });
  await expect(row).toContainText('Office hours (default)');
  await row.getByRole('button', { name: /why\?/ }).click();
  const why = page.getByRole('dialog', { name: 'Why then?' });
  await expect(why).toContainText('Thanksgiving Day');
  await expect(why).toContainText('Bridge day');
  await expect(why).toContainText('except holidays of US-NY and a calendar');
  const [{ next } = { next: [] }] = await client.call('nextSlots', { id: 'birch', count: 1 });
  expect(next.map(({ local }) => local)).toEqual(['2026-11-30T09:00:00-05:00']);
  folder.remove();
});
