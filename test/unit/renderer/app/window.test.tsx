import { act, cleanup, render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ViewBoundary } from '../../../../renderer/app/ViewBoundary.tsx';
import { setConnection } from '../../../../renderer/state/use-host.ts';
import { ok } from '../../../support/fake-client.ts';
import { aHost, anEmptySnapshot, anEntry, aView } from '../../../support/fake-data.ts';
import { showWindow, type ShownWindow } from '../../../support/show-window.tsx';

const nowMs = Date.now();
let shown: ShownWindow | null = null;

afterEach(() => {
  shown?.close();
  shown = null;
  cleanup();
  vi.restoreAllMocks();
});

describe('renderer/app', () => {
  it('says what runs, and what comes next', async () => {
    shown = await showWindow(
      '#/schedules',
      anEmptySnapshot(nowMs, {
        schedules: [aView(nowMs)],
        runs: [anEntry(nowMs, { state: 'running', outcome: null })],
      }),
    );
    const strip = screen.getByRole('group', { name: 'State of Jackdaw' });
    expect(strip.textContent).toMatch(/^Flink blog is runningNextFlink blogin \d/);
  });

  it('says that all is paused, and resumes it', async () => {
    shown = await showWindow(
      '#/schedules',
      anEmptySnapshot(nowMs, { host: aHost(nowMs, { pause: { until: null, why: 'user' } }) }),
      { resume: () => ok({ id: null, resumedAt: '2026-11-21T08:00:00Z' }) },
    );
    expect(screen.getByRole('status', { name: 'State of Jackdaw' }).textContent).toBe(
      'All schedules are paused until you resume them.',
    );
    await shown.user.click(screen.getByRole('button', { name: 'Resume all' }));
    expect(shown.made('resume')).toEqual([{}]);
  });

  it('names the other Jackdaw where that one leads', async () => {
    const leader = {
      host: 'electron',
      pid: 812,
      version: '0.1.0',
      since: '2026-11-21T08:00:00Z',
    } as const;
    shown = await showWindow(
      '#/schedules',
      anEmptySnapshot(nowMs, { host: aHost(nowMs, { running: false, leader }) }),
    );
    expect(screen.getByRole('status', { name: 'State of Jackdaw' }).textContent).toContain(
      'Another Jackdaw leads this data folder: the desktop app, process 812.',
    );
  });

  it('says when the connection is lost, keeps what it shows, and says so no more when it stands', async () => {
    shown = await showWindow('#/schedules', anEmptySnapshot(nowMs, { schedules: [aView(nowMs)] }));
    act(() => setConnection('lost'));
    expect(screen.getByText('The connection to Jackdaw is lost.')).toBeDefined();
    expect(screen.getByRole('row', { name: /Flink blog/ })).toBeDefined();
    act(() => setConnection('connected'));
    expect(screen.queryByText('The connection to Jackdaw is lost.')).toBeNull();
  });

  it('finds its way by links whose current one is marked', async () => {
    shown = await showWindow('#/schedules', anEmptySnapshot(nowMs), {
      listRuns: () => ok({ entries: [], next: null }),
    });
    expect(screen.getByRole('link', { current: 'page' }).textContent).toBe('Schedules');
    await shown.user.click(screen.getByRole('link', { name: 'Runs' }));
    expect(await screen.findByRole('heading', { name: 'Runs' })).toBeDefined();
    expect(await screen.findByText('Nothing has run yet')).toBeDefined();
    expect(screen.getByRole('link', { current: 'page' }).textContent).toBe('Runs');
  });
});

describe('renderer/app/view-boundary', () => {
  beforeEach(() => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
  });

  it('says so in a view’s place when it can’t be drawn, and draws it again when asked', async () => {
    let isBroken = true;
    function Fragile(): ReactNode {
      if (isBroken) throw new Error('No feathers');
      return 'All is well';
    }
    render(
      <ViewBoundary name="the runs">
        <Fragile />
      </ViewBoundary>,
    );
    expect(screen.getByRole('alert').textContent).toContain('Jackdaw couldn’t draw the runs');
    expect(screen.getByRole('alert').textContent).toContain('No feathers');
    isBroken = false;
    await act(async () => screen.getByRole('button', { name: 'Draw it again' }).click());
    expect(screen.getByText('All is well')).toBeDefined();
  });
});
