import { describe, expect, it } from 'vitest';
import {
  count,
  durationText,
  facts,
  lengthText,
  plain,
  relative,
  table,
  wallTime,
} from '../../../main/cli/text.ts';

describe('cli/text', () => {
  it('takes from a page’s words what would steer the terminal', () => {
    expect(plain('a\u001b[2Jb\u009b31mc\r\nd\u202ee\u0000')).toBe('a [2Jb 31mc d e ');
  });

  it('aligns columns under their headings, with the words of pages made plain', () => {
    expect(
      table(
        ['ID', 'NAME'],
        [
          ['a', 'One\nTwo'],
          ['long-id', ''],
        ],
      ),
    ).toBe('ID       NAME\na        One Two\nlong-id');
    expect(
      facts([
        ['Name', 'a'],
        ['Next run', 'b\u001b'],
      ]),
    ).toBe('Name:     a\nNext run: b ');
  });

  it('says lengths and distances in their largest whole unit', () => {
    expect(
      [0, 89_000, 90_000, 5_340_000, 5_400_000, 129_600_000, 259_200_000].map(lengthText),
    ).toEqual(['0 s', '89 s', '2 min', '89 min', '2 h', '36 h', '3 days']);
    expect([240, 1_400, 89_999, 180_000].map(durationText)).toEqual([
      '240 ms',
      '1.4 s',
      '90.0 s',
      '3 min',
    ]);
    const now = Date.parse('2026-11-21T07:00:00Z');
    expect(
      ['2026-11-21T07:12:00Z', '2026-11-21T04:00:00Z', '2026-11-21T07:00:00Z'].map((at) =>
        relative(at, now),
      ),
    ).toEqual(['in 12 min', '3 h ago', 'now']);
  });

  it('shows a wall time with its weekday, and its seconds only where there are any', () => {
    expect(wallTime('2026-03-08T03:00:00-04:00')).toBe('Sun 2026-03-08 03:00');
    expect(wallTime('2026-11-21T09:00:10+01:00')).toBe('Sat 2026-11-21 09:00:10');
  });

  it('counts', () => {
    expect([count(0, 'row'), count(1, 'row'), count(2, 'row')]).toEqual([
      '0 rows',
      '1 row',
      '2 rows',
    ]);
  });
});
