/**
 * `npm run screenshots`: photographs every screen of a Jackdaw with four days of invented history, in
 * light and dark at 1280 × 800, into docs/screenshots. At 900 × 600 each is looked at too: a screen
 * that scrolls sideways there is a failure.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { findBrowser } from './lib/browser.mjs';
import { ensureBuilt } from './lib/build.mjs';
import { at, requireNode } from './lib/checkout.mjs';

/** @typedef {import('playwright-core').Page} Page */

/**
 * The screens, each with its fragment and what must be there before the picture is taken.
 *
 * @type {readonly { name: string, hash: string, then?: (page: Page) => Promise<void> }[]}
 */
const screens = [
  { name: 'schedules', hash: '#/schedules' },
  {
    name: 'why-then',
    hash: '#/schedules',
    then: async (page) => {
      const row = page.getByRole('row').filter({ hasText: 'Vacancies' });
      await row.getByRole('button', { name: /why/i }).first().click();
      await page.getByRole('dialog').first().waitFor();
    },
  },
  {
    name: 'editor',
    hash: '#/edit/flink-posts',
    then: async (page) => {
      await page.getByRole('button', { name: 'Try it' }).click();
      await page.getByText('Release 2.3').first().waitFor();
    },
  },
  {
    name: 'editor-when',
    hash: '#/edit/ferry-departures',
    then: async (page) => {
      const when = page.getByRole('heading', { name: 'When', exact: true });
      await when.evaluate((heading) => heading.scrollIntoView());
    },
  },
  {
    name: 'editor-days',
    hash: '#/edit/vacancies',
    then: async (page) => {
      const when = page.getByRole('heading', { name: 'When', exact: true });
      await when.evaluate((heading) => heading.scrollIntoView());
    },
  },
  { name: 'hours', hash: '#/hours' },
  { name: 'runs', hash: '#/runs' },
  { name: 'run', hash: '#/runs/{run}' },
  { name: 'results', hash: '#/results/laptop-prices' },
  { name: 'status', hash: '#/status' },
  { name: 'settings', hash: '#/settings' },
];

/** @returns {Promise<{ link: string, now: string, timezone: string, run: number, end: () => void }>} */
async function startHost() {
  const child = spawn(process.execPath, [at('test', 'support', 'showcase', 'host.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    /** @type {{ link: string, now: string, timezone: string, run: number }} */
    const told = JSON.parse(line);
    return { ...told, end: () => child.kill('SIGTERM') };
  }
  throw new Error('the showcase ended before it told its link');
}

/**
 * @param {Page} page
 * @param {(typeof screens)[number]} screen
 */
async function show(page, { hash, then }) {
  await page.evaluate((to) => {
    window.location.hash = to;
  }, hash);
  // The token is this tab's since the link was opened; a reload shows the screen afresh.
  await page.reload();
  await page.getByRole('main').waitFor();
  await page.waitForLoadState('networkidle');
  await then?.(page);
  // Fonts are there, and what fades in has done so.
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all(document.getAnimations().map((animation) => animation.finished));
  });
}

requireNode();
const executablePath = await findBrowser();
if (executablePath === null || !(await ensureBuilt())) {
  console.error(executablePath === null ? 'There is no Chromium: run npm test once.' : '');
  process.exit(1);
}
mkdirSync(at('docs', 'screenshots'), { recursive: true });
const host = await startHost();
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
/** @type {string[]} */
const faults = [];
try {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    const context = await browser.newContext({
      colorScheme,
      locale: 'en-US',
      timezoneId: host.timezone,
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    await page.clock.setFixedTime(host.now);
    page.on('pageerror', (error) => faults.push(`${colorScheme}: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(`${colorScheme}: ${message.text()}`);
    });
    await page.goto(host.link);
    await page.getByRole('main').waitFor();
    for (const screen of screens) {
      await page.setViewportSize({ width: 1280, height: 800 });
      await show(page, { ...screen, hash: screen.hash.replace('{run}', String(host.run)) });
      await page.screenshot({
        path: at('docs', 'screenshots', `${screen.name}-${colorScheme}.png`),
      });
      // A dialog belongs to the size it was opened at.
      if ((await page.getByRole('dialog').count()) > 0) await page.keyboard.press('Escape');
      await page.setViewportSize({ width: 900, height: 600 });
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (wide > 0) faults.push(`${screen.name} is ${String(wide)} px too wide at 900 × 600`);
      if (process.argv.includes('--small')) {
        await page.screenshot({
          path: at('test-results', `${screen.name}-${colorScheme}-small.png`),
        });
      }
    }
    await context.close();
  }
} finally {
  await browser.close();
  host.end();
}
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
