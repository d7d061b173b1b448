import { afterEach, describe, expect, it } from 'vitest';
import type { MenuItemConstructorOptions } from 'electron';
import type { TroubleCode } from '../../../contract/troubles.ts';
import { boardOf, type Board } from '../../../main/desktop/board.ts';
import { shortTime, trayTemplate, trayView } from '../../../main/desktop/tray-menu.ts';
import { aSchedule } from '../../support/builders.ts';
import { openTestApp, type TestApp } from '../../support/test-app.ts';

const now = Date.parse('2026-11-20T08:00:00Z');
let opened: TestApp | null = null;

afterEach(async () => {
  await opened?.stop();
  opened = null;
});

/** The board of a real app, after what a test does to it. */
async function aBoard(act: (app: TestApp) => Promise<unknown>): Promise<Board> {
  opened = await openTestApp({ at: '2026-11-20T08:00:00Z', zone: 'UTC' });
  opened.app.start();
  await act(opened);
  return boardOf(await opened.call('getSnapshot', {}));
}

const noActions = {
  open: () => undefined,
  runNow: () => undefined,
  pause: () => undefined,
  resume: () => undefined,
  quit: () => undefined,
};

function labels(items: readonly MenuItemConstructorOptions[]): readonly unknown[] {
  return items.map(({ type, label, submenu }) => {
    if (type === 'separator') return '—';
    return Array.isArray(submenu) ? [label, labels(submenu)] : label;
  });
}

describe('desktop/tray-menu', () => {
  it('offers the menu of an empty Jackdaw', async () => {
    const view = trayView(await aBoard(async () => undefined), now);
    expect(view.state).toBe('idle');
    expect(labels(trayTemplate(view, noActions, () => now))).toEqual([
      'Open Jackdaw',
      '—',
      'Nothing is scheduled',
      '—',
      ['Run now', []],
      ['Pause for', ['30 minutes', '1 hour', '4 hours', '24 hours', 'Until I resume']],
      '—',
      'Quit Jackdaw',
    ]);
  });

  it('names the earliest next run, and lists the schedules by name', async () => {
    const board = await aBoard(async (test) => {
      const often = { kind: 'interval', every: '30m' } as const;
      const seldom = { kind: 'interval', every: '2h' } as const;
      await test.call('saveSchedule', {
        schedule: aSchedule({ id: 'z', name: 'Zoo & more', trigger: often }),
        create: true,
      });
      await test.call('saveSchedule', {
        schedule: aSchedule({ id: 'a', name: 'Ants', trigger: seldom }),
        create: true,
      });
    });
    const view = trayView(board, now);
    expect(view.lines).toEqual([`Next: Zoo & more, ${shortTime(now + 1_800_000, now, 'UTC')}`]);
    expect(view.schedules).toEqual([
      { id: 'a', name: 'Ants' },
      { id: 'z', name: 'Zoo & more' },
    ]);
    const runNow = trayTemplate(view, noActions, () => now).find(({ id }) => id === 'run-now');
    expect(labels(runNow?.submenu as MenuItemConstructorOptions[])).toEqual([
      'Ants',
      'Zoo && more',
    ]);
  });

  it('shows a pause of all with its end, and offers to resume instead', async () => {
    const board = await aBoard((test) => test.call('pause', { until: '2026-11-20T09:30:00Z' }));
    const view = trayView(board, now);
    expect([view.state, view.lines]).toEqual([
      'paused',
      [`Paused until ${shortTime(now + 5_400_000, now, 'UTC')}`],
    ]);
    const ids = trayTemplate(view, noActions, () => now).map(({ id }) => id);
    expect(ids).toContain('resume');
    expect(ids).not.toContain('pause');
  });

  it('shows what runs', async () => {
    const board = await aBoard(async (test) => {
      test.runner.answer = null;
      await test.call('saveSchedule', { schedule: aSchedule(), create: true });
      await test.call('startRun', { id: 'posts' });
      await test.clock.advance(100);
    });
    const view = trayView(board, now);
    expect([view.state, view.lines[1]]).toEqual(['running', 'Running: Posts']);
  });

  it('asks for a person where a page needs a look', async () => {
    const board = await aBoard(async (test) => {
      test.runner.answer = { afterMs: 10, report: { outcome: 'attention', reason: 'no-items' } };
      await test.call('saveSchedule', { schedule: aSchedule(), create: true });
      await test.clock.advance(1_900_000);
    });
    expect([trayView(board, now).state, trayView(board, now).lines.at(-1)]).toEqual([
      'attention',
      'Needs you: Posts',
    ]);
  });

  it('names who waits for a person and why, a few by name, and what was missed', async () => {
    const board = await aBoard(async (test) => {
      test.runner.answer = { afterMs: 10, report: { outcome: 'failed' } };
      for (const id of ['a', 'b', 'c', 'd'])
        await test.call('saveSchedule', {
          schedule: aSchedule({ id, name: id.toUpperCase(), pauseAfterFailures: 2 }),
          create: true,
        });
      await test.clock.advance(3_700_000);
      await test.call('saveSchedule', {
        schedule: aSchedule({ id: 'e', name: 'E', missed: { policy: 'skip' } }),
        create: true,
      });
      test.clock.sleep(3_700_000);
      await test.clock.advance(31_000);
    });
    expect(trayView(board, now).lines.slice(1)).toEqual([
      'Needs you: A (paused after 2 failures)',
      'Needs you: B (paused after 2 failures)',
      'Needs you: C (paused after 2 failures)',
      '1 more needs you',
      '1 schedule missed 2 slots',
    ]);
  });

  it('keeps names to one short line, whatever a file put into them', async () => {
    const board = await aBoard((test) =>
      test.call('saveSchedule', {
        schedule: aSchedule({ name: `Right\u202eto left ${'x'.repeat(80)}` }),
        create: true,
      }),
    );
    const [schedule] = trayView(board, now).schedules;
    expect(schedule?.name).toBe(`Right to left ${'x'.repeat(33)}…`);
  });

  it('pauses from the moment the item is chosen, not from when the menu was built', async () => {
    const chosen: (string | undefined)[] = [];
    const view = trayView(await aBoard(async () => undefined), now);
    const pause = (until: string | undefined): void => void chosen.push(until);
    let clock = now;
    const menu = trayTemplate(view, { ...noActions, pause }, () => clock);
    const items = menu.find(({ id }) => id === 'pause')?.submenu as MenuItemConstructorOptions[];
    clock += 600_000;
    for (const item of [items[1], items[4]]) (item?.click as (() => void) | undefined)?.();
    expect(chosen).toEqual(['2026-11-20T09:10:00Z', undefined]);
  });
});

describe('desktop/tray-menu, shortTime', () => {
  it('adds the weekday within a week, and the date beyond it', () => {
    const at = (text: string): string => shortTime(Date.parse(text), now, 'UTC');
    const time = at('2026-11-20T17:30:00Z');
    expect(time).toMatch(/^\d{1,2}[:.]30/);
    expect(at('2026-11-21T17:30:00Z')).toBe(`Sat ${time}`);
    expect(at('2026-12-21T17:30:00Z')).toMatch(/^(Dec 21|21 Dec) /);
    expect(shortTime(Date.parse('2026-11-20T23:30:00Z'), now, 'Europe/Berlin')).toMatch(/^Sat /);
  });

  it('says first what is wrong with the host, and no next run while nothing runs', async () => {
    const board = await aBoard(async () => undefined);
    const trouble = { message: '', remedy: '', since: '2026-11-20T08:00:00Z' };
    const withTroubles = (...codes: readonly TroubleCode[]): Board => ({
      ...board,
      host: { ...board.host, troubles: codes.map((code) => ({ code, ...trouble })) },
    });
    expect(trayView(withTroubles('disk-full', 'repaired'), now)).toMatchObject({
      state: 'attention',
      toolTip: 'Jackdaw\nThe disk is full: nothing runs',
      lines: ['The disk is full: nothing runs'],
    });
    expect(trayView(withTroubles('low-space'), now)).toMatchObject({
      state: 'attention',
      lines: ['Little disk space is left', 'Nothing is scheduled'],
    });
    // A repair is done: nobody need do anything.
    expect(trayView(withTroubles('repaired'), now)).toMatchObject({
      state: 'idle',
      lines: ['Nothing is scheduled'],
    });
  });
});
