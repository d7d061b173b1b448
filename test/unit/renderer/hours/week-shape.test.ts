import { describe, expect, it } from 'vitest';
import { newHours, presets, toHoursDraft } from '../../../../renderer/views/hours/hours-draft.ts';
import { hoursWords, weekShape } from '../../../../renderer/views/hours/week-shape.ts';

describe('hours/week-shape', () => {
  it('draws an overnight window into the morning of the next day, Sunday into Monday', () => {
    const { week } = toHoursDraft({ week: { fri: ['22:00-02:00'], sun: ['23:00-01:30'] } });
    const open = [...weekShape(week)].filter(([, stretches]) => stretches.length > 0);
    expect(open).toEqual([
      ['mon', [{ fromMinute: 0, toMinute: 90 }]],
      ['fri', [{ fromMinute: 1320, toMinute: 1440 }]],
      ['sat', [{ fromMinute: 0, toMinute: 120 }]],
      ['sun', [{ fromMinute: 1380, toMinute: 1440 }]],
    ]);
  });

  it('unites windows that touch or overlap, and leaves unfinished ones out', () => {
    const { week } = newHours;
    const shape = weekShape({
      ...week,
      tue: [
        { opens: '13:00', closes: '17:00' },
        { opens: '09:00', closes: '13:00' },
        { opens: '16:00', closes: '18:00' },
        { opens: '2', closes: '' },
        { opens: '20:00', closes: '20:00' },
      ],
    });
    expect(shape.get('tue')).toEqual([{ fromMinute: 540, toMinute: 1080 }]);
  });

  it.each([
    [
      { week: { mon: ['09:00-17:00'], tue: ['09:00-17:00'], fri: ['22:00-02:00'] } },
      'Mon, Tue 09:00–17:00; Fri 22:00–02:00',
    ],
    [{ week: { mon: ['09:00-12:30', '13:30-17:00'] } }, 'Mon 09:00–12:30, 13:30–17:00'],
    [{ week: {} }, 'Never open'],
    [{ closed: { dates: ['2026-12-25'] } }, 'Always; not on 1 date'],
    [
      {
        week: { mon: ['09:00-17:00'] },
        closed: { holidays: 'US-NY', dates: ['2026-12-24', '2026-12-25', '2026-12-31'] },
      },
      'Mon 09:00–17:00; not on holidays of US-NY, nor on 3 dates',
    ],
    [
      { closed: { holidays: 'IE', ics: 'BEGIN:VCALENDAR' } },
      'Always; not on holidays of IE, nor at the times of a calendar',
    ],
  ])('says %j as %j', (hours, words) => {
    expect(hoursWords(toHoursDraft(hours))).toBe(words);
  });

  it('has words for each preset', () => {
    expect(presets.map(({ always, week }) => hoursWords({ ...newHours, always, week }))).toEqual([
      'Mon–Fri 09:00–17:00',
      'Every day 22:00–06:00',
      'Sat, Sun all day',
      'Always',
    ]);
  });
});
