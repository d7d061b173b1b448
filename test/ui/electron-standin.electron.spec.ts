import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import {
  _electron,
  expect,
  test as base,
  type ElectronApplication,
  type Page,
} from '@playwright/test';

/** What the fixture app's preload exposes. */
interface FixtureApi {
  echo(value: unknown): Promise<unknown>;
  fail(): Promise<never>;
  child(): Promise<unknown>;
  sync(a: number, b: number): number;
  boom(): never;
  onTick(onTick: (value: unknown) => void): () => void;
}

declare global {
  var api: FixtureApi;
  var early: string;
  var got: unknown;
  var unsubscribe: () => void;
  var seen: readonly unknown[];
  var trayMenu: { getMenuItemById(id: string): { click(): void } };
}

const fixtureApp = 'test/support/electron-standin/fixture-app';

const test = base.extend<{ args: string[]; app: ElectronApplication; window: Page }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures used
  args: async ({}, provide) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'jackdaw-fixture-'));
    await provide([fixtureApp, `--user-data-dir=${folder}`]);
    await rm(folder, { recursive: true, force: true });
  },
  app: async ({ args }, provide) => {
    const app = await _electron.launch({ args });
    await provide(app);
    await app.close();
  },
  window: async ({ app }, provide) => {
    const window = await app.firstWindow();
    await expect(window.getByRole('heading')).toHaveText('hi');
    await provide(window);
  },
});

test.describe('the Electron under the specs, on an app of its own', () => {
  test('exposes an API across the worlds as contextBridge does', async ({ window }) => {
    expect(await window.evaluate(() => early)).toBe('function');
    expect(
      await window.evaluate(() => [api.sync(1, 2), 'secret' in globalThis, Object.isFrozen(api)]),
    ).toEqual([3, false, true]);
    const message = await window.evaluate(() => {
      try {
        return String(api.boom());
      } catch (error) {
        return error instanceof Error ? error.message : 'no error';
      }
    });
    expect(message).toBe('bad');
  });

  test('carries over IPC what a structured clone carries', async ({ window }) => {
    const same = await window.evaluate(async () => {
      const sent = {
        date: new Date(5),
        map: new Map([[1, new Set(['x'])]]),
        nothing: undefined,
        big: 10n,
        bytes: new Uint8Array([1, 255]),
        none: NaN,
      };
      const back = (await api.echo(sent)) as typeof sent;
      return [
        back.date instanceof Date && back.date.getTime() === 5,
        back.map.get(1)?.has('x'),
        'nothing' in back,
        back.big === 10n,
        [...back.bytes],
        Number.isNaN(back.none),
      ];
    });
    expect(same).toEqual([true, true, true, true, [1, 255], true]);
    const refusal = await window.evaluate(() =>
      api.fail().catch((error: unknown) => (error instanceof Error ? error.message : '')),
    );
    expect(refusal).toBe("Error invoking remote method 'fail': RangeError: no");
  });

  test('pushes events to the page until it unsubscribes, and again after a reload', async ({
    window,
    app,
  }) => {
    const tick = () => app.evaluate(() => trayMenu.getMenuItemById('tick').click());
    await window.evaluate(() => {
      got = 'nothing yet';
      unsubscribe = api.onTick((value) => {
        got = value;
      });
    });
    await tick();
    await expect
      .poll(() => window.evaluate(() => got instanceof Map && got.get('a') instanceof Date))
      .toBe(true);
    await window.evaluate(() => {
      unsubscribe();
      got = 'nothing since';
    });
    await tick();
    expect(await window.evaluate(() => api.echo(1).then(() => got))).toBe('nothing since');
    await window.reload();
    expect(await window.evaluate(() => api.echo('after the reload'))).toBe('after the reload');
  });

  test('asks main before a page opens a window or leaves', async ({ window, app }) => {
    await window.locator('#new').click();
    expect(await window.evaluate(() => open('https://example.com/script'))).toBeNull();
    await window.locator('#away').click();
    await expect
      .poll(() => app.evaluate(() => seen))
      .toEqual([
        ['open', 'https://example.com/new'],
        ['open', 'https://example.com/script'],
        ['navigate', 'https://example.com/away'],
      ]);
    await expect(window.getByRole('heading')).toHaveText('hi');
    await window.locator('#own').click();
    await expect(window.getByRole('heading')).toHaveText('own page');
    expect(app.windows()).toHaveLength(1);
  });

  test('runs utility processes, themes the page and takes pictures of it', async ({
    window,
    app,
  }) => {
    expect(await window.evaluate(() => api.child())).toEqual({ got: 21, type: 'utility' });
    await app.evaluate(({ nativeTheme }) => {
      nativeTheme.themeSource = 'dark';
    });
    await expect
      .poll(() => window.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches))
      .toBe(true);
    expect((await window.screenshot()).length).toBeGreaterThan(1000);
  });

  test('lets one instance live, and tells it of the second', async ({ app, args }) => {
    const executable = createRequire(import.meta.url)('electron') as unknown as string;
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const second = spawnSync(executable, [...sandbox, ...args, '--hello'], { timeout: 15_000 });
    expect(second.status).toBe(0);
    await expect.poll(() => app.evaluate(() => seen)).toEqual([['second', true, 'second']]);
  });

  test('ends when its last window is closed', async ({ window, app }) => {
    const closed = app.waitForEvent('close');
    await window.close();
    await closed;
  });
});

test.describe('the stand-in alone', () => {
  test.skip(process.env['ELECTRON_OVERRIDE_DIST_PATH'] === undefined, 'runs on the real Electron');

  test('throws a clear error for what it does not have', async ({ app }) => {
    const message = await app.evaluate(({ app: electronApp }) => {
      try {
        return electronApp.getGPUFeatureStatus();
      } catch (error) {
        return error instanceof Error ? error.message : '';
      }
    });
    expect(message).toBe(
      'The Electron stand-in has no app.getGPUFeatureStatus; add it in test/support/electron-standin.',
    );
  });
});
