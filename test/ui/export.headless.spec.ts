import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { aSchedule } from '../support/builders.ts';
import { test } from './fixtures.ts';

test.use({ world: { at: '2026-11-21T08:10:00Z', zone: 'Europe/Berlin' } });

test('the rows of a schedule are saved as CSV, under the page’s own security policy', async ({
  page,
  client,
  clock,
}) => {
  await clock.answer({
    afterMs: 1_000,
    report: { records: [{ title: 'Nuts, "fresh"', url: 'http://127.0.0.1:9/1' }] },
  });
  await client.call('saveSchedule', {
    schedule: aSchedule({ id: 'birch', name: 'Birch' }),
    create: true,
  });
  await clock.advance(21 * 60_000);

  await page.getByRole('link', { name: 'Results' }).click();
  await page.getByRole('button', { name: 'Export' }).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /CSV/ }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^birch.*\.csv$/);
  const [head, first] = (await readFile(await download.path(), 'utf8')).split(/\r?\n/);
  expect(head?.replace('\uFEFF', '')).toBe('title,url,_key,_state,_firstSeenAt,_lastSeenAt,_run');
  expect(first).toContain('"Nuts, ""fresh""",http://127.0.0.1:9/1,');
});
