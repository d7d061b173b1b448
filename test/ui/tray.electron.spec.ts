import { expect } from '@playwright/test';
import { aSchedule } from '../support/builders.ts';
import { chooseInTray, closeWindow, ended, noticesOf, trayOf, windowsOf } from './desktop.ts';
import { test } from './fixtures.ts';

test.use({ world: { at: '2026-11-20T08:00:00Z', zone: 'UTC' } });

test.beforeEach(async ({ client, page }) => {
  await expect(page.getByRole('heading', { name: 'Schedules' })).toBeVisible();
  await client.call('saveSchedule', { schedule: aSchedule(), create: true });
});

test('tells the next run, and follows an edit', async ({ electronApp, client }) => {
  await expect
    .poll(async () => (await trayOf(electronApp))?.labels)
    .toContainEqual(expect.stringMatching(/^Next: Posts, 0?8:30/));
  const hourly = aSchedule({ trigger: { kind: 'interval', every: '2h' } });
  await client.call('saveSchedule', { schedule: hourly });
  await expect
    .poll(async () => (await trayOf(electronApp))?.labels)
    .toContainEqual(expect.stringMatching(/^Next: Posts, 10:00/));
});

test('runs a schedule now, and shows that it runs', async ({
  electronApp,
  client,
  clock,
  page,
}) => {
  await clock.answer(null);
  await chooseInTray(electronApp, 'run:posts');
  await clock.advance(100);
  await expect
    .poll(() => trayOf(electronApp))
    .toMatchObject({ image: 'running.png', labels: expect.arrayContaining(['Running: Posts']) });
  await expect(page.getByRole('button', { name: 'Cancel the run of Posts' })).toBeVisible();
  const { runs } = await client.call('getSnapshot', {});
  await client.call('cancelRun', { run: runs[0]?.run ?? 0 });
  await expect.poll(() => trayOf(electronApp)).toMatchObject({ image: 'idle.png' });
});

test('pauses everything for a while, and resumes', async ({ electronApp, client }) => {
  await chooseInTray(electronApp, 'pause:1 hour');
  await expect.poll(() => trayOf(electronApp)).toMatchObject({ image: 'paused.png' });
  const paused = await client.call('getStatus', {});
  expect(paused.paused).toMatchObject({ until: '2026-11-20T09:00:00Z', why: 'user' });
  await chooseInTray(electronApp, 'resume');
  await expect.poll(() => trayOf(electronApp)).toMatchObject({ image: 'idle.png' });
  expect((await client.call('getStatus', {})).paused).toBeNull();
});

test('opens the closed window, and quits', async ({ electronApp }) => {
  await closeWindow(electronApp);
  expect(await windowsOf(electronApp)).toEqual([false]);
  await chooseInTray(electronApp, 'open');
  await expect.poll(() => windowsOf(electronApp)).toEqual([true]);
  const end = ended(electronApp);
  await chooseInTray(electronApp, 'quit');
  expect(await end).toBe(0);
});

test('tells of a failure in one notification that opens the window', async ({
  electronApp,
  clock,
}) => {
  await closeWindow(electronApp);
  const report = {
    outcome: 'failed',
    reason: 'http-404',
    message: 'The page is gone (404).',
  } as const;
  await clock.answer({ afterMs: 10, report });
  await chooseInTray(electronApp, 'run:posts');
  await clock.advance(10_000);
  await expect
    .poll(() => noticesOf(electronApp))
    .toContainEqual(['Posts failed', 'The page is gone (404).']);
  await electronApp.evaluate(() => {
    jackdawSeen.notifications.at(-1)?.emit('click');
  });
  await expect.poll(() => windowsOf(electronApp)).toEqual([true]);
});

test('tells of a move to another zone in one notification', async ({ electronApp, clock }) => {
  await clock.moveTo('America/New_York');
  await clock.advance(2 * 60_000);
  const notice = ['This computer moved from UTC to America/New_York', '1 schedule follows it.'];
  await expect.poll(() => noticesOf(electronApp)).toEqual([notice]);
});
