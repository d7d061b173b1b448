import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { ok } from '../../../support/fake-client.ts';
import {
  anEmptySnapshot,
  anEntry,
  aStill,
  aStory,
  aView,
  someCounts,
} from '../../../support/fake-data.ts';
import { showWindow, type ShownWindow } from '../../../support/show-window.tsx';

const nowMs = Date.now();
let shown: ShownWindow | null = null;

afterEach(() => {
  shown?.close();
  shown = null;
});

const snapshot = anEmptySnapshot(nowMs, { schedules: [aView(nowMs)] });
const good = anEntry(nowMs - 60_000, { run: 2, counts: someCounts({ new: 3, gone: 1 }) });
const still = { ...aStill(nowMs - 120_000, 'missed', 'asleep'), coalesced: 5 };

describe('renderer/views/runs', () => {
  it('shows what each run brought, and why a slot didn’t run', async () => {
    shown = await showWindow('#/runs', snapshot, {
      listRuns: () => ok({ entries: [good, still], next: null }),
    });
    const grid = await screen.findByRole('grid', { name: 'Runs' });
    const [, first, second] = within(grid).getAllByRole('row');
    expect(first?.textContent).toContain('Success');
    expect(first?.textContent).toContain('3 new, 1 gone');
    expect(second?.textContent).toContain('Missed');
    expect(second?.textContent).toContain('Stands for 5 slots; the computer was asleep');
  });

  it('asks main for the outcomes chosen, however many, and keeps them in the address', async () => {
    shown = await showWindow('#/runs', snapshot, {
      listRuns: ({ outcome }) =>
        ok({ entries: outcome === undefined ? [good, still] : [still], next: null }),
    });
    const { user } = shown;
    const asked = (): unknown => shown?.made('listRuns').at(-1);
    await screen.findByRole('grid', { name: 'Runs' });
    await user.click(screen.getByRole('button', { name: /Outcomes/ }));
    await user.click(await screen.findByRole('option', { name: 'Missed' }));
    await waitFor(() => expect(window.location.hash).toBe('#/runs?outcome=missed'));
    expect(asked()).toEqual({ limit: 50, outcome: ['missed'] });
    // The list stays open for a second choice.
    await user.click(screen.getByRole('option', { name: 'Failed' }));
    await waitFor(() => expect(window.location.hash).toBe('#/runs?outcome=failed&outcome=missed'));
    expect(asked()).toEqual({ limit: 50, outcome: ['failed', 'missed'] });
    await user.keyboard('{Escape}');
    const button = await screen.findByRole('button', { name: /Outcomes/ });
    expect(button.textContent).toBe('Failed, Missed');
    expect(screen.getAllByRole('row')).toHaveLength(2);

    await user.click(button);
    await user.click(await screen.findByRole('option', { name: 'Skipped' }));
    await user.keyboard('{Escape}');
    expect((await screen.findByRole('button', { name: /Outcomes/ })).textContent).toBe(
      '3 outcomes',
    );
    await user.click(screen.getByRole('button', { name: /Outcomes/ }));
    await user.click(await screen.findByRole('option', { name: 'All outcomes' }));
    await waitFor(() => expect(window.location.hash).toBe('#/runs'));
    expect(asked()).toEqual({ limit: 50 });
  });

  it('loads older rows below, until there are none', async () => {
    shown = await showWindow('#/runs', snapshot, {
      listRuns: ({ before }) =>
        ok(
          before === undefined
            ? { entries: [good], next: 'here' }
            : { entries: [still], next: null },
        ),
    });
    await shown.user.click(await screen.findByRole('button', { name: 'Load older' }));
    expect(await screen.findByText('That is all there is.')).toBeDefined();
    expect(screen.getAllByRole('row')).toHaveLength(3);
    expect(shown.made('listRuns').at(-1)).toEqual({ limit: 50, before: 'here' });
  });

  it('leads from every row to its story, also from one that didn’t run', async () => {
    shown = await showWindow('#/runs', snapshot, {
      listRuns: () => ok({ entries: [good, still], next: null }),
      getStory: () => ok(aStory(still)),
    });
    const grid = await screen.findByRole('grid', { name: 'Runs' });
    await shown.user.click(within(grid).getAllByRole('row').at(2) ?? grid);
    await screen.findByText('Slot 1');
    expect(window.location.hash).toBe('#/runs/s1');
    expect(shown.made('getStory')).toEqual([{ cursor: 's1' }]);
    expect(shown.made('getRunLog')).toEqual([]);
  });
});
