import { act, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Status } from '../../../../contract/views.ts';
import { toInstant } from '../../../../contract/time.ts';
import { ok } from '../../../support/fake-client.ts';
import { aHost, aLivedInSnapshot, anEmptySnapshot } from '../../../support/fake-data.ts';
import { showWindow, type ShownWindow } from '../../../support/show-window.tsx';

const nowMs = Date.parse('2026-11-20T08:00:00Z');
let shown: ShownWindow | null = null;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: nowMs });
});
afterEach(() => {
  shown?.close();
  shown = null;
  vi.useRealTimers();
  hide(false);
});

function hide(hidden: boolean): void {
  Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
}

function aStatus(changes: Partial<Status> = {}): Status {
  return {
    running: true,
    paused: null,
    leader: { host: 'headless', pid: 4711, version: '0.1.0', since: toInstant(nowMs) },
    startedAt: toInstant(nowMs - 3 * 3_600_000),
    lastTickAt: toInstant(nowMs - 12_000),
    lagMs: 3,
    queue: 2,
    runningRuns: 1,
    last24h: { runs: 48, failed: 1, medianMs: 26_400, p99LatenessMs: 210 },
    databaseBytes: 12_400_000,
    tz: '2026c',
    schedules: [
      {
        id: 'flink-posts',
        name: 'Flink blog',
        enabled: true,
        state: 'waiting',
        trigger: 'every 30 minutes',
        nextRunAt: toInstant(nowMs + 30 * 60_000),
        why: 'every 30 minutes → 09:30',
        lastRunAt: toInstant(nowMs - 4 * 60_000),
        lastOutcome: 'success',
      },
      {
        id: 'gone-again',
        name: 'Gone again',
        enabled: true,
        state: 'quarantined',
        trigger: 'every day',
        nextRunAt: null,
        why: 'set aside: no zone Mars/Base; edit the schedule',
        lastRunAt: null,
        lastOutcome: null,
      },
    ],
    ...changes,
  };
}

/** The figures as they stand: name and value. */
function figures(): Readonly<Record<string, string | null>> {
  return Object.fromEntries(
    screen
      .getAllByRole('term')
      .map((term) => [term.textContent, term.nextElementSibling?.textContent ?? null]),
  );
}

describe('renderer/views/status', () => {
  it('shows what the scheduler says of itself', async () => {
    shown = await showWindow('#/status', aLivedInSnapshot(nowMs), {
      getStatus: () => ok(aStatus()),
    });
    await screen.findByText('Running');
    expect(figures()).toEqual({
      Scheduler: 'Running',
      Leader: 'Headless host, process 4711',
      Since: '3 h ago',
      'Last tick': '12 s ago',
      Lag: '3 ms',
      Now: '1 run going on, 2 waiting',
      'Last 24 hours': '48 runs, 1 failed',
      'Half of them took at most': '26 s',
      '99 of 100 started late by at most': '210 ms',
      Database: '12.4 MB',
      'Zone data': '2026c',
      Troubles: 'None',
    });
    const row = screen.getByRole('row', { name: /Flink blog/ });
    expect(within(row).getByText('every 30 minutes → 09:30')).toBeDefined();
    expect(within(row).getByText('in 30 min')).toBeDefined();
    expect(within(row).getByRole('link', { name: 'Flink blog' })).toBeDefined();
    const aside = screen.getByRole('row', { name: /Gone again/ });
    expect(within(aside).getByText('Set aside')).toBeDefined();
    expect(within(aside).getByText(/Mars\/Base/)).toBeDefined();
    // It isn't among the schedules of this window, so there is nothing to lead to.
    expect(within(aside).queryByRole('link')).toBeNull();
  });

  it('says that nothing runs, and how many things are wrong', async () => {
    const trouble = { message: 'Full.', remedy: 'Free some.', since: toInstant(nowMs) };
    shown = await showWindow(
      '#/status',
      anEmptySnapshot(nowMs, {
        host: aHost(nowMs, { troubles: [{ code: 'disk-full', ...trouble }] }),
      }),
      {
        getStatus: () =>
          ok(aStatus({ running: false, lastTickAt: null, lagMs: null, schedules: [] })),
      },
    );
    await screen.findByText('Not running');
    expect(figures()).toMatchObject({
      'Last tick': 'None yet',
      Lag: 'Not known yet',
      Troubles: '1, named above',
    });
    // The host still runs: the list is empty because there are none.
    expect(screen.getByRole('heading', { name: 'No schedules' })).toBeDefined();
  });

  it('says why there is none, and asks again when told to', async () => {
    let refuses = true;
    shown = await showWindow('#/status', aLivedInSnapshot(nowMs), {
      getStatus: () =>
        refuses ? { ok: false, code: 'busy', message: 'The host is away.' } : ok(aStatus()),
    });
    expect(await screen.findByText('The host is away.')).toBeDefined();
    refuses = false;
    await shown.user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Running')).toBeDefined();
  });

  it('asks anew after an event, and every 5 s; not at all while the window is hidden', async () => {
    let lagMs = 1;
    shown = await showWindow('#/status', aLivedInSnapshot(nowMs), {
      getStatus: () => ok(aStatus({ lagMs })),
    });
    await screen.findByText('1 ms');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: nowMs });
    const asked = (): number => shown?.made('getStatus').length ?? 0;
    const pass = (ms: number): Promise<unknown> => act(() => vi.advanceTimersByTimeAsync(ms));
    const first = asked();

    lagMs = 2;
    shown.client.push('host', aHost(nowMs));
    shown.client.push('host', aHost(nowMs));
    await pass(301);
    expect(asked()).toBe(first + 1);
    expect(screen.getByText('2 ms')).toBeDefined();
    await pass(5_000);
    expect(asked()).toBe(first + 2);

    hide(true);
    document.dispatchEvent(new Event('visibilitychange'));
    await pass(60_000);
    shown.client.push('host', aHost(nowMs));
    await pass(60_000);
    expect(asked()).toBe(first + 2);
    hide(false);
    document.dispatchEvent(new Event('visibilitychange'));
    await pass(1);
    expect(asked()).toBe(first + 3);
    vi.useRealTimers();
    await waitFor(() => expect(screen.getByText('2 ms')).toBeDefined());
  });
});
