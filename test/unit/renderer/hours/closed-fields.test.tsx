import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { HoursProfile } from '../../../../contract/hours.ts';
import { HoursView } from '../../../../renderer/views/hours/HoursView.tsx';
import {
  aClosedView,
  anIcs,
  calendarAnswers,
  somePlaces,
} from '../../../support/fake-calendars.ts';
import { ok, type Answers } from '../../../support/fake-client.ts';
import { show, strike } from '../editor/stage.tsx';

afterEach(strike);

const office: HoursProfile = { id: 'office', name: 'Office', week: { mon: ['09:00-17:00'] } };

/** The Hours screen with these hours, and how they are saved. */
async function showHours(closed: HoursProfile['closed'], answers: Answers = {}) {
  const profile = closed === undefined ? office : { ...office, closed };
  const stage = await show(
    <HoursView />,
    { hours: [{ profile, usedBy: [] }] },
    { saveHours: (input) => ok({ profile: input.profile, usedBy: [] }), ...answers },
  );
  return {
    ...stage,
    /** Saves, and answers what closes the hours saved. */
    savedClosed: async () => {
      await stage.user.click(screen.getByRole('button', { name: 'Save' }));
      await waitFor(() => {
        expect(stage.inputsOf('saveHours')).toHaveLength(1);
      });
      const [saved] = stage.inputsOf('saveHours') as [{ profile: HoursProfile }];
      return saved.profile.closed;
    },
  };
}

const country = (): HTMLElement =>
  screen.getByRole('combobox', { name: 'Country of the public holidays' });
const region = (): HTMLElement =>
  screen.getByRole('combobox', { name: 'Region of the public holidays' });

/** The lines of a list, each its date and its name. */
const lines = async (name: string): Promise<readonly (readonly (string | null)[])[]> =>
  within(await screen.findByRole('list', { name }))
    .getAllByRole('listitem')
    .map((item) => [...item.children].map((part) => part.textContent));

/** The field that a file is chosen in; browsers show none, only its button. */
function fileField(): HTMLInputElement {
  const input = document.querySelector<HTMLInputElement>('input[type=file]');
  if (input === null) throw new Error('a file can be chosen');
  return input;
}

const icsFile = (name: string, text = anIcs(name)): File =>
  new File([text], `${name}.ics`, { type: 'text/calendar' });

/** Drops files where calendars are dropped, as a browser reports it. */
function dropFiles(...files: readonly File[]): void {
  const zone = screen.getByRole('button', { name: /Drop or paste a calendar file/ });
  const dataTransfer = {
    types: ['Files'],
    effectAllowed: 'all',
    dropEffect: 'copy',
    items: files.map((file) => ({
      kind: 'file',
      type: file.type,
      getAsFile: () => file,
      webkitGetAsEntry: () => ({ isFile: true, isDirectory: false }),
    })),
  };
  fireEvent.dragEnter(zone, { dataTransfer });
  fireEvent.dragOver(zone, { dataTransfer });
  fireEvent.drop(zone, { dataTransfer });
}

describe('hours/HolidaysField', () => {
  it('takes a country typed in part and then a region, and shows what comes', async () => {
    const { user, savedClosed } = await showHours(undefined);
    await waitFor(() => {
      expect(country()).toHaveProperty('disabled', false);
    });
    await user.type(country(), 'united s');
    await user.click(await screen.findByRole('option', { name: 'United States' }));
    expect(region()).toHaveProperty('value', 'Whole country');
    await user.clear(region());
    await user.type(region(), 'new');
    await user.click(await screen.findByRole('option', { name: 'New York' }));
    expect((await lines('Coming public holidays'))[0]).toEqual([
      'Thu, 26 Nov 2026',
      'Thanksgiving Day',
    ]);
    expect(await savedClosed()).toEqual({ holidays: 'US-NY' });
  });

  it('shows the next few, and the rest on a press', async () => {
    const { user } = await showHours({ holidays: 'US-NY' });
    expect(await lines('Coming public holidays')).toHaveLength(4);
    await user.click(screen.getByRole('button', { name: 'and 2 more' }));
    expect(await lines('Coming public holidays')).toHaveLength(6);
  });

  it('is worked by the keyboard alone, and can be taken out again', async () => {
    const { user, inputsOf } = await showHours({ dates: ['2026-12-24'] });
    await waitFor(() => {
      expect(country()).toHaveProperty('disabled', false);
    });
    country().focus();
    await user.keyboard('united s{ArrowDown}{Enter}{Tab}');
    expect(document.activeElement).toBe(region());
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{Enter}{Tab}');
    expect(document.activeElement).toBe(
      screen.getByRole('button', { name: 'Remove the public holidays' }),
    );
    await user.keyboard('{Enter}');
    expect(country()).toHaveProperty('value', '');
    await user.tab();
    expect(document.activeElement).toBe(country());
    expect(screen.queryByRole('list', { name: 'Coming public holidays' })).toBeNull();
    const asked = inputsOf('readClosed') as { closed: object }[];
    expect(asked.map(({ closed }) => closed)).toEqual([
      { holidays: 'US' },
      { holidays: expect.stringMatching(/^US-/) as string },
    ]);
  });

  it('keeps a code of a file that isn’t known, and says what is wrong with it', async () => {
    const { fill, savedClosed } = await showHours({ holidays: 'XX-1' });
    expect(
      await screen.findByText(
        'XX-1 is no country whose holidays are known; choose one of the list',
      ),
    ).toBeDefined();
    expect(await screen.findByDisplayValue('XX')).toBe(country());
    await fill(screen.getByRole('textbox', { name: 'Name' }), 'Odd');
    expect(await savedClosed()).toEqual({ holidays: 'XX-1' });
  });

  it('says an unknown region at the region, and keeps it as a choice', async () => {
    await showHours({ holidays: 'US-ZZ' });
    await screen.findByText('US-ZZ is no region of United States; choose one of the list');
    expect(country()).toHaveProperty('value', 'United States');
    expect(region()).toHaveProperty('value', 'US-ZZ');
    expect(region().getAttribute('aria-invalid')).toBe('true');
  });

  it('says when the countries can’t be had, and asks again', async () => {
    let isDown = true;
    const { user } = await showHours(undefined, {
      listHolidayPlaces: () =>
        isDown
          ? { ok: false, code: 'internal', message: 'The host doesn’t answer.' }
          : ok([...somePlaces]),
    });
    expect((await screen.findByRole('alert')).textContent).toContain(
      'The countries couldn’t be listed. The host doesn’t answer.',
    );
    expect(country().getAttribute('placeholder')).toBe('Not known just now');
    isDown = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => {
      expect(country()).toHaveProperty('disabled', false);
    });
  });

  it('shows what main says of the holidays when it refuses to save them', async () => {
    const { user, fill } = await showHours(
      { holidays: 'US-NY' },
      {
        saveHours: () => ({
          ok: false,
          code: 'invalid',
          message: 'These hours can’t be saved.',
          faults: [{ path: 'profile.closed.holidays', message: 'isn’t known any more' }],
        }),
      },
    );
    await fill(screen.getByRole('textbox', { name: 'Name' }), 'Other');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findAllByText('Isn’t known any more')).not.toEqual([]);
    expect(region().getAttribute('aria-invalid')).toBe('true');
  });
});

describe('hours/CalendarField', () => {
  it('takes a dropped file, and shows its name and what it closes', async () => {
    const { savedClosed } = await showHours(undefined);
    dropFiles(icsFile('Team'));
    expect(await lines('Coming closed times')).toEqual([
      ['Tue, 1 Dec 2026', 'Stocktaking'],
      ['Thu, 3 Dec 2026, 12:00–14:30', 'Works meeting'],
    ]);
    expect(screen.getByText('Team')).toBeDefined();
    expect(screen.getByText('2 events close these hours; the next:')).toBeDefined();
    expect(await savedClosed()).toEqual({ ics: anIcs('Team') });
  });

  it('reads a calendar once, when it is taken', async () => {
    const { user, inputsOf } = await showHours(undefined);
    await user.upload(fileField(), icsFile('Team'));
    await screen.findByText('Team');
    expect(inputsOf('readClosed')).toHaveLength(1);
  });

  it('replaces a calendar by a chosen file, and leaves it in place where the file is bad', async () => {
    const { user, savedClosed } = await showHours({ ics: anIcs('Old') });
    expect(await screen.findByText('Old')).toBeDefined();
    await user.upload(fileField(), icsFile('photo', 'PNG'));
    expect(
      await screen.findByText(
        'photo.ics is no calendar: it has no line BEGIN:VCALENDAR; choose a file that ends in .ics. The calendar above stays.',
      ),
    ).toBeDefined();
    expect(screen.getByText('Old')).toBeDefined();
    await user.upload(fileField(), icsFile('New'));
    expect(await screen.findByText('New')).toBeDefined();
    expect(screen.queryByText(/photo\.ics/)).toBeNull();
    expect(await savedClosed()).toEqual({ ics: anIcs('New') });
  });

  it('refuses more than a calendar may have, and an empty file, without asking main', async () => {
    const { user, inputsOf } = await showHours(undefined);
    await user.upload(fileField(), icsFile('long', `BEGIN:VCALENDAR${'\n'.repeat(1_000_000)}x`));
    expect(
      await screen.findByText(
        'long.ics has 1,000,016 characters and may have 1,000,000 at most; export fewer years of it.',
      ),
    ).toBeDefined();
    await user.upload(fileField(), icsFile('blank', '\n'));
    expect(await screen.findByText('blank.ics is empty.')).toBeDefined();
    dropFiles(icsFile('One'), icsFile('Two'));
    expect(
      await screen.findByText('Drop one calendar file; several don’t fit in here.'),
    ).toBeDefined();
    expect(inputsOf('readClosed')).toEqual([]);
  });

  it('takes pasted text as soon as it is a calendar, and goes back to the buttons', async () => {
    const { user, savedClosed } = await showHours(undefined);
    await user.click(screen.getByRole('button', { name: 'Paste its text' }));
    const field = screen.getByRole('textbox', { name: 'Text of the calendar' });
    await waitFor(() => {
      expect(document.activeElement).toBe(field);
    });
    await user.paste('no calendar');
    expect(await screen.findByText(/^The text is no calendar/)).toBeDefined();
    await user.clear(field);
    await user.paste(anIcs('Pasted').replaceAll('\r\n', '\n'));
    expect(await screen.findByText('Pasted')).toBeDefined();
    expect(screen.queryByRole('textbox', { name: 'Text of the calendar' })).toBeNull();
    expect(document.activeElement?.textContent).toBe('Replace with a file');
    expect(await savedClosed()).toEqual({ ics: anIcs('Pasted').replaceAll('\r\n', '\n') });
  });

  it('takes a calendar out again by the keyboard', async () => {
    const { user, savedClosed } = await showHours({ ics: anIcs('Old') });
    await screen.findByText('Old');
    screen.getByRole('button', { name: 'Remove' }).focus();
    await user.keyboard('{Enter}');
    expect(screen.queryByText('Old')).toBeNull();
    expect(document.activeElement?.textContent).toBe('Choose a file');
    expect(await savedClosed()).toBeUndefined();
  });

  it('keeps what is edited while a file is read', async () => {
    const pending: (() => void)[] = [];
    const { user, fill, savedClosed } = await showHours(undefined, {
      readClosed: async (input) => {
        await new Promise<void>((resolve) => pending.push(resolve));
        return calendarAnswers.readClosed?.(input) ?? ok(aClosedView());
      },
    });
    await user.upload(fileField(), icsFile('Slow'));
    expect(await screen.findByText('Reading Slow.ics…')).toBeDefined();
    await fill(screen.getByLabelText('Date to exclude', { selector: 'input' }), '2026-12-24');
    await user.click(screen.getByRole('button', { name: 'Exclude' }));
    await waitFor(() => {
      expect(pending).toHaveLength(1);
    });
    pending[0]?.();
    expect(await screen.findByText('Slow')).toBeDefined();
    expect(await savedClosed()).toEqual({ dates: ['2026-12-24'], ics: anIcs('Slow') });
  });

  it('takes the newest of two files, whichever is read first', async () => {
    const pending = new Map<string, () => void>();
    const { user, savedClosed } = await showHours(undefined, {
      readClosed: async (input) => {
        await new Promise<void>((resolve) => pending.set(input.closed.ics ?? '', resolve));
        return calendarAnswers.readClosed?.(input) ?? ok(aClosedView());
      },
    });
    await user.upload(fileField(), icsFile('First'));
    await screen.findByText('Reading First.ics…');
    await user.upload(fileField(), icsFile('Second'));
    await waitFor(() => {
      expect(pending.size).toBe(2);
    });
    pending.get(anIcs('Second'))?.();
    expect(await screen.findByText('Second')).toBeDefined();
    pending.get(anIcs('First'))?.();
    expect(await savedClosed()).toEqual({ ics: anIcs('Second') });
  });

  it('says when a stored calendar can’t be read, and asks again', async () => {
    let isDown = true;
    const { user } = await showHours(
      { ics: anIcs('Kept') },
      {
        readClosed: async (input) =>
          isDown
            ? { ok: false, code: 'internal', message: 'The host doesn’t answer.' }
            : (calendarAnswers.readClosed?.(input) ?? ok(aClosedView())),
      },
    );
    expect((await screen.findByRole('alert')).textContent).toContain(
      'The calendar couldn’t be read. The host doesn’t answer.',
    );
    isDown = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Kept')).toBeDefined();
  });

  it('says that nothing in a calendar comes any more', async () => {
    await showHours(
      { ics: anIcs('Past') },
      { readClosed: () => ok(aClosedView({ calendar: '', events: 3 })) },
    );
    expect(await screen.findByText('A calendar without a name')).toBeDefined();
    expect(screen.getByText('3 events close these hours, none of them from now on.')).toBeDefined();
  });
});
