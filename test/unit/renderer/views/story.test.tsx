import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { toInstant } from '../../../../contract/time.ts';
import type { Story } from '../../../../contract/story.ts';
import { ok, type Answers } from '../../../support/fake-client.ts';
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

const birch = aView(nowMs);
const snapshot = anEmptySnapshot(nowMs, { schedules: [birch] });

/** What a test holds of the open window. */
interface Opened extends Pick<ShownWindow, 'user' | 'client'> {
  /** The inputs of the calls of one name so far. */
  readonly made: (name: string) => readonly unknown[];
}

/** Opens the page of a story. */
async function open(story: Story, answers: Answers = {}): Promise<Opened> {
  const opened = await showWindow(`#/runs/${story.row}`, snapshot, {
    getStory: () => ok(story),
    getRunLog: () => ok([]),
    ...answers,
  });
  shown = opened;
  await screen.findByRole('heading', { level: 1, name: story.scheduleName });
  return { user: opened.user, client: opened.client, made: (name) => opened.made(name) };
}

function fact(name: string): string | null {
  const term = screen.queryByText(name, { selector: 'dt' });
  return term?.nextElementSibling?.textContent ?? null;
}

describe('renderer/views/runs, a story', () => {
  it('shows a run’s log as it grows, and cancels it', async () => {
    const entry = anEntry(nowMs, {
      cursor: '1.r9',
      run: 9,
      state: 'running',
      outcome: null,
      counts: null,
    });
    const lines = ['GET https://flink.apache.org/posts/: 200, 10 rows'];
    const { user, client, made } = await open(aStory(entry), {
      getRunLog: () =>
        ok(lines.map((message) => ({ at: '2026-11-21T08:00:00Z', level: 'info', message }))),
      cancelRun: () => ok(entry),
    });
    await screen.findByText(/posts\/: 200/);
    lines.push('GET https://flink.apache.org/posts/page/2/: 200, 10 rows');
    client.push('run', { ...entry, counts: someCounts({ pages: 2, rows: 20 }) });
    expect(await screen.findByText(/page\/2\/: 200/)).toBeDefined();
    // Its progress is no other story.
    expect(made('getStory')).toHaveLength(1);
    await user.click(screen.getByRole('button', { name: 'Cancel run' }));
    expect(made('cancelRun')).toEqual([{ run: 9 }]);
    client.push('run', { ...entry, state: 'ended', outcome: 'cancelled' });
    expect(await screen.findByText('Cancelled')).toBeDefined();
  });

  it('says while it loads, and that a row isn’t there without offering to try again', async () => {
    const answer = Promise.withResolvers<ReturnType<typeof refusal>>();
    const refusal = () =>
      ({ ok: false, code: 'not-found', message: 'There is no row r404.' }) as const;
    shown = await showWindow('#/runs/r404', snapshot, {
      getStory: () => answer.promise,
      getRunLog: () => ok([]),
    });
    expect(screen.getByRole('status', { name: 'Loading its story' })).toBeDefined();
    answer.resolve(refusal());
    expect(await screen.findByText('There is no row r404.')).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  it('offers to try again what failed', async () => {
    let isWell = false;
    const story = aStory(anEntry(nowMs));
    shown = await showWindow('#/runs/r1', snapshot, {
      getStory: () =>
        isWell ? ok(story) : { ok: false, code: 'internal', message: 'Jackdaw failed.' },
      getRunLog: () => ok([]),
    });
    await screen.findByText('Jackdaw failed.');
    isWell = true;
    await shown.user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'Flink blog' })).toBeDefined();
  });

  it('tells the attempts with their waits, and measures the run by the usual one', async () => {
    const first = anEntry(nowMs - 60_000, {
      cursor: '1.r1',
      outcome: 'failed',
      message: 'The site answered 500.',
      durationMs: 2_000,
    });
    const second = anEntry(nowMs - 20_000, {
      cursor: '2.r2',
      run: 2,
      attempt: 2,
      cause: 'retry',
      durationMs: 20_000,
    });
    await open(
      aStory(second, {
        usual: { runMs: 10_000, pages: 3 },
        attempts: [
          { row: 'r1', entry: first, waitedMs: null },
          { row: 'r2', entry: second, waitedMs: 30_000 },
        ],
        followed: [{ code: 'chained', text: 'Elm came after it.', row: 'r3', outcome: 'success' }],
      }),
    );
    const attempts = screen.getByRole('region', { name: 'Attempts' });
    const [one, two] = within(attempts).getAllByRole('listitem');
    expect(one?.textContent).toContain('The site answered 500.');
    expect(within(attempts).getByRole('link', { name: 'Attempt 1' })).toHaveProperty(
      'hash',
      '#/runs/r1',
    );
    expect(two?.textContent).toContain('after a wait of 30 s');
    expect(two?.getAttribute('aria-current')).toBe('true');
    expect(fact('Took')).toBe('20 s2.0 × the usual 10 s');
    const followed = screen.getByRole('region', { name: 'What followed' });
    expect(followed.textContent).toContain('Elm came after it. It ended: success.');
    expect(within(followed).getByRole('link', { name: 'Show run 3' })).toBeDefined();
  });

  it('tells the plan as it was then, and that it was changed since', async () => {
    const at = toInstant(nowMs);
    const story = aStory(anEntry(nowMs, { cursor: '1.r1' }));
    if (story.slot === null || story.plan === null) throw new Error('a slot has a plan');
    await open({
      ...story,
      slot: {
        ...story.slot,
        startAt: toInstant(nowMs + 90_000),
        lateMs: 125_000,
        window: { opened: { at, local: '' }, closes: null },
      },
      plan: { ...story.plan, outside: 'defer', jitter: '5m', isCurrent: false },
    });
    const why = screen.getByRole('region', { name: 'Why then?' });
    expect(why.textContent).toContain('every 30 minutes → 09:00');
    expect(why.textContent).toContain('by up to 5m: it was to start at');
    expect(why.textContent).toContain('put off to the opening');
    expect(why.textContent).toContain('were changed since');
    expect(fact('Started')).toContain('2 min late');
  });

  it('says what stood in the way, leads there, and offers what one can do', async () => {
    const { user, made } = await open(
      aStory(aStill(nowMs, 'skipped', 'overlap'), {
        told: [
          {
            code: 'overlap',
            text: 'The run before it was still going on: it ran from 09:30 to 10:10.',
            row: 'r1',
          },
        ],
        remedies: ['run-now', 'overlap', 'grace', 'page'],
      }),
      {
        getSchedule: () => ok(birch),
        startRun: () => ok(anEntry(nowMs, { cursor: '5.r5', run: 5, state: 'queued' })),
      },
    );
    expect(screen.getByText(/it ran from 09:30 to 10:10/)).toBeDefined();
    expect(screen.getByRole('link', { name: 'Show run 1' })).toHaveProperty('hash', '#/runs/r1');
    expect(screen.queryByRole('region', { name: 'Log' })).toBeNull();
    expect(fact('Took')).toBeNull();
    const remedies = within(screen.getByRole('group', { name: 'What you can do' }));
    await user.click(remedies.getByRole('button', { name: 'Run now' }));
    await waitFor(() => expect(window.location.hash).toBe('#/runs/r5'));
    expect(made('startRun')).toEqual([{ id: 'flink-posts' }]);
    await user.click(await screen.findByRole('button', { name: 'Change its grace' }));
    expect(window.location.hash).toBe('#/edit/flink-posts?field=missed.grace');
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Grace'));
  });

  it('offers nothing about a schedule that is gone', async () => {
    await open(
      aStory(aStill(nowMs, 'missed', 'asleep'), { schedule: 'gone', remedies: ['run-now'] }),
    );
    expect(screen.queryByRole('group', { name: 'What you can do' })).toBeNull();
  });

  it('is told anew when its schedule changes, and when a chain follows', async () => {
    const { client, made } = await open(aStory(anEntry(nowMs)));
    client.push('schedule', { ...birch, id: 'another' });
    client.push('run', anEntry(nowMs, { cursor: '3.r3', run: 3, schedule: 'another' }));
    client.push('schedule', { ...birch, failures: 1 });
    await waitFor(() => expect(made('getStory')).toHaveLength(2));
    client.push('run', anEntry(nowMs, { cursor: '4.r4', run: 4, cause: 'chain' }));
    await waitFor(() => expect(made('getStory')).toHaveLength(3));
  });
});
