import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unitedSleeps, type Sleep } from '../../../../main/scheduler/simulate/sleeps.ts';

const span = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 20 }))
  .map(([from, length]): Sleep => [from, from + length]);

describe('scheduler/simulate/sleeps', () => {
  it('unites spans that overlap, touch, or come in the wrong order', () => {
    expect(
      unitedSleeps([
        [50, 60],
        [10, 20],
        [12, 15],
        [20, 30],
        [55, 70],
      ]),
    ).toEqual([
      [10, 30],
      [50, 70],
    ]);
    expect(unitedSleeps([])).toEqual([]);
  });

  it('covers exactly the same instants, by spans apart from one another', () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 8 }), (spans) => {
        const united = unitedSleeps(spans);
        for (let at = 0; at <= 81; at += 1) {
          const holds = ([from, to]: Sleep): boolean => from <= at && at < to;
          expect(united.filter(holds).length).toBe(spans.some(holds) ? 1 : 0);
        }
        const gaps = united.slice(1).map(([from], index) => from - (united[index]?.[1] ?? 0));
        expect(gaps.every((gap) => gap > 0)).toBe(true);
      }),
    );
  });
});
