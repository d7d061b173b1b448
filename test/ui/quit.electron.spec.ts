import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import type { HistoryEntry } from '../../contract/ledger.ts';
import { aSchedule } from '../support/builders.ts';
import { chooseInTray, ended, trayOf } from './desktop.ts';
import { test } from './fixtures.ts';

const yearly = { kind: 'cron', expression: '@yearly' } as const;
const run = promisify(execFile);
const cli = path.resolve(import.meta.dirname, '..', '..', 'out', 'main', 'cli.js');

test('quitting in the middle of a run cancels it, and ends within 10 s', async ({
  electronApp,
  client,
  blog,
  dataFolder,
}) => {
  const { scrape } = aSchedule();
  await client.call('saveSchedule', {
    // Not the default: a spec on real time must not meet a slot.
    schedule: aSchedule({ trigger: yearly, scrape: { ...scrape, url: `${blog.url}slow` } }),
    create: true,
  });
  await client.call('startRun', { id: 'posts' });
  await blog.slowAsked;
  await expect.poll(() => trayOf(electronApp)).toMatchObject({ image: 'running.png' });

  const begunAt = performance.now();
  const end = ended(electronApp);
  await chooseInTray(electronApp, 'quit');
  expect(await end).toBe(0);
  expect(performance.now() - begunAt).toBeLessThan(10_000);

  const listed = await run(process.execPath, [cli, 'runs', '--json', '--data-dir', dataFolder]);
  const { entries } = JSON.parse(listed.stdout) as { readonly entries: readonly HistoryEntry[] };
  expect(entries).toMatchObject([{ schedule: 'posts', state: 'ended', outcome: 'cancelled' }]);
});
