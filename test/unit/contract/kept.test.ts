import { describe, expect, it } from 'vitest';
import { kept } from '../../../contract/kept.ts';

describe('contract/kept', () => {
  it('finds an answer once, and all anew once more are asked for than are kept', () => {
    const found: string[] = [];
    const upper = kept(2, (word: string) => {
      found.push(word);
      return word.toUpperCase();
    });
    expect(['a', 'b', 'a', 'b'].map(upper)).toEqual(['A', 'B', 'A', 'B']);
    expect(found).toEqual(['a', 'b']);
    expect(['c', 'c', 'a'].map(upper)).toEqual(['C', 'C', 'A']);
    expect(found).toEqual(['a', 'b', 'c', 'a']);
  });

  it('keeps no error', () => {
    let fails = true;
    const answer = kept(2, () => {
      if (fails) throw new RangeError('not yet');
      return 1;
    });
    expect(() => answer(undefined)).toThrow(RangeError);
    fails = false;
    expect(answer(undefined)).toBe(1);
  });
});
