import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { Hours } from '../../../../contract/hours.ts';
import { scheduleSchema } from '../../../../contract/schedule.ts';
import { newDraft } from '../../../../renderer/views/editor/draft.ts';
import { EditorView } from '../../../../renderer/views/editor/EditorView.tsx';
import { formPath } from '../../../../renderer/views/editor/faults.ts';
import { placeName } from '../../../../renderer/views/editor/place-names.ts';
import { anIcs } from '../../../support/fake-calendars.ts';
import { ok } from '../../../support/fake-client.ts';
import { aView } from '../../../support/fake-data.ts';
import { aPreview, nowMs, show, strike } from './stage.tsx';

afterEach(strike);

const stored = (hours: Hours) =>
  scheduleSchema.parse({
    id: 'posts',
    name: 'Posts',
    timezone: 'America/New_York',
    trigger: { kind: 'interval', every: '30m' },
    hours,
    scrape: { kind: 'page', url: 'https://example.com/', fields: { title: 'h3' } },
  });

describe('editor/HoursSection, own hours', () => {
  it('saves holidays and a calendar chosen there, read in the schedule’s zone', async () => {
    const document = stored({ week: { mon: ['09:00-17:00'] } });
    const posts = aView(nowMs, { id: 'posts', name: 'Posts', document });
    const { user, inputsOf } = await show(
      <EditorView schedule="posts" />,
      { schedules: [posts] },
      { saveSchedule: () => ok(posts) },
    );
    const country = (): HTMLElement =>
      screen.getByRole('combobox', { name: 'Country of the public holidays' });
    await waitFor(() => {
      expect(country()).toHaveProperty('disabled', false);
    });
    await user.type(country(), 'irel');
    await user.click(await screen.findByRole('option', { name: 'Ireland' }));
    const file = window.document.querySelector<HTMLInputElement>('input[type=file]');
    if (file === null) throw new Error('a file can be chosen');
    await user.upload(file, new File([anIcs('Team')], 'team.ics', { type: 'text/calendar' }));
    expect(await screen.findByText('Team')).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => {
      expect(inputsOf('saveSchedule')).toEqual([
        {
          create: false,
          schedule: {
            ...document,
            hours: {
              week: { mon: ['09:00-17:00'] },
              closed: { holidays: 'IE', ics: anIcs('Team') },
            },
          },
        },
      ]);
    });
    expect(inputsOf('readClosed')).toEqual([
      { closed: { holidays: 'IE' }, timezone: 'America/New_York' },
      { closed: { ics: anIcs('Team') }, timezone: 'America/New_York' },
    ]);
  });

  it('shows what main finds wrong with a calendar of a file at the calendar', async () => {
    const document = stored({ closed: { ics: anIcs('Old') } });
    await show(
      <EditorView schedule="posts" />,
      { schedules: [aView(nowMs, { id: 'posts', name: 'Posts', document })] },
      {
        previewSchedule: () =>
          ok(
            aPreview({
              faults: [{ path: 'hours.closed.ics', message: 'an event in it has no start' }],
              next: [],
            }),
          ),
      },
    );
    const fields = screen.getByRole('group', { name: 'Closed whatever the week says' });
    expect(await within(fields).findByText('An event in it has no start')).toBeDefined();
    expect(
      await screen.findByRole('button', { name: 'Calendar: an event in it has no start' }),
    ).toBeDefined();
  });

  it.each([
    ['hours.closed.holidays', 'hours.own.holidays', 'Public holidays'],
    ['hours.closed.ics', 'hours.own.ics', 'Calendar'],
    ['hours.closed.dates[3]', 'hours.own.dates', 'Excluded dates'],
    ['hours.closed', 'hours', 'Active hours'],
  ])('knows %s as %s, “%s”', (path, place, name) => {
    expect(formPath(path, newDraft)).toBe(place);
    expect(placeName(place, newDraft)).toBe(name);
  });
});
