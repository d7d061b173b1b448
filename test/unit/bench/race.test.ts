import { describe, expect, it } from 'vitest';
import { race, raceRows, type Contender } from '../../bench/race.ts';
import type { BenchOptions } from '../../bench/suite.ts';

const options: BenchOptions = { quick: true, rounds: 4, sampleMs: 1, say: () => undefined };
const questions = [10, 20, 30];
const right = (afterMs: number): number => afterMs + 1;

describe('bench/race', () => {
  it('counts the answers that differ, a thrown one too, and takes part all the same', () => {
    const contenders: Contender[] = [
      { name: 'right', ask: right },
      { name: 'once wrong', ask: (afterMs) => (afterMs === 20 ? null : right(afterMs)) },
      { name: 'asked less', ask: right, only: [30] },
    ];
    const standings = race(contenders, questions, right, options);
    expect(
      standings.map(({ name, asked, differences, micros }) => [
        name,
        asked,
        differences,
        micros.length,
      ]),
    ).toEqual([
      ['right', 3, 0, 4],
      ['once wrong', 3, 1, 4],
      ['asked less', 1, 0, 4],
    ]);
  });

  it('compares all answers before anybody is measured', () => {
    const asked: string[] = [];
    const noting = (name: string): Contender => ({
      name,
      ask: (afterMs) => {
        if (asked.length < 6) asked.push(`${name} ${String(afterMs)}`);
        return right(afterMs);
      },
      only: [10, 20],
    });
    race([noting('a')], questions, right, options);
    expect(asked.slice(0, 2)).toEqual(['a 10', 'a 20']);
  });

  it('shows each contender against the yardstick', () => {
    const yardstick = { name: 'yardstick', asked: 8, differences: 0, micros: [80, 100, 120] };
    const quick = { name: 'quick', asked: 8, differences: 2, micros: [8, 10, 10] };
    expect(raceRows([yardstick, quick], yardstick)).toEqual([
      ['yardstick', '100 (80.0–120)', '1.00', '0 of 8'],
      ['quick', '10.0 (8.00–10.0)', '10.0', '2 of 8'],
    ]);
  });
});
