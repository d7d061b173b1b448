import { describe, expect, it } from 'vitest';
import { median, roundOrder, spreadOf, timesFaster } from '../../bench/statistics.ts';
import { seededRandom } from '../../support/seed.ts';

function ascending(values: readonly number[]): readonly number[] {
  return values.toSorted((a, b) => a - b);
}

describe('bench/statistics', () => {
  it('takes the middle value, and between the two middle ones of an even number', () => {
    expect([median([9, 1, 5]), median([4, 1, 3, 2]), median([7])]).toEqual([5, 2.5, 7]);
  });

  it('has no median of nothing, and leaves what it was given in order', () => {
    const values = [3, 1, 2];
    expect([median([]), median(values)]).toEqual([Number.NaN, 2]);
    expect(values).toEqual([3, 1, 2]);
  });

  it('spreads from the least to the greatest', () => {
    expect(spreadOf([12, 10, 30, 11])).toEqual({ median: 11.5, low: 10, high: 30 });
  });

  it('compares round by round, so that a slow round slows both', () => {
    const yardstick = [100, 300, 110];
    const other = [10, 30, 10];
    expect(timesFaster(yardstick, other)).toEqual({ median: 10, low: 10, high: 11 });
  });

  it('compares only the rounds that both took part in', () => {
    expect(timesFaster([100, 100, 900], [50, 20])).toEqual({ median: 3.5, low: 2, high: 5 });
  });

  it('lets each round begin with another contender, every second one backwards', () => {
    expect([0, 1, 2, 3].map((round) => roundOrder(3, round))).toEqual([
      [0, 1, 2],
      [0, 2, 1],
      [2, 0, 1],
      [2, 1, 0],
    ]);
  });

  it('lets every contender take one turn a round', () => {
    const rounds = Array.from({ length: 10 }, (_, round) => ascending(roundOrder(7, round)));
    expect(rounds).toEqual(Array.from({ length: 10 }, () => [0, 1, 2, 3, 4, 5, 6]));
  });

  it('draws the same numbers in every run, all over the range', () => {
    const draw = (seed: number): readonly number[] => {
      const random = seededRandom(seed);
      return Array.from({ length: 1_000 }, random);
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    const tenths = new Set(draw(7).map((value) => Math.floor(value * 10)));
    expect(ascending([...tenths])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});
