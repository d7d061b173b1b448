import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { RunDays } from '../../../../contract/run-days.ts';
import { ok } from '../../../support/fake-client.ts';
import { anEmptySnapshot, anEntry, aView } from '../../../support/fake-data.ts';
import { showWindow, type ShownWindow } from '../../../support/show-window.tsx';

const nowMs = Date.now();
let shown: ShownWindow | null = null;

afterEach(() => {
  shown?.close();
  shown = null;
});

const snapshot = anEmptySnapshot(nowMs, {
  schedules: [aView(nowMs, { id: 'birch', name: 'Birch' })],
});
const entry = anEntry(nowMs - 60_000, { run: 2 });
const listRuns = () => ok({ entries: [entry], next: null });

/** Three days, the last of which is today. */
function threeDays(today: RunDays['days'][number]['counts']): RunDays {
  return {
    timezone: 'Europe/Berlin',
    until: new Date(nowMs + 3_600_000).toISOString(),
    days: [
      { date: '2026-11-18', counts: { success: 1_200, partial: 34, failed: 1 } },
      { date: '2026-11-19', counts: {} },
      { date: '2026-11-20', counts: today },
    ],
  };
}

const quiet = { success: 10, 'timed-out': 2, attention: 1, skipped: 3, missed: 4 };

/** The heights of the parts of a day's bar, by their class. */
function partsOf(date: string): readonly (readonly [string | undefined, number])[] {
  const day = document.querySelector(`[data-day="${date}"]`);
  return Array.from(day?.querySelectorAll('rect') ?? [])
    .slice(1)
    .map((rect) => [
      rect.getAttribute('class')?.replace(/^_?([a-z]+).*$/, '$1'),
      Number(rect.getAttribute('height')),
    ]);
}

describe('renderer/views/runs: the chart', () => {
  it('draws each day, gravest part at its foot, and sees to it that one failure of many shows', async () => {
    shown = await showWindow('#/runs', snapshot, {
      listRuns,
      listRunDays: () => ok(threeDays(quiet)),
    });
    const drawing = await screen.findByRole('img', { name: /The last 3 days/ });
    expect(drawing.getAttribute('aria-label')).toBe(
      'The last 3 days: 3 failed, 1 needs attention, 1,244 done, 7 cut short or not run',
    );
    expect(partsOf('2026-11-18').map(([group]) => group)).toEqual(['failure', 'done']);
    expect(partsOf('2026-11-18')[0]?.[1]).toBe(2);
    expect(partsOf('2026-11-19')).toEqual([]);
    expect(partsOf('2026-11-20').map(([group]) => group)).toEqual([
      'failure',
      'person',
      'done',
      'pale',
    ]);
    const highest = partsOf('2026-11-18').reduce((sum, [, height]) => sum + height, 0);
    expect(highest).toBeLessThanOrEqual(64);
    expect(document.querySelector('[data-day="2026-11-20"] title')?.textContent).toBe(
      'Friday, November 20\n2 failed, 1 needs attention, 10 done, 7 cut short or not run',
    );
  });

  it('tells the same in figures, for whoever can’t see bars', async () => {
    shown = await showWindow('#/runs', snapshot, {
      listRuns,
      listRunDays: () => ok(threeDays(quiet)),
    });
    const region = await screen.findByRole('region', { name: 'The last 3 days' });
    within(region)
      .getByRole('button', { name: /figures/ })
      .focus();
    await shown.user.keyboard('{Enter}');
    const rows = within(await within(region).findByRole('table')).getAllByRole('row');
    expect(rows.map((row) => Array.from(row.children, ({ textContent }) => textContent))).toEqual([
      ['Day', 'Failed', 'Needs attention', 'Done', 'Cut short or not run'],
      ['Friday, November 20', '2', '1', '10', '7'],
      ['Wednesday, November 18', '1', '0', '1,234', '0'],
    ]);
  });

  it('follows the schedule chosen, and asks anew when a run of it has ended', async () => {
    let count = 1;
    shown = await showWindow('#/runs?schedule=birch', snapshot, {
      listRuns,
      listRunDays: () => ok(threeDays({ failed: count })),
    });
    await screen.findByRole('img', { name: /2 failed/ });
    expect(shown.made('listRunDays')).toEqual([{ id: 'birch' }]);
    count = 2;
    shown.client.push('run', { ...entry, run: 3, schedule: 'birch', outcome: 'failed' });
    expect(await screen.findByRole('img', { name: /3 failed/ })).toBeDefined();
    shown.client.push('run', { ...entry, run: 4, schedule: 'other', outcome: 'failed' });
    shown.client.push('run', {
      ...entry,
      run: 5,
      schedule: 'birch',
      state: 'running',
      outcome: null,
    });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(shown.made('listRunDays')).toHaveLength(2);
  });

  it('shows nothing where nothing ended, and says so where it couldn’t be fetched', async () => {
    shown = await showWindow('#/runs', snapshot, {
      listRuns: () => ok({ entries: [], next: null }),
      listRunDays: () => ok({ ...threeDays({}), days: [{ date: '2026-11-20', counts: {} }] }),
    });
    await screen.findByText('Nothing has run yet');
    await waitFor(() => expect(screen.queryByRole('img')).toBeNull());
    shown.close();
    shown = await showWindow('#/runs', snapshot, {
      listRuns,
      listRunDays: () => ({ ok: false, code: 'busy', message: 'The database is in use.' }),
    });
    expect(await screen.findByText(/couldn’t be fetched: The database is in use/)).toBeDefined();
  });
});
