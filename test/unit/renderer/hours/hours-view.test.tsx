import { act, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { HoursProfile } from '../../../../contract/hours.ts';
import { defaultSettings } from '../../../../contract/settings.ts';
import { HoursView } from '../../../../renderer/views/hours/HoursView.tsx';
import { ok } from '../../../support/fake-client.ts';
import { aView } from '../../../support/fake-data.ts';
import { nowMs, show, strike } from '../editor/stage.tsx';

afterEach(strike);

const office: HoursProfile = {
  id: 'office',
  name: 'Office hours',
  week: { mon: ['09:00-17:00'] },
  closed: { holidays: 'US-NY' },
};
const hours = [{ profile: office, usedBy: ['posts'] }];
const posts = aView(nowMs, { id: 'posts', name: 'Posts' });

const field = (name: string): HTMLElement => screen.getByLabelText(name, { selector: 'input' });
const save = (): HTMLElement => screen.getByRole('button', { name: 'Save' });

describe('hours/HoursView', () => {
  it('saves new overnight hours exactly as they were typed', async () => {
    const { user, fill, inputsOf } = await show(
      <HoursView />,
      {},
      { saveHours: ({ profile }) => ok({ profile, usedBy: [] }) },
    );
    const [first] = screen.getAllByRole('button', { name: 'New hours' });
    if (first === undefined) throw new Error('there is a button for new hours');
    await user.click(first);
    expect(save()).toHaveProperty('disabled', true);
    expect(screen.getByText('Give it a name', { selector: 'span' })).toBeDefined();
    await fill(field('Name'), 'Night shift');
    await user.click(screen.getByRole('button', { name: 'Business hours' }));
    await fill(field('Monday opens'), '10pm');
    await fill(field('Monday closes'), '6');
    await user.click(screen.getByRole('button', { name: 'Copy Monday to other days' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Friday' }));
    for (const day of ['Tuesday', 'Wednesday', 'Thursday'])
      await user.click(screen.getByRole('button', { name: `Remove ${day}` }));
    await user.click(save());
    await waitFor(() => {
      expect(inputsOf('saveHours')).toEqual([
        {
          create: true,
          profile: {
            id: 'night-shift',
            name: 'Night shift',
            week: { mon: ['22:00-06:00'], fri: ['22:00-06:00'] },
          },
        },
      ]);
    });
  });

  it('takes several windows a day, overnight and until 24:00, by the keyboard alone', async () => {
    const { user, inputsOf } = await show(
      <HoursView />,
      { hours },
      { saveHours: ({ profile }) => ok({ profile, usedBy: [] }) },
    );
    const closes = field('Monday closes');
    closes.focus();
    await user.keyboard('{Control>}a{/Control}12{Tab}');
    expect(closes).toHaveProperty('value', '12:00');
    screen.getByRole('button', { name: 'Add a window on Monday' }).focus();
    await user.keyboard('{Enter}');
    const [opens2, closes2] = [field('Monday window 2 opens'), field('Monday window 2 closes')];
    expect(opens2).toHaveProperty('value', '13:00');
    opens2.focus();
    await user.keyboard('{Shift>}{ArrowUp}{/Shift}{Tab}');
    expect(document.activeElement).toBe(closes2);
    await user.keyboard('{Control>}a{/Control}24{Tab}');
    screen.getByRole('button', { name: 'Add a window on Sunday' }).focus();
    await user.keyboard('{Enter}');
    field('Sunday opens').focus();
    await user.keyboard('{Control>}a{/Control}10pm{Tab}{Control>}a{/Control}2{Tab}');
    expect(screen.getByText(/closes on the next day/)).toBeDefined();
    await user.click(save());
    await waitFor(() => {
      expect(inputsOf('saveHours')).toEqual([
        {
          create: false,
          profile: {
            ...office,
            week: { mon: ['09:00-12:00', '14:00-24:00'], sun: ['22:00-02:00'] },
          },
        },
      ]);
    });
  });

  it('saves an excluded date beside the holidays chosen before', async () => {
    const { user, fill, inputsOf } = await show(
      <HoursView />,
      { hours, schedules: [posts] },
      { saveHours: ({ profile }) => ok({ profile, usedBy: ['posts'] }) },
    );
    expect(screen.getByRole('option', { name: 'Office hours' }).textContent).toContain(
      'Mon 09:00–17:00; not on holidays of US-NY',
    );
    await fill(field('Date to exclude'), '2026-12-24');
    await user.click(screen.getByRole('button', { name: 'Exclude' }));
    await user.click(save());
    await waitFor(() => {
      expect(inputsOf('saveHours')).toEqual([
        {
          create: false,
          profile: { ...office, closed: { holidays: 'US-NY', dates: ['2026-12-24'] } },
        },
      ]);
    });
  });

  it('says at the day that a window opens and closes at the same time', async () => {
    const { fill } = await show(<HoursView />, { hours });
    await fill(field('Monday closes'), '9:00');
    const monday = screen.getByRole('group', { name: 'Monday' });
    expect(within(monday).getByRole('status').textContent).toBe(
      'Opens and closes at the same time; for the whole day write 00:00-24:00',
    );
    expect(save()).toHaveProperty('disabled', true);
  });

  it('names who keeps the hours, and passes on why they can’t be deleted', async () => {
    const { user, inputsOf } = await show(
      <HoursView />,
      { hours, schedules: [posts] },
      {
        deleteHours: () => ({
          ok: false,
          code: 'conflict',
          message: 'Office hours are kept by posts; give these other hours first.',
        }),
      },
    );
    expect(screen.getByRole('button', { name: 'Posts' })).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Delete' }));
    expect((await screen.findByRole('alert')).textContent).toBe(
      'Office hours are kept by posts; give these other hours first.',
    );
    expect(inputsOf('deleteHours')).toEqual([{ id: 'office' }]);
  });

  it('makes hours the default ones, and marks them when main says so', async () => {
    const { client, user, inputsOf } = await show(
      <HoursView />,
      { hours },
      { changeSettings: () => ok({ values: defaultSettings, locked: {} }) },
    );
    await user.click(screen.getByRole('button', { name: /Default hours/ }));
    await user.click(await screen.findByRole('option', { name: 'Office hours' }));
    await waitFor(() => {
      expect(inputsOf('changeSettings')).toEqual([{ defaultHours: 'office' }]);
    });
    expect(screen.queryByText('default')).toBeNull();
    act(() => {
      client.push('settings', {
        values: { ...defaultSettings, defaultHours: 'office' },
        locked: {},
      });
    });
    expect(screen.getByText('default')).toBeDefined();
  });

  it('follows another window at once, and warns once it has changes of its own', async () => {
    const { client, fill } = await show(<HoursView />, { hours });
    const changed = { ...office, week: { mon: ['08:00-12:00'] } };
    act(() => {
      client.push('hours', [{ profile: changed, usedBy: [] }]);
    });
    expect(field('Monday opens')).toHaveProperty('value', '08:00');
    await fill(field('Name'), 'Mornings');
    act(() => {
      client.push('hours', hours);
    });
    expect(screen.getByRole('alert').textContent).toContain('changed elsewhere');
    expect(field('Name')).toHaveProperty('value', 'Mornings');
  });
});
