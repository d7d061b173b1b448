import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { aFolder, aSchedule } from '../support/builders.ts';
import { makeReadOnly, smallDisk, type HostileFolder } from '../support/hostile-folder.ts';
import { openTestApp } from '../support/test-app.ts';
import { test as base } from './fixtures.ts';

interface Trap {
  /** Makes well what is wrong. */
  mend(): void;
}

/** Makes a data folder with one schedule in it, as an earlier start left it. */
async function furnish(dataFolder: string): Promise<void> {
  const app = await openTestApp({ dataFolder, at: new Date(Date.now()).toISOString() });
  // Not the default: a spec on real time must not meet a slot.
  const trigger = { kind: 'cron', expression: '@yearly' } as const;
  await app.call('saveSchedule', { schedule: aSchedule({ trigger }), create: true });
  await app.stop();
}

const row = (page: Page) => page.getByRole('row', { name: /Posts/ });
const wrong = (page: Page) => page.getByRole('region', { name: 'What is wrong' });

/** A spec whose data folder has something wrong with it before the host starts. */
function trapped(
  set: (folder: string) => Promise<(Trap & { readonly dataFolder: string }) | null>,
) {
  return base.extend<{ readonly trap: Trap & { readonly dataFolder: string } }>({
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures used from the pattern
    trap: async ({}, provide) => {
      const folder = aFolder();
      const trap = await set(folder.path);
      base.skip(trap === null, 'this root may not mount a disk or a folder');
      if (trap !== null) await provide(trap);
      trap?.mend();
      folder.remove();
    },
    dataFolder: async ({ trap }, provide) => {
      await provide(trap.dataFolder);
    },
    // Its usual place is beside the data folder, which here may be read-only or full.
    configFolder: async ({ trap: _trap }, provide) => {
      const folder = aFolder();
      await provide(folder.path);
      folder.remove();
    },
  });
}

const damaged = trapped(async (folder) => {
  const dataFolder = path.join(folder, 'data');
  await furnish(dataFolder);
  const database = path.join(dataFolder, 'jackdaw.db');
  const good = path.join(folder, 'good.db');
  copyFileSync(database, good);
  writeFileSync(database, 'This is a letter to my aunt, and no database at all.'.repeat(20));
  return { dataFolder, mend: () => copyFileSync(good, database) };
});

damaged(
  'a damaged database: the window opens, says why, and goes on once it is put right',
  async ({ page, trap }) => {
    await expect(wrong(page)).toContainText(
      "can't be used: it isn't a database. Nothing was changed",
    );
    await expect(page.getByRole('heading', { name: 'The schedules can’t be shown' })).toBeVisible();
    await page.getByRole('link', { name: 'Status' }).click();
    await expect(page.getByText('Not running')).toBeVisible();
    await expect(wrong(page)).toBeVisible();
    await wrong(page).getByRole('button', { name: 'Try again' }).click();
    await expect(wrong(page)).toBeVisible();

    trap.mend();
    await wrong(page).getByRole('button', { name: 'Try again' }).click();
    await expect(wrong(page)).toHaveCount(0);
    await page.getByRole('link', { name: 'Schedules', exact: true }).click();
    await expect(row(page)).toBeVisible();
  },
);

const locked = trapped(async (folder) => {
  const dataFolder = path.join(folder, 'data');
  await furnish(dataFolder);
  const hostile: HostileFolder | null = makeReadOnly(dataFolder);
  return hostile === null ? null : { dataFolder, mend: () => hostile.mend() };
});

locked(
  'a read-only folder: everything is shown, nothing can be changed, until it can',
  async ({ page, trap }) => {
    await expect(wrong(page)).toContainText('Jackdaw may not write to');
    await expect(page.getByText('Nothing runs now.')).toBeVisible();
    await row(page).getByRole('button', { name: /Run/ }).click();
    await expect(page.getByText(/nothing can be changed or started/)).toBeVisible();

    trap.mend();
    await wrong(page).getByRole('button', { name: 'Try again' }).click();
    await expect(wrong(page)).toHaveCount(0);
    await expect(row(page)).toBeVisible();
    await expect(page.getByText('Nothing is running')).toBeVisible();
  },
);

const filled = trapped(async (folder) => {
  const disk = smallDisk(folder, 24);
  if (disk === null) return null;
  const dataFolder = path.join(disk.path, 'data');
  mkdirSync(dataFolder);
  await furnish(dataFolder);
  return { dataFolder, mend: () => disk.mend() };
});

filled('a full disk: said at once, and over once there is space', async ({ page, trap }) => {
  const filler = path.join(trap.dataFolder, '..', 'filler');
  await expect(row(page)).toBeVisible();
  // The small disk is nearly full from the beginning.
  await expect(wrong(page)).toContainText(/Only \d+ MB are left/);
  try {
    writeFileSync(filler, Buffer.alloc(32_000_000));
  } catch {
    // As much as there was room for is written.
  }
  await row(page).getByRole('button', { name: /Run/ }).click();
  await expect(wrong(page)).toContainText('The disk that holds');
  rmSync(filler, { force: true });
  await wrong(page).getByRole('button', { name: 'Try again' }).click();
  await expect(wrong(page)).not.toContainText('The disk that holds');
  await expect(page.getByText('Nothing runs now.')).toHaveCount(0);
});
