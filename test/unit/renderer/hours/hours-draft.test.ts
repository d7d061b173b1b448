import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hoursSchema } from '../../../../contract/hours.ts';
import {
  copyDay,
  newHours,
  presets,
  toHours,
  toHoursDraft,
} from '../../../../renderer/views/hours/hours-draft.ts';
import { anyHours } from '../editor/documents.ts';

describe('hours/hours-draft', () => {
  it('gives any hours back as they were when nothing is edited', () => {
    fc.assert(
      fc.property(anyHours, (hours) => {
        expect(toHours(toHoursDraft(hours), hours)).toEqual(hours);
      }),
      { numRuns: 250 },
    );
  });

  it('writes the week of each preset as the contract takes it', () => {
    const weeks = presets.map((preset) => [
      preset.name,
      hoursSchema.parse(toHours({ ...newHours, always: preset.always, week: preset.week }, null)),
    ]);
    const office = ['09:00-17:00'];
    const night = ['22:00-06:00'];
    expect(weeks).toEqual([
      [
        'Business hours',
        { week: { mon: office, tue: office, wed: office, thu: office, fri: office } },
      ],
      [
        'Nights',
        {
          week: {
            mon: night,
            tue: night,
            wed: night,
            thu: night,
            fri: night,
            sat: night,
            sun: night,
          },
        },
      ],
      ['Weekend', { week: { sat: ['00:00-24:00'], sun: ['00:00-24:00'] } }],
      ['Always', {}],
    ]);
  });

  it('writes a day that was closed again as closed', () => {
    const draft = toHoursDraft({ week: { mon: ['09:00-17:00'] } });
    const closed = { ...draft, week: { ...draft.week, mon: [] } };
    expect(toHours(closed, { week: { mon: ['09:00-17:00'] } })).toEqual({ week: { mon: [] } });
    expect(toHours(closed, null)).toEqual({ week: {} });
  });

  it('writes what closes them as it was chosen, and nothing of it once it is taken out', () => {
    const base = { closed: { holidays: 'US-NY', ics: 'BEGIN:VCALENDAR' } };
    const draft = toHoursDraft(base);
    expect(toHours({ ...draft, holidays: 'IE' }, base)).toEqual({
      closed: { holidays: 'IE', ics: 'BEGIN:VCALENDAR' },
    });
    expect(toHours({ ...draft, holidays: null }, base)).toEqual({
      closed: { ics: 'BEGIN:VCALENDAR' },
    });
    expect(toHours({ ...draft, holidays: null, ics: null }, base)).toEqual({});
    expect(toHours({ ...newHours, always: true, ics: 'BEGIN:VCALENDAR' }, null)).toEqual({
      closed: { ics: 'BEGIN:VCALENDAR' },
    });
  });

  it('copies a day to the days named and to no other', () => {
    const week = copyDay(newHours.week, 'mon', ['sat']);
    expect(week).toEqual({ ...newHours.week, sat: newHours.week.mon });
  });
});
