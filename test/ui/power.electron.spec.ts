import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { aSchedule } from '../support/builders.ts';
import { test } from './fixtures.ts';

test.use({ world: { at: '2026-11-20T08:00:00Z', zone: 'UTC' }, electronArgs: ['--hidden'] });

test('waking up, the computer runs what it slept through, once', async ({
  electronApp,
  client,
  clock,
}) => {
  await client.call('saveSchedule', { schedule: aSchedule(), create: true });
  // Half past eight, nine and half past nine go by.
  await electronApp.evaluate(({ powerMonitor }) => powerMonitor.emit('suspend'));
  await clock.sleep(100 * 60_000);
  expect((await client.call('listRuns', {})).entries).toEqual([]);
  await electronApp.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'));
  await clock.advance(1_500);
  const { entries } = await client.call('listRuns', {});
  expect(entries).toMatchObject([
    {
      cause: 'catch-up',
      outcome: 'success',
      coalesced: 3,
      firstSlotAt: '2026-11-20T08:30:00Z',
      slotAt: '2026-11-20T09:30:00Z',
    },
  ]);
});

test('a sleep and a waking stand in the log', async ({ electronApp, client, dataFolder }) => {
  await client.call('getStatus', {});
  for (const event of ['suspend', 'resume'])
    await electronApp.evaluate(({ powerMonitor }, name) => powerMonitor.emit(name), event);
  const log = path.join(dataFolder, 'logs', 'jackdaw.log');
  await expect.poll(() => readFileSync(log, 'utf8')).toMatch(/computer sleeps[\s\S]+computer woke/);
});

test('the computer is kept awake while a run goes on, and no longer', async ({
  electronApp,
  client,
  clock,
}) => {
  const isKeptAwake = (): Promise<boolean> =>
    electronApp.evaluate(({ powerSaveBlocker }) =>
      [0, 1, 2, 3, 4].some((id) => powerSaveBlocker.isStarted(id)),
    );
  await client.call('saveSchedule', { schedule: aSchedule(), create: true });
  expect(await isKeptAwake()).toBe(false);
  await clock.answer(null);
  const { run } = await client.call('startRun', { id: 'posts' });
  await expect.poll(isKeptAwake).toBe(true);
  await client.call('cancelRun', { run: run ?? 0 });
  await expect.poll(isKeptAwake).toBe(false);
});

test('the window follows the theme in the settings', async ({ electronApp, client }) => {
  const source = (): Promise<string> =>
    electronApp.evaluate(({ nativeTheme }) => nativeTheme.themeSource);
  await client.call('changeSettings', { theme: 'dark' });
  await expect.poll(source).toBe('dark');
  await client.call('changeSettings', { theme: 'system' });
  await expect.poll(source).toBe('system');
});
