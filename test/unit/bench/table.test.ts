import { describe, expect, it } from 'vitest';
import { verdictText } from '../../bench/report.ts';
import { atLeast, atMost, noDifference } from '../../bench/suite.ts';
import { figure, spreadText, tableText } from '../../bench/table.ts';

describe('bench/table', () => {
  it('writes three digits that count, and thousands apart', () => {
    expect([0, 0.01234, 0.5, 9.876, 12.34, 99.96, 123.6, 1_234, 1_234_567].map(figure)).toEqual([
      '0',
      '0.0123',
      '0.500',
      '9.88',
      '12.3',
      '100',
      '124',
      '1 234',
      '1 234 567',
    ]);
  });

  it('writes a dash for what could not be measured', () => {
    expect([figure(Number.NaN), figure(Number.POSITIVE_INFINITY)]).toEqual(['-', '-']);
  });

  it('writes a spread as its median with both ends', () => {
    expect(spreadText({ median: 12.34, low: 9, high: 150 })).toBe('12.3 (9.00–150)');
  });

  it('lays a table out, words to the left and figures to the right', () => {
    const table = {
      title: 'Birds',
      columns: ['bird', 'grams'],
      rows: [
        ['jackdaw', '240'],
        ['wren', '9'],
      ],
      notes: ['Weighed by hand.'],
    };
    expect(tableText(table)).toBe(
      [
        '### Birds',
        '',
        '| bird    | grams |',
        '| ------- | ----: |',
        '| jackdaw |   240 |',
        '| wren    |     9 |',
        '',
        'Weighed by hand.',
      ].join('\n'),
    );
  });

  it('says of each target whether it is met, and how many are not', () => {
    const text = verdictText([
      atLeast('fast', 5, 5, '5.00'),
      atMost('small', 4_096, 'bytes', 4_097, '4 097 bytes'),
      noDifference('right', 0, 100),
      noDifference('not asked', 0, 0),
    ]);
    expect(text.split('\n').slice(2)).toEqual([
      '| figure    |             wanted |       found | verdict |',
      '| --------- | -----------------: | ----------: | ------: |',
      '| fast      |       at least 5 × |      5.00 × |     met |',
      '| small     | at most 4096 bytes | 4 097 bytes |  MISSED |',
      '| right     |      0 differences |    0 of 100 |     met |',
      '| not asked |      0 differences |      0 of 0 |  MISSED |',
      '',
      '2 of 4 targets missed.',
    ]);
  });
});
