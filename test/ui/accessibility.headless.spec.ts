import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { rowOfCursor } from '../../contract/story.ts';
import { aSchedule } from '../support/builders.ts';
import { test } from './fixtures.ts';

test.use({ world: { at: '2026-11-21T08:10:00Z', zone: 'Europe/Berlin' } });

const screens = [
  ['Schedules', '#/schedules'],
  ['Runs', '#/runs'],
  ['a run', '#/runs/1'],
  ['Results', '#/results/birch'],
  ['Hours', '#/hours'],
  ['Status', '#/status'],
  ['Settings', '#/settings'],
  ['the editor', '#/edit/birch'],
  ['the editor, at its conditions', '#/edit/birch?field=conditions'],
  ['the editor, on days', '#/edit/maple'],
  ['the editor, after another', '#/edit/willow'],
] as const;

type Theme = 'light' | 'dark';

/** Which rules a theme is judged by: WCAG 2.2 A and AA; of those only the contrast differs from theme to theme. */
function rulesFor(page: Page, theme: Theme): AxeBuilder {
  const builder = new AxeBuilder({ page });
  if (theme === 'dark') return builder.withRules(['color-contrast']);
  return (
    builder
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      // It takes an option's description, which React Aria keeps apart from its name, for its label.
      .disableRules(['label-content-name-mismatch'])
  );
}

/** What axe finds, each fault with its places. */
async function faultsOf(page: Page, theme: Theme): Promise<readonly string[]> {
  const { violations } = await rulesFor(page, theme).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}

for (const theme of ['light', 'dark'] as const)
  test(`every screen is accessible in the ${theme} theme (WCAG AA)`, async ({
    page,
    client,
    clock,
  }) => {
    // Eleven screens, each judged by some fifty rules: on a busy machine that takes its time.
    test.setTimeout(240_000);
    // Colours are judged as they stay, not as they fade in.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await client.call('changeSettings', { theme });
    const records = [{ title: 'First', url: 'http://127.0.0.1:9/1' }];
    await clock.answer({ afterMs: 1_000, report: { records } });
    const schedule = aSchedule({ id: 'birch', name: 'Birch' });
    await client.call('saveSchedule', { schedule, create: true });
    await client.call('saveSchedule', {
      schedule: { ...schedule, id: 'larch', name: 'Larch', enabled: false },
      create: true,
    });
    const trigger = { kind: 'calendar', at: ['09:00', '14:30'], on: ['mon', 31, 'fri#last'] };
    const others = [
      { id: 'maple', name: 'Maple', trigger, jitter: '2m' },
      { id: 'willow', name: 'Willow', after: { schedule: 'larch', on: 'change' } },
    ];
    const { scrape } = schedule;
    await client.call('importFile', {
      text: JSON.stringify({ jackdaw: 1, schedules: others.map((one) => ({ ...one, scrape })) }),
    });
    await client.call('saveHours', {
      profile: { id: 'office', name: 'Office hours', week: { mon: ['09:00-17:00'] } },
      create: true,
    });
    await clock.advance(21 * 60_000);
    await clock.answer({ afterMs: 1_000, report: { outcome: 'attention', message: 'Look.' } });
    await clock.advance(30 * 60_000);
    // What is missed shows on a card, and has a page of its own.
    await client.call('setMissed', { id: 'birch', policy: 'skip' });
    await clock.sleep(2 * 3_600_000);
    await clock.advance(60_000);
    const { entries } = await client.call('listRuns', { outcome: 'missed' });
    const missed = `#/runs/${rowOfCursor(entries[0]?.cursor ?? '')}`;
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);

    for (const [name, hash] of [...screens, ['a slot that was missed', missed]] as const)
      await test.step(name, async () => {
        await page.evaluate((next) => {
          window.location.hash = next;
        }, hash);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        if (name === 'Schedules')
          await expect(page.getByRole('region', { name: /missed/ })).toBeVisible();
        await expect(page.getByRole('status', { name: /^Loading/ })).toHaveCount(0);
        expect.soft(await faultsOf(page, theme)).toEqual([]);
      });
  });
