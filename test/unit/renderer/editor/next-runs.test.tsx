import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { ExplainedTime, Preview } from '../../../../contract/preview.ts';
import { scheduleSchema, type ScheduleInput } from '../../../../contract/schedule.ts';
import { EditorView } from '../../../../renderer/views/editor/EditorView.tsx';
import { ok, type Answers } from '../../../support/fake-client.ts';
import { aView } from '../../../support/fake-data.ts';
import { aPreview, nowMs, show, strike, type Stage } from './stage.tsx';

afterEach(strike);

const stored: ScheduleInput = {
  id: 'posts',
  name: 'Posts',
  trigger: { kind: 'cron', expression: '*/30 * * * *' },
  scrape: { kind: 'page', url: 'https://example.com/', fields: { title: 'h3' } },
};
const document = scheduleSchema.parse(stored);

const field = (name: string): HTMLElement =>
  screen.getByLabelText(name, { selector: 'input, textarea' });
const step = (text: string) => ({ code: 'step', params: {}, text });

function open(preview: Partial<Preview>, answers: Answers = {}): Promise<Stage> {
  return show(
    <EditorView schedule="posts" />,
    { schedules: [aView(nowMs, { id: 'posts', name: 'Posts', document })] },
    { previewSchedule: () => ok(aPreview(preview)), ...answers },
  );
}

const changes: NonNullable<Preview['changes']> = {
  days: 14,
  before: { at: '2099-11-21T17:00:00Z', local: '2099-11-21T18:00:00+01:00' },
  after: { at: '2099-11-23T08:00:00Z', local: '2099-11-23T09:00:00+01:00' },
  kept: 100,
  added: 1,
  removed: 3,
  moved: 1,
  changes: [
    {
      kind: 'removed',
      at: '2099-11-21T17:00:00Z',
      local: '2099-11-21T18:00:00+01:00',
      from: null,
    },
    {
      kind: 'moved',
      at: '2099-11-23T08:00:00Z',
      local: '2099-11-23T09:00:00+01:00',
      from: { at: '2099-11-23T07:00:00Z', local: '2099-11-23T08:00:00+01:00' },
    },
  ],
  text: 'The next run moves from 18:00 to Monday 09:00.',
};

describe('editor/NextRuns', () => {
  it('tells why a run falls when it does, and when it starts where that is later', async () => {
    const { user } = await open({
      next: [
        {
          at: '2099-11-23T08:00:00Z',
          local: '2099-11-23T09:00:00+01:00',
          startAt: '2099-11-23T08:02:10Z',
          trace: ['every 30 minutes → 18:00', 'closed from 17:00', 'opens Monday 09:00'].map(step),
        },
      ],
    });
    const runs = await screen.findByRole('list', { name: 'Next runs' });
    const [line] = within(runs).getAllByRole('button');
    if (line === undefined) throw new Error('there is a slot');
    expect(line.textContent).toContain('starts 9:02:10');
    await user.click(line);
    expect(within(runs).getAllByText('opens Monday 09:00', { exact: false })).toHaveLength(2);
  });

  it('says what the edit changes once there is one, with the runs on demand', async () => {
    const { user, fill } = await open({ changes });
    await screen.findByRole('list', { name: 'Next runs' });
    expect(screen.queryByText(changes.text)).toBeNull();
    await fill(field('Cron expression'), '0 9 * * *');
    const note = screen.getByRole('region', { name: 'What this edit changes' });
    expect(within(note).getByText(changes.text)).toBeDefined();
    await user.click(within(note).getByRole('button', { name: 'Which runs' }));
    const lines = within(note).getByRole('list', { name: 'Runs that change' });
    expect(
      within(lines)
        .getAllByRole('listitem')
        .map((one) => one.textContent),
    ).toEqual([
      expect.stringMatching(/^RemovedNov 21, 2099 6:00\sPMin \d+ days$/),
      expect.stringMatching(/^MovedNov 23, 2099 8:00\sAM → Nov 23, 2099 9:00\sAMin \d+ days$/),
    ]);
    expect(within(note).getByText('and 3 more runs')).toBeDefined();
  });

  it('gives advice, warnings first, that leads to its field and keeps nothing from being saved', async () => {
    const { user, fill } = await open({
      advice: [
        {
          code: 'slow',
          level: 'hint',
          path: 'timeout',
          params: {},
          text: 'A run usually takes longer than this.',
        },
        {
          code: 'either',
          level: 'warning',
          path: 'trigger.expression',
          params: {},
          text: 'It runs on the 13th and on every Friday; write +FRI for both.',
        },
      ],
    });
    const advice = await screen.findByRole('region', { name: 'Advice' });
    expect(
      within(advice)
        .getAllByRole('listitem')
        .map((one) => one.textContent),
    ).toEqual([
      'Cron expressionIt runs on the 13th and on every Friday; write +FRI for both.',
      'Time limitA run usually takes longer than this.',
    ]);
    await user.click(within(advice).getByRole('button', { name: 'Cron expression' }));
    expect(globalThis.document.activeElement).toBe(field('Cron expression'));
    // What is folded opens first.
    await user.click(within(advice).getByRole('button', { name: 'Time limit' }));
    await waitFor(() => {
      expect(globalThis.document.activeElement).toBe(field('Time limit'));
    });
    await fill(field('Name'), 'Posts!');
    expect(screen.getByRole('button', { name: 'Save' })).toHaveProperty('disabled', false);
  });

  it('keeps the last runs in sight while the draft can’t be read', async () => {
    const { fill } = await show(
      <EditorView schedule="posts" />,
      { schedules: [aView(nowMs, { id: 'posts', name: 'Posts', document })] },
      {
        previewSchedule: ({ schedule }) => {
          const { trigger } = schedule as ScheduleInput;
          const isGood = trigger?.kind === 'cron' && trigger.expression === '*/30 * * * *';
          return ok(
            isGood
              ? aPreview()
              : aPreview({
                  trigger: '',
                  timezone: '',
                  next: [],
                  faults: [{ path: 'trigger.expression', message: 'has 4 fields' }],
                }),
          );
        },
      },
    );
    const runs = await screen.findByRole('list', { name: 'Next runs' });
    await fill(field('Cron expression'), '*/30 * * *');
    expect(await screen.findByText('as before; the draft can’t be read yet')).toBeDefined();
    expect(runs.isConnected).toBe(true);
    await fill(field('Cron expression'), '*/30 * * * *');
    await waitFor(() => {
      expect(screen.queryByText('as before; the draft can’t be read yet')).toBeNull();
    });
  });

  it('tells the next clock changes where there are any', async () => {
    const { user } = await open({
      clockChanges: [
        {
          at: '2027-03-28T01:00:00Z',
          from: '2027-03-28T02:00',
          to: '2027-03-28T03:00',
          kind: 'forward',
          times: [
            {
              local: '2027-03-28T02:30',
              effect: 'vanishes',
              at: [],
              text: '02:30 does not exist that day.',
            },
          ],
          more: 2,
          text: 'On Sunday 28 March the clock jumps from 02:00 to 03:00.',
        },
      ],
    });
    await user.click(await screen.findByRole('button', { name: /Next clock changes.*3 times/ }));
    const list = screen.getByRole('list', { name: 'Next clock changes' });
    expect(list.textContent).toBe(
      'On Sunday 28 March the clock jumps from 02:00 to 03:00.' +
        '02:30 does not exist that day.and 2 more times',
    );
  });

  it('has no word of clock changes where none comes', async () => {
    await open({});
    await screen.findByRole('list', { name: 'Next runs' });
    expect(screen.queryByRole('button', { name: /Next clock changes/ })).toBeNull();
  });
});

describe('editor/NextRuns, why not then', () => {
  const closed: ExplainedTime = {
    local: '2026-11-26T10:00',
    at: ['2026-11-26T09:00:00Z'],
    runs: false,
    why: ['every 30 minutes includes 10:00', 'closed: Thanksgiving Day'].map(step),
    before: { at: '2099-11-25T16:00:00Z', local: '2099-11-25T17:00:00+01:00', trace: [] },
    after: null,
  };
  const ask = async ({ user, fill }: Stage, date: string, time: string): Promise<HTMLElement> => {
    await screen.findByRole('list', { name: 'Next runs' });
    await user.click(screen.getByRole('button', { name: 'Why not then?' }));
    const question = screen.getByRole('group', { name: 'Time to ask about' });
    await fill(within(question).getByLabelText('Date'), date);
    await fill(within(question).getByLabelText('Time'), time);
    return question;
  };

  it('asks about the draft as it stands, and again as it changes', async () => {
    const stage = await open({}, { explainTime: () => ok(closed) });
    await ask(stage, '2026-11-26', '10');
    expect(await screen.findByText('It doesn’t run then')).toBeDefined();
    expect(screen.getByText('closed: Thanksgiving Day')).toBeDefined();
    expect(screen.getByText('none')).toBeDefined();
    expect(stage.inputsOf('explainTime').at(-1)).toEqual({
      schedule: document,
      at: '2026-11-26T10:00',
    });
    await stage.fill(field('Cron expression'), '0 9 * * *');
    await waitFor(() => {
      expect(stage.inputsOf('explainTime').at(-1)).toMatchObject({
        schedule: { trigger: { expression: '0 9 * * *' } },
      });
    });
  });

  it('asks nothing of half a time, and says a refusal in words', async () => {
    const stage = await open(
      {},
      { explainTime: () => ({ ok: false, code: 'busy', message: 'The host is busy.' }) },
    );
    await ask(stage, '2026-11-26', '');
    expect(screen.getByText(/Give a date and a time/)).toBeDefined();
    expect(stage.inputsOf('explainTime')).toEqual([]);
    await stage.fill(field('Time'), '10:15');
    expect(await screen.findByText('The host is busy.')).toBeDefined();
  });
});
