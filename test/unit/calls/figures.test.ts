import { describe, expect, it } from 'vitest';
import { median, percentile } from '../../../main/calls/figures.ts';

describe('calls/figures', () => {
  it('takes one of the values, in whole milliseconds', () => {
    expect([median([]), median([3, 1_493.3495, 9_000]), median([4, 2])]).toEqual([null, 1_493, 2]);
    const values = Array.from({ length: 200 }, (_, index) => index + 1);
    expect([percentile(values, 0.99), percentile([7], 0.99)]).toEqual([198, 7]);
  });
});
