import { screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { RecordRow } from '../../../../contract/ledger.ts';
import { ok } from '../../../support/fake-client.ts';
import { anEmptySnapshot, anEntry, aView } from '../../../support/fake-data.ts';
import { showWindow, type ShownWindow } from '../../../support/show-window.tsx';

const nowMs = Date.now();
let shown: ShownWindow | null = null;

afterEach(() => {
  shown?.close();
  shown = null;
});

const at = '2026-11-21T08:00:00Z';
const last = anEntry(nowMs - 60_000, { run: 2 });
const schedule = aView(nowMs, { id: 'birch', name: 'Birch', last, rows: 2 });

function aRow(title: string, state: string, more: RecordRow = {}): RecordRow {
  return {
    title,
    ...more,
    _key: title,
    _state: state,
    _firstSeenAt: at,
    _lastSeenAt: at,
    _run: 2,
  };
}

/** What the table shows, row by row, without the two times at the end. */
function cells(): readonly (readonly string[])[] {
  const grid = screen.getByRole('grid', { name: 'Rows of Birch' });
  return within(grid)
    .getAllByRole('row')
    .map((row) => [...row.children].slice(0, -2).map((cell) => cell.textContent));
}

describe('renderer/views/results', () => {
  it('shows the fields in their order, and what is new and changed', async () => {
    const rows = [
      aRow('Nuts', 'new', { price: 7.82, tags: ['a', 'b'] }),
      aRow('Bell', 'changed', { price: 10.8, tags: null }),
      aRow('Coin', 'same', { price: 3, tags: [] }),
    ];
    shown = await showWindow('#/results/birch', anEmptySnapshot(nowMs, { schedules: [schedule] }), {
      listRecords: () => ok(rows),
    });
    await screen.findByText('3 rows');
    expect(cells()).toEqual([
      ['State', 'title', 'price', 'tags'],
      [' New', 'Nuts', '7.82', 'a, b'],
      [' Changed', 'Bell', '10.80', '–'],
      ['Same', 'Coin', '3.00', ''],
    ]);
  });

  it('shows the rows that are gone when asked', async () => {
    shown = await showWindow('#/results/birch', anEmptySnapshot(nowMs, { schedules: [schedule] }), {
      listRecords: ({ gone }) =>
        ok(gone === true ? [aRow('Lost', 'gone')] : [aRow('Nuts', 'same')]),
    });
    await screen.findByText('Nuts');
    await shown.user.click(screen.getByRole('radio', { name: 'Gone' }));
    expect(await screen.findByText('Lost')).toBeDefined();
    expect(screen.queryByText('Nuts')).toBeNull();
    expect(shown.made('listRecords')).toEqual([
      { id: 'birch', gone: false },
      { id: 'birch', gone: true },
    ]);
  });

  it('fetches the rows again when a run has ended, and not before', async () => {
    let rows = [aRow('Nuts', 'same')];
    shown = await showWindow('#/results/birch', anEmptySnapshot(nowMs, { schedules: [schedule] }), {
      listRecords: () => ok(rows),
    });
    await screen.findByText('Nuts');
    rows = [aRow('Bell', 'new')];
    shown.client.push('schedule', { ...schedule, state: 'running' });
    expect(screen.queryByText('Bell')).toBeNull();
    const next = { ...last, run: 3, cursor: 'next' };
    shown.client.push('schedule', { ...schedule, last: next });
    expect(await screen.findByText('Bell')).toBeDefined();
    expect(shown.made('listRecords')).toHaveLength(2);
  });

  it('says how to come by rows where a schedule hasn’t run', async () => {
    const fresh = aView(nowMs, { id: 'birch', name: 'Birch' });
    shown = await showWindow('#/results', anEmptySnapshot(nowMs, { schedules: [fresh] }), {
      listRecords: () => ok([]),
    });
    expect(await screen.findByText('Birch hasn’t run yet')).toBeDefined();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Export' }).disabled).toBe(true);
  });
});
