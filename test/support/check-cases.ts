import fc from 'fast-check';
import { expect } from 'vitest';
import { aCase, asLine, askedOf, type Asked, type Case } from './random-rhythms.ts';
import { seed, seedShown } from './seed.ts';
import type { Compared } from './walker-checks.ts';

function failureText(failed: fc.RunDetails<[Case, number]>): string {
  const [one] = failed.counterexample ?? [];
  const reason = failed.errorInstance instanceof Error ? failed.errorInstance.message : '';
  return [
    `case ${String(failed.numRuns)} with ${seedShown}, shrunk ${String(failed.numShrinks)} times; ask again by`,
    '  npm run -s jackdaw -- next -',
    one === undefined ? '(no case)' : asLine(askedOf(one), 5),
    reason,
  ].join('\n');
}

/**
 * Holds a check against so many random cases; `percent` is drawn with each. A case that fails is
 * reduced and shown as the one line that `next -` answers.
 */
export function checkCases(
  runs: number,
  check: (asked: Asked, percent: number) => Compared,
  ofSeed: number = seed,
): void {
  const property = fc.property(aCase, fc.nat({ max: 100 }), (one, percent) => {
    const { found, expected } = check(askedOf(one), percent);
    expect(found).toEqual(expected);
  });
  const details = fc.check(property, { seed: ofSeed, numRuns: runs });
  if (details.failed) throw new Error(failureText(details));
}
