import { act, screen, waitFor, within } from '@testing-library/react';
import type { CollectionProps, TableProps } from 'react-aria-components';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { toInstant } from '../../../../contract/time.ts';
import type { ScheduleView } from '../../../../contract/views.ts';
import { ok } from '../../../support/fake-client.ts';
import { anEmptySnapshot, anEntry, aView } from '../../../support/fake-data.ts';
import { showWindow, type ShownWindow } from '../../../support/show-window.tsx';

const drawn = vi.hoisted(() => ({ tables: 0, lists: 0 }));

// Whenever its table or its list of rows is drawn, React Aria draws every row in sight.
vi.mock('react-aria-components', async (importOriginal) => {
  const original = await importOriginal<typeof import('react-aria-components')>();
  return {
    ...original,
    Table: (props: TableProps) => {
      drawn.tables += 1;
      return <original.Table {...props} />;
    },
    Collection: (props: CollectionProps<object>) => {
      drawn.lists += 1;
      return <original.Collection {...props} />;
    },
  };
});

const nowMs = Date.now();
let shown: ShownWindow | null = null;

afterEach(() => {
  shown?.close();
  shown = null;
});

function snapshotOf(...schedules: readonly ScheduleView[]) {
  return anEmptySnapshot(nowMs, { schedules: [...schedules] });
}

const birch = aView(nowMs, { id: 'birch', name: 'Birch' });
const larch = aView(nowMs, {
  id: 'larch',
  name: 'Larch',
  enabled: false,
  state: 'off',
  nextRun: null,
});

function row(name: string): HTMLElement {
  return screen.getByRole('row', { name: new RegExp(name) });
}

describe('renderer/views/schedules', () => {
  it('offers the sample where nothing is scheduled, and shows it as it arrives', async () => {
    shown = await showWindow('#/schedules', snapshotOf(), {
      addSample: () => {
        shown?.client.push('schedule', birch);
        return ok({ added: ['birch'], present: [], url: 'http://127.0.0.1:4/' });
      },
    });
    await shown.user.click(screen.getByRole('button', { name: 'Try the sample' }));
    expect(await screen.findByRole('grid', { name: 'Schedules' })).toBeDefined();
    expect(row('Birch')).toBeDefined();
  });

  it('draws the cells of a schedule that has changed, and not the whole table', async () => {
    shown = await showWindow('#/schedules', snapshotOf(birch, larch));
    const before = { ...drawn };
    const { client } = shown;
    act(() => client.push('schedule', { ...larch, enabled: true }));
    expect(within(row('Larch')).getByRole<HTMLInputElement>('switch').checked).toBe(true);
    expect(drawn).toEqual(before);
  });

  it('shows a new name at once, and moves its row after, drawing the table once', async () => {
    shown = await showWindow('#/schedules', snapshotOf(birch, larch));
    const before = { ...drawn };
    const { client } = shown;
    act(() => client.push('schedule', { ...larch, name: 'Alder' }));
    const names = (): readonly (string | null)[] =>
      screen.getAllByRole('rowheader').map((name) => within(name).getByRole('link').textContent);
    expect(names()).toEqual(['Birch', 'Alder']);
    expect(drawn).toEqual(before);
    await waitFor(() => expect(names()).toEqual(['Alder', 'Birch']));
    expect(drawn).toEqual({ tables: before.tables, lists: before.lists + 1 });
  });

  it('narrows the list by words of the name or the address', async () => {
    shown = await showWindow('#/schedules', snapshotOf(birch, larch));
    const search = screen.getByRole('searchbox');
    await shown.user.type(search, 'larch.exam');
    expect(screen.queryByRole('row', { name: /Birch/ })).toBeNull();
    expect(row('Larch')).toBeDefined();
    await shown.user.clear(search);
    await shown.user.type(search, 'oak');
    expect(screen.getByText(/Nothing has “oak”/)).toBeDefined();
    await shown.user.click(screen.getByRole('button', { name: 'Show all 2' }));
    expect(row('Birch')).toBeDefined();
  });

  it('goes to the search field with Ctrl+F, and to a new schedule with Ctrl+N', async () => {
    shown = await showWindow('#/schedules', snapshotOf(birch));
    await shown.user.keyboard('{Control>}f{/Control}');
    expect(document.activeElement).toBe(screen.getByRole('searchbox'));
    await shown.user.keyboard('{Control>}n{/Control}');
    expect(window.location.hash).toBe('#/new');
  });

  it('answers why it doesn’t run at another time', async () => {
    shown = await showWindow('#/schedules', snapshotOf(birch), {
      explainTime: ({ at }) =>
        ok({
          local: at,
          at: ['2026-11-26T09:00:00Z'],
          runs: false,
          why: [{ code: 'closed', params: {}, text: 'closed: Thanksgiving Day' }],
          before: null,
          after: null,
        }),
    });
    await shown.user.click(within(row('Birch')).getByRole('button', { name: /why\?/ }));
    const dialog = await screen.findByRole('dialog', { name: 'Why then?' });
    await shown.user.click(within(dialog).getByRole('button', { name: 'Why not then?' }));
    await shown.user.click(within(dialog).getByLabelText('Date'));
    await shown.user.paste('2026-11-26');
    await shown.user.type(within(dialog).getByRole('textbox', { name: 'Time' }), '10');
    expect(await within(dialog).findByText('closed: Thanksgiving Day')).toBeDefined();
    expect(shown.made('explainTime').at(-1)).toEqual({ id: 'birch', at: '2026-11-26T10:00' });
  });

  it('says why a schedule runs when it does, step by step', async () => {
    const why = [
      'every 30 minutes → 18:00',
      'Office hours closed at 17:00',
      'next opening Monday 09:00',
    ];
    shown = await showWindow(
      '#/schedules',
      snapshotOf({ ...birch, why: why.map((text) => ({ code: 'step', params: {}, text })) }),
    );
    await shown.user.click(within(row('Birch')).getByRole('button', { name: /why\?/ }));
    const dialog = await screen.findByRole('dialog', { name: 'Why then?' });
    expect(
      within(dialog)
        .getAllByRole('listitem')
        .map((step) => step.textContent),
    ).toEqual(why);
  });

  it('starts a run, and offers to cancel it while it goes', async () => {
    const open = anEntry(nowMs, { run: 7, schedule: 'birch', state: 'running', outcome: null });
    shown = await showWindow('#/schedules', snapshotOf(birch), {
      startRun: () => ok(open),
      cancelRun: () => ok(open),
    });
    await shown.user.click(screen.getByRole('button', { name: 'Run Birch now' }));
    await waitFor(() => expect(shown?.made('startRun')).toEqual([{ id: 'birch' }]));

    shown.client.push('run', open);
    await shown.user.click(await screen.findByRole('button', { name: 'Cancel the run of Birch' }));
    expect(shown.made('cancelRun')).toEqual([{ run: 7 }]);

    shown.client.push('run', { ...open, state: 'ended', outcome: 'cancelled' });
    expect(await screen.findByRole('button', { name: 'Run Birch now' })).toBeDefined();
  });

  it('asks once before it runs a schedule outside its hours', async () => {
    shown = await showWindow('#/schedules', snapshotOf(birch), {
      getSchedule: () => ok({ ...birch, open: false }),
      startRun: () => ok(anEntry(nowMs, { run: 7, schedule: 'birch', state: 'running' })),
    });
    const run = screen.getByRole('button', { name: 'Run Birch now' });
    await shown.user.click(run);
    await shown.user.click(await screen.findByRole('button', { name: 'Not now' }));
    expect(shown.made('startRun')).toEqual([]);

    await shown.user.click(run);
    const dialog = await screen.findByRole('dialog', { name: 'Run “Birch” outside its hours?' });
    await shown.user.click(within(dialog).getByRole('button', { name: 'Run all the same' }));
    await waitFor(() => expect(shown?.made('startRun')).toEqual([{ id: 'birch' }]));
  });

  it('runs at once inside the hours', async () => {
    shown = await showWindow('#/schedules', snapshotOf(birch), {
      getSchedule: () => ok({ ...birch, open: true }),
      startRun: () => ok(anEntry(nowMs, { run: 7, schedule: 'birch', state: 'running' })),
    });
    await shown.user.click(screen.getByRole('button', { name: 'Run Birch now' }));
    await waitFor(() => expect(shown?.made('startRun')).toEqual([{ id: 'birch' }]));
  });

  it('moves a switch back and says why where main refuses', async () => {
    shown = await showWindow('#/schedules', snapshotOf(larch), {
      setEnabled: () => ({
        ok: false,
        code: 'read-only',
        message: 'The data folder can’t be written.',
      }),
    });
    const control = screen.getByRole<HTMLInputElement>('switch', { name: 'Larch is on' });
    await shown.user.click(control);
    expect(await screen.findByText('The data folder can’t be written.')).toBeDefined();
    expect(control.checked).toBe(false);
    expect(shown.made('setEnabled')).toEqual([{ id: 'larch', enabled: true }]);
  });

  it('deletes at once and brings back with Undo', async () => {
    shown = await showWindow('#/schedules', snapshotOf(birch, larch), {
      deleteSchedule: ({ id }) => {
        shown?.client.push('scheduleRemoved', { id });
        return ok({ id });
      },
      undeleteSchedule: () => {
        shown?.client.push('schedule', birch);
        return ok(birch);
      },
    });
    await shown.user.click(screen.getByRole('button', { name: 'More for Birch' }));
    await shown.user.click(await screen.findByRole('menuitem', { name: 'Delete' }));
    await waitFor(() => expect(screen.queryByRole('row', { name: /Birch/ })).toBeNull());
    await shown.user.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(row('Birch')).toBeDefined());
    expect(shown.made('undeleteSchedule')).toEqual([{ id: 'birch' }]);
  });

  it('pauses one schedule until an instant it counts from the press', async () => {
    shown = await showWindow('#/schedules', snapshotOf(birch), {
      pause: () => ok({ id: 'birch', pause: { until: null, why: 'user' } }),
    });
    const beforeMs = Date.now();
    await shown.user.click(screen.getByRole('button', { name: 'More for Birch' }));
    await shown.user.click(await screen.findByRole('menuitem', { name: 'Pause for' }));
    await shown.user.click(await screen.findByRole('menuitem', { name: '1 hour' }));
    const [input] = shown.made('pause') as [{ readonly id: string; readonly until: string }];
    expect(input.id).toBe('birch');
    const aheadMs = Date.parse(input.until) - beforeMs;
    expect(aheadMs).toBeGreaterThan(3_590_000);
    expect(aheadMs).toBeLessThan(3_660_000);
  });

  it('pauses until a date of one’s own, and refuses one that has passed', async () => {
    shown = await showWindow('#/schedules', snapshotOf(birch), {
      pause: () => ok({ id: 'birch', pause: { until: null, why: 'user' } }),
    });
    await shown.user.click(screen.getByRole('button', { name: 'More for Birch' }));
    await shown.user.click(await screen.findByRole('menuitem', { name: 'Pause for' }));
    await shown.user.click(await screen.findByRole('menuitem', { name: 'Until a date…' }));
    const dialog = await screen.findByRole('dialog');
    const confirm = within(dialog).getByRole('button', { name: 'Pause until then' });
    expect(confirm).toHaveProperty('disabled', true);
    await shown.user.type(within(dialog).getByLabelText('Date'), '2020-01-06');
    await shown.user.type(within(dialog).getByRole('textbox', { name: /time/i }), '08:00');
    expect(await within(dialog).findByText(/has passed/)).toBeDefined();
    expect(confirm).toHaveProperty('disabled', true);
    await shown.user.clear(within(dialog).getByLabelText('Date'));
    await shown.user.type(within(dialog).getByLabelText('Date'), '2099-01-05');
    await shown.user.click(confirm);
    const until = new Date('2099-01-05T08:00').toISOString().replace('.000', '');
    expect(shown.made('pause')).toEqual([{ id: 'birch', until }]);
  });

  it('says plainly why a schedule paused itself, leads to the failure, and resumes it', async () => {
    const failure = anEntry(nowMs - 60_000, {
      cursor: '1.r7',
      run: 7,
      outcome: 'failed',
      message: 'The site answered 500.',
    });
    const paused = aView(nowMs, {
      id: 'birch',
      name: 'Birch',
      state: 'paused',
      nextRun: null,
      pause: { until: null, why: 'failures' },
      failures: 5,
      pausedBy: failure,
    });
    shown = await showWindow('#/schedules', snapshotOf(paused), {
      resume: () => ok({ id: 'birch', resumedAt: '2026-11-21T08:00:00Z' }),
    });
    await shown.user.click(within(row('Birch')).getByRole('button', { name: /why\?/ }));
    const why = await screen.findByRole('dialog', { name: 'Why not?' });
    expect(why.textContent).toContain(
      'Paused after 5 failures in a row: The site answered 500. Since',
    );
    expect(within(why).getByRole('link', { name: 'Show the last failure' })).toHaveProperty(
      'hash',
      '#/runs/r7',
    );
    await shown.user.click(within(why).getByRole('button', { name: 'Resume' }));
    expect(shown.made('resume')).toEqual([{ id: 'birch' }]);
  });

  it('says until when it is snoozed, and by whom', async () => {
    const until = toInstant(nowMs + 3_600_000);
    const since = toInstant(nowMs - 60_000);
    shown = await showWindow(
      '#/schedules',
      snapshotOf(
        aView(nowMs, {
          id: 'birch',
          name: 'Birch',
          state: 'paused',
          pause: { until, why: 'user', since },
        }),
      ),
    );
    const cell = within(row('Birch')).getByRole('button', { name: /why\?/ });
    expect(cell.textContent).toMatch(/^Snoozeduntil .* by you/);
    await shown.user.click(cell);
    expect((await screen.findByRole('dialog')).textContent).toMatch(
      /Snoozed by you until .*, since .*\. What comes due meanwhile is not made up for\./,
    );
  });

  it('leads from each bar of the strip to its story', async () => {
    const strip = [
      { outcome: 'success', reason: null, at: '2026-11-21T08:00:00Z', row: 'r1' },
      { outcome: 'skipped', reason: 'overlap', at: '2026-11-21T08:30:00Z', row: 's2' },
    ] as const;
    shown = await showWindow(
      '#/schedules',
      snapshotOf(aView(nowMs, { id: 'birch', name: 'Birch', strip: [...strip] })),
    );
    const bar = row('Birch').querySelector('[data-row="s2"] rect');
    await shown.user.click(bar ?? document.body);
    expect(window.location.hash).toBe('#/runs/s2');
  });

  it('names the hours each schedule keeps and where they come from', async () => {
    const own = { week: { mon: ['09:00-17:00'] } };
    const view = (id: string, hours: string, kept?: ScheduleView['document']['hours']) => {
      const { document } = aView(nowMs, { id });
      const withHours = kept === undefined ? document : { ...document, hours: kept };
      return aView(nowMs, { id, name: id, hours, document: withHours });
    };
    shown = await showWindow(
      '#/schedules',
      snapshotOf(
        view('alder', 'Office hours (default): Mon–Fri 09:00–17:00, except holidays of US-NY'),
        view('birch', 'Nights: every day 22:00–06:00', 'nights'),
        view('cedar', 'Mon 09:00–17:00', own),
        view('elm', 'Always', 'always'),
        view('fir', 'Always (default)'),
      ),
    );
    const words = (name: string): (string | null)[] =>
      [...within(row(name)).getByRole('rowheader').querySelectorAll('[title]')].map(
        (part) => part.textContent,
      );
    expect(['alder', 'birch', 'cedar', 'elm', 'fir'].map((name) => words(name).at(-1))).toEqual([
      'Office hours (default)',
      'Nights',
      'Own hours',
      'Always',
      'Always (default)',
    ]);
    await shown.user.click(within(row('cedar')).getByRole('button', { name: /why\?/ }));
    expect((await screen.findByRole('dialog')).textContent).toContain('Own hours: Mon 09:00–17:00');
  });

  it('says each state in words of its own', async () => {
    const state = (id: string, changes: Partial<ScheduleView>): ScheduleView =>
      aView(nowMs, { id, name: id, nextRun: null, ...changes });
    shown = await showWindow(
      '#/schedules',
      snapshotOf(
        state('alder', { state: 'running' }),
        state('birch', {
          state: 'paused',
          pause: { until: null, why: 'failures' },
          failures: 5,
          pausedBy: anEntry(nowMs, { outcome: 'failed', message: 'The site answered 500.' }),
        }),
        state('cedar', { state: 'paused', pause: { until: null, why: 'user' } }),
        state('elm', { state: 'never' }),
        state('fir', { state: 'quarantined' }),
        state('hazel', { state: 'off', enabled: false }),
      ),
    );
    const words = (name: string): string =>
      within(row(name)).getByRole('button', { name: /why\?/ }).textContent;
    expect(['alder', 'birch', 'cedar', 'elm', 'fir', 'hazel'].map(words)).toEqual([
      'Running nowno next runwhy?',
      'Paused after 5 failuresThe site answered 500.why?',
      'Pauseduntil you resume itwhy?',
      'Never runsevery 30 minuteswhy?',
      'Can’t be readedit or delete itwhy?',
      'Offevery 30 minuteswhy?',
    ]);
  });
});
