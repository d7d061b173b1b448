import { describe, expect, it } from 'vitest';
import { closedTimeWords, dateWords } from '../../../../renderer/views/hours/closed-words.ts';

describe('hours/closed-words', () => {
  it('says a date with its weekday, and leaves what is none', () => {
    expect(dateWords('2026-12-25')).toBe('Fri, 25 Dec 2026');
    expect(dateWords('soon')).toBe('soon');
  });

  it.each([
    ['2026-12-01', '2026-12-01', true, 'Tue, 1 Dec 2026'],
    ['2026-12-03', '2026-12-06', true, 'Thu, 3 Dec – Sun, 6 Dec 2026'],
    ['2026-12-24', '2027-01-01', true, 'Thu, 24 Dec 2026 – Fri, 1 Jan 2027'],
    ['2026-12-03T12:00:00', '2026-12-03T14:30:00', false, 'Thu, 3 Dec 2026, 12:00–14:30'],
    [
      '2026-12-03T22:00',
      '2026-12-04T06:00',
      false,
      'Thu, 3 Dec 2026, 22:00 – Fri, 4 Dec 2026, 06:00',
    ],
    ['2026-12-03T22:00', 'some day', false, '2026-12-03T22:00 – some day'],
  ])('says %s to %s as people do', (from, to, allDay, words) => {
    expect(closedTimeWords({ from, to, allDay, name: '' })).toBe(words);
  });
});
