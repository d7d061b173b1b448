import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { scheduleSchema, type ScheduleInput } from '../../../../contract/schedule.ts';
import { EditorView } from '../../../../renderer/views/editor/EditorView.tsx';
import { ok } from '../../../support/fake-client.ts';
import { aView } from '../../../support/fake-data.ts';
import { aPreview, nowMs, show, strike, type Stage } from './stage.tsx';

afterEach(strike);

const posts: ScheduleInput = {
  id: 'posts',
  name: 'Posts',
  trigger: { kind: 'interval', every: '30m' },
  scrape: { kind: 'page', url: 'https://example.com/', fields: { title: 'h3' } },
};

function viewOf(input: ScheduleInput) {
  return aView(nowMs, { id: input.id, name: input.name, document: scheduleSchema.parse(input) });
}

const field = (name: string): HTMLElement =>
  screen.getByLabelText(name, { selector: 'input, textarea' });
const press = async ({ user }: Stage, role: 'radio' | 'button', name: string): Promise<void> => {
  await user.click(screen.getByRole(role, { name }));
};
const chip = (name: string): HTMLElement => screen.getByRole('button', { name, pressed: false });

/** Waits until main was last asked of a draft timed so. */
async function asked({ inputsOf }: Stage, times: Partial<ScheduleInput>): Promise<void> {
  await waitFor(() => {
    const { schedule } = inputsOf('previewSchedule').at(-1) as { schedule: ScheduleInput };
    const { trigger, after } = schedule;
    expect({ ...(trigger && { trigger }), ...(after && { after }) }).toEqual(times);
  });
}

const open = (input: ScheduleInput, more: readonly ScheduleInput[] = []): Promise<Stage> =>
  show(<EditorView schedule={input.id} />, { schedules: [input, ...more].map(viewOf) });

describe('editor/WhenSection, on days', () => {
  it('takes several times, typed the way one likes', async () => {
    const stage = await open(posts);
    await press(stage, 'radio', 'On days');
    await asked(stage, { trigger: { kind: 'calendar', at: ['09:00'] } });
    await press(stage, 'button', 'Add time');
    expect(document.activeElement).toBe(field('Time 2'));
    await stage.user.keyboard('230pm{Tab}');
    expect(field('Time 2')).toHaveProperty('value', '14:30');
    await asked(stage, { trigger: { kind: 'calendar', at: ['09:00', '14:30'] } });
    await press(stage, 'button', 'Remove 09:00');
    await asked(stage, { trigger: { kind: 'calendar', at: ['14:30'] } });
    expect(screen.queryByRole('button', { name: 'Remove 14:30' })).toBeNull();
  });

  it('unites weekdays, days of the month and nth weekdays, by the keyboard alone', async () => {
    const stage = await open({ ...posts, trigger: { kind: 'calendar', at: ['09:00'] } });
    const { user } = stage;
    screen.getByRole('button', { name: 'Every day', pressed: true }).focus();
    await user.keyboard('{ArrowRight} {ArrowRight} ');
    await asked(stage, { trigger: { kind: 'calendar', at: ['09:00'], on: ['mon', 'tue'] } });

    screen.getByRole('button', { name: 'Day of the month' }).focus();
    await user.keyboard('{Enter}');
    const days = await screen.findByRole('toolbar', { name: 'Days of the month' });
    within(days).getByRole('button', { name: 'the 1st' }).focus();
    await user.keyboard(' ');
    within(days).getByRole('button', { name: 'the last day' }).focus();
    await user.keyboard(' {Escape}');
    await waitFor(() => {
      expect(screen.queryByRole('dialog')).toBeNull();
    });

    screen.getByRole('button', { name: 'Nth weekday' }).focus();
    await user.keyboard('{Enter}');
    (await screen.findByRole('button', { name: 'the last Friday' })).focus();
    await user.keyboard(' ');
    screen.getByRole('button', { name: 'the first Monday' }).focus();
    await user.keyboard(' {Escape}');
    const on = ['mon', 'tue', 1, 'last', 'mon#1', 'fri#last'];
    await asked(stage, { trigger: { kind: 'calendar', at: ['09:00'], on } });

    await user.click(await screen.findByRole('button', { name: 'Remove the last day' }));
    await user.click(screen.getByRole('button', { name: 'Monday', pressed: true }));
    const rest = ['tue', 1, 'mon#1', 'fri#last'];
    await asked(stage, { trigger: { kind: 'calendar', at: ['09:00'], on: rest } });
    await user.click(chip('Every day'));
    await asked(stage, { trigger: { kind: 'calendar', at: ['09:00'] } });
  });

  it('keeps to chosen months, none chosen being all', async () => {
    const stage = await open({ ...posts, trigger: { kind: 'calendar', at: ['09:00'] } });
    await stage.user.click(chip('Jun'));
    await stage.user.click(chip('Jan'));
    await asked(stage, { trigger: { kind: 'calendar', at: ['09:00'], months: [1, 6] } });
    await stage.user.click(chip('Every month'));
    await asked(stage, { trigger: { kind: 'calendar', at: ['09:00'] } });
    expect(screen.getByText('No changes to save')).toBeDefined();
  });

  it('marks the time that is none', async () => {
    const stage = await open({ ...posts, trigger: { kind: 'calendar', at: ['09:00'] } });
    await stage.fill(field('Time 1'), 'noon');
    expect(field('Time 1').getAttribute('aria-invalid')).toBe('true');
    // At the field, and in the list of what is to finish.
    expect(screen.getAllByText('Write a time of day from 00:00 to 23:59')).toHaveLength(2);
  });
});

describe('editor/WhenSection, the other kinds', () => {
  it('shows the fields of each kind as it is stored, and saves nothing else', async () => {
    const stored: ScheduleInput = {
      ...posts,
      trigger: { kind: 'once', at: '2026-12-01T09:15' },
      jitter: '2m',
    };
    const stage = await show(
      <EditorView schedule="posts" />,
      { schedules: [viewOf(stored)] },
      { saveSchedule: () => ok(viewOf(stored)) },
    );
    const once = screen.getByRole('group', { name: 'Once' });
    expect(within(once).getByLabelText('Date')).toHaveProperty('value', '2026-12-01');
    await stage.fill(within(once).getByLabelText('Time'), '8');
    await stage.user.keyboard('{Control>}s{/Control}');
    await waitFor(() => {
      expect(stage.inputsOf('saveSchedule')).toEqual([
        {
          create: false,
          schedule: {
            ...scheduleSchema.parse(stored),
            trigger: { kind: 'once', at: '2026-12-01T08:00' },
          },
        },
      ]);
    });
  });

  it('begins a single time with one that isn’t over yet', async () => {
    const stage = await open(posts);
    await press(stage, 'radio', 'Once');
    await waitFor(() => {
      const { schedule } = stage.inputsOf('previewSchedule').at(-1) as { schedule: ScheduleInput };
      expect(schedule.trigger).toMatchObject({ kind: 'once' });
      const { at } = schedule.trigger as { at: string };
      expect(new Date(at).getTime()).toBeGreaterThan(Date.now());
    });
  });

  it('follows another schedule, never itself', async () => {
    const tenders = { ...posts, id: 'tenders', name: 'City tenders' };
    const stage = await open(posts, [tenders]);
    const { user } = stage;
    await press(stage, 'radio', 'After another');
    expect(
      screen.getByRole('button', { name: /choose the schedule it comes after/ }),
    ).toBeDefined();
    await user.click(screen.getByRole('combobox', { name: 'Schedule' }));
    const choices = await screen.findAllByRole('option');
    expect(choices.map((one) => one.textContent)).toEqual(['City tenderstenders']);
    await user.keyboard('{ArrowDown}{Enter}');
    await asked(stage, { after: { schedule: 'tenders' } });
    await press(stage, 'radio', 'it fails');
    await asked(stage, { after: { schedule: 'tenders', on: 'failure' } });
    await press(stage, 'radio', 'Every so often');
    await asked(stage, { trigger: { kind: 'interval', every: '30m' } });
  });

  it('shows at the field what main says of a chain', async () => {
    const rest: ScheduleInput = { ...posts };
    delete rest.trigger;
    const chained: ScheduleInput = { ...rest, after: { schedule: 'gone', on: 'change' } };
    await show(
      <EditorView schedule="posts" />,
      { schedules: [viewOf(chained)] },
      {
        previewSchedule: () =>
          ok(
            aPreview({ next: [], faults: [{ path: 'after', message: 'goes round in a circle' }] }),
          ),
      },
    );
    expect(screen.getByRole('combobox', { name: 'Schedule' })).toHaveProperty('value', 'gone');
    expect(await screen.findAllByText('Goes round in a circle')).toHaveLength(2);
  });

  it('explains cron’s grammar on demand', async () => {
    const stage = await open({ ...posts, trigger: { kind: 'cron', expression: '*/15 * * * *' } });
    await press(stage, 'button', 'What can be written?');
    const grammar = await screen.findByRole('dialog', { name: 'What can be written' });
    expect(within(grammar).getByText('the workday nearest to the 15th')).toBeDefined();
  });

  it('spreads the starts', async () => {
    const stage = await open(posts);
    await stage.user.click(screen.getByRole('button', { name: /^More\s?as usual/ }));
    await stage.fill(field('Spread by up to'), '90');
    await waitFor(() => {
      expect(stage.inputsOf('previewSchedule').at(-1)).toMatchObject({
        schedule: { jitter: '90s' },
      });
    });
  });
});
