import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { ok } from '../../../support/fake-client.ts';
import { anEmptySnapshot, anEntry, aStill, aView, someCounts } from '../../../support/fake-data.ts';
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

  it('asks main for the outcome chosen, and keeps it in the address', async () => {
    shown = await showWindow('#/runs', snapshot, {
      listRuns: ({ outcome }) =>
        ok({ entries: outcome === 'missed' ? [still] : [good, still], next: null }),
    });
    await screen.findByRole('grid', { name: 'Runs' });
    await shown.user.click(screen.getByRole('button', { name: /Outcome/ }));
    await shown.user.click(await screen.findByRole('option', { name: 'Missed' }));
    await waitFor(() => expect(screen.getAllByRole('row')).toHaveLength(2));
    expect(window.location.hash).toBe('#/runs?outcome=missed');
    expect(shown.made('listRuns').at(-1)).toEqual({ limit: 50, outcome: 'missed' });
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

  it('shows a run’s log as it grows, and cancels it', async () => {
    const open = anEntry(nowMs, { run: 9, state: 'running', outcome: null, counts: null });
    const lines = ['GET https://flink.apache.org/posts/: 200, 10 rows'];
    shown = await showWindow('#/runs/9', snapshot, {
      getRun: () => ok(open),
      getRunLog: () =>
        ok(lines.map((message) => ({ at: '2026-11-21T08:00:00Z', level: 'info', message }))),
      cancelRun: () => ok(open),
    });
    await screen.findByText(/posts\/: 200/);
    lines.push('GET https://flink.apache.org/posts/page/2/: 200, 10 rows');
    shown.client.push('run', { ...open, counts: someCounts({ pages: 2, rows: 20 }) });
    expect(await screen.findByText(/page\/2\/: 200/)).toBeDefined();

    await shown.user.click(screen.getByRole('button', { name: 'Cancel run' }));
    expect(shown.made('cancelRun')).toEqual([{ run: 9 }]);
    shown.client.push('run', { ...open, state: 'ended', outcome: 'cancelled' });
    expect(await screen.findByText('Cancelled')).toBeDefined();
  });

  it('says that a run isn’t there, without offering to try again', async () => {
    shown = await showWindow('#/runs/404', snapshot, {
      getRun: () => ({ ok: false, code: 'not-found', message: 'There is no run 404.' }),
      getRunLog: () => ({ ok: false, code: 'not-found', message: 'There is no run 404.' }),
    });
    expect(await screen.findByText('There is no run 404.')).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });
});
