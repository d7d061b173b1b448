import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { toInstant } from '../../../../contract/time.ts';
import type { WakeLine, WakeReview } from '../../../../contract/wake.ts';
import { ok, type Answers } from '../../../support/fake-client.ts';
import { aHost, anEmptySnapshot, anEntry, aView } from '../../../support/fake-data.ts';
import { showWindow, type ShownWindow } from '../../../support/show-window.tsx';

const nowMs = Date.now();
let shown: ShownWindow | null = null;

afterEach(() => {
  shown?.close();
  shown = null;
});

function line(id: string, changes: Partial<WakeLine> = {}): WakeLine {
  return {
    schedule: id,
    name: id,
    slots: 4,
    from: toInstant(nowMs - 7_200_000),
    to: toInstant(nowMs - 1_800_000),
    runs: 0,
    row: 's1',
    outcome: 'missed',
    reason: 'closed',
    startedAt: null,
    ...changes,
  };
}

const lines = [
  line('alder', {
    runs: 1,
    row: 'r1',
    outcome: 'success',
    reason: null,
    startedAt: toInstant(nowMs),
  }),
  line('birch'),
  line('cedar', { reason: 'past-grace' }),
  line('elm', { runs: 4, outcome: 'success' }),
  line('fir', { reason: 'asleep', slots: 1, from: toInstant(nowMs), to: toInstant(nowMs) }),
];

const review: WakeReview = {
  from: toInstant(nowMs - 7_200_000),
  until: toInstant(nowMs),
  cause: 'asleep',
  schedules: 6,
  slots: 23,
  lines,
};

/** What a test holds of the open window. */
interface Opened extends Pick<ShownWindow, 'user' | 'client'> {
  /** The inputs of the calls of one name so far. */
  readonly made: (name: string) => readonly unknown[];
}

async function open(told: WakeReview | null, answers: Answers = {}): Promise<Opened> {
  const schedules = lines.map(({ schedule: id }) => aView(nowMs, { id, name: id }));
  const host = aHost(nowMs, { review: told });
  const opened = await showWindow(
    '#/schedules',
    anEmptySnapshot(nowMs, { host, schedules }),
    answers,
  );
  shown = opened;
  return { user: opened.user, client: opened.client, made: (name) => opened.made(name) };
}

function lineOf(name: string): HTMLElement {
  const list = within(screen.getByRole('list', { name: 'Missed' }));
  return list.getByRole('link', { name }).closest('li') as HTMLElement;
}

describe('renderer/views/schedules, the wake review', () => {
  it('isn’t there while nothing was missed, and comes and goes with the host', async () => {
    const { client } = await open(null);
    expect(screen.queryByText(/missed/)).toBeNull();
    client.push('host', aHost(nowMs, { review }));
    expect(await screen.findByText('6 schedules missed 23 slots')).toBeDefined();
    client.push('host', aHost(nowMs));
    await waitFor(() => expect(screen.queryByText(/missed/)).toBeNull());
  });

  it('says what was missed and what was done, a few lines first', async () => {
    const { user } = await open(review);
    expect(screen.getByRole('status', { name: '' }).textContent).toContain(
      'while the computer slept',
    );
    expect(lineOf('alder').textContent).toContain('the newest ran');
    expect(lineOf('birch').textContent).toContain('nothing ran: its hours had closed');
    expect(lineOf('cedar').textContent).toContain('nothing ran: it was too late by then');
    expect(screen.queryByRole('link', { name: 'elm' })?.closest('li') ?? null).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Show the other 2' }));
    expect(lineOf('elm').textContent).toContain('4 runs made up for them');
    expect(lineOf('fir').textContent).toContain('nothing ran: they are let go');
    expect(screen.getByText(/1 more schedule missed slots/)).toBeDefined();
    expect(within(lineOf('alder')).getByRole('link')).toHaveProperty('hash', '#/runs/r1');
  });

  it('runs one now, and says that it runs', async () => {
    const queued = anEntry(nowMs, { run: 9, schedule: 'birch', state: 'queued', outcome: null });
    const { user, made, client } = await open(review, {
      getSchedule: ({ id }) => ok(aView(nowMs, { id, name: id })),
      startRun: () => ok(queued),
    });
    await user.click(within(lineOf('birch')).getByRole('button', { name: 'Run birch now' }));
    await waitFor(() => expect(made('startRun')).toEqual([{ id: 'birch' }]));
    client.push('run', queued);
    await within(lineOf('birch')).findByText('Running');
  });

  it('remembers what becomes of missed slots next time', async () => {
    const { user, made } = await open(review, {
      setMissed: ({ id }) => ok(aView(nowMs, { id, name: id })),
    });
    await user.click(screen.getByRole('button', { name: 'Next time for birch: the newest runs' }));
    await user.click(await screen.findByRole('menuitem', { name: /Run none/ }));
    expect(made('setMissed')).toEqual([{ id: 'birch', policy: 'skip' }]);
    expect(await screen.findByText('birch: next time none runs.')).toBeDefined();
  });

  it('is put away', async () => {
    const { user, made } = await open(review, { dismissNotice: (input) => ok(input) });
    await user.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(made('dismissNotice')).toEqual([{ notice: 'wake-review' }]);
  });
});
