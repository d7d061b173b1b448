import { describe, expect, it } from 'vitest';
import { chainLoops, loopWords, type UpstreamOf } from '../../../main/schedule/chains.ts';

/** Who runs after whom, `b < a` meaning b after a; all others have a trigger. */
function chains(...links: readonly string[]): UpstreamOf {
  const upstream = new Map(links.map((link) => [link.slice(0, 1), link.slice(-1)]));
  return (id) => upstream.get(id) ?? null;
}

function circle(length: number): readonly string[] {
  return Array.from({ length }, (_, index) => `s${String(index)}`);
}

/** Each runs after the one before, the first after the last. */
function around(ids: readonly string[]): UpstreamOf {
  const upstream = new Map(ids.map((id, index) => [id, ids.at(index - 1)]));
  return (id) => upstream.get(id);
}

describe('schedule/chains', () => {
  it('finds a loop and its path in the order of the runs, from whichever is asked first', () => {
    const loop = chains('b < a', 'c < b', 'a < c');
    expect(chainLoops(['a'], loop)).toEqual([['a', 'b', 'c']]);
    expect(chainLoops(['c', 'a'], loop)).toEqual([['c', 'a', 'b']]);
  });

  it('finds one that runs after itself', () => {
    expect(chainLoops(['a'], chains('a < a'))).toEqual([['a']]);
  });

  it('finds each loop once, by the first of its schedules in the order given', () => {
    const upstreamOf = chains('b < a', 'a < b', 'd < c', 'c < d', 'x < a', 'y < x');
    expect(chainLoops(['y', 'x', 'b', 'a', 'd', 'c'], upstreamOf)).toEqual([
      ['b', 'a'],
      ['d', 'c'],
    ]);
  });

  it.each<[string, UpstreamOf]>([
    ['a chain that ends at a trigger', chains('b < a', 'c < b')],
    ['two that run after the same one', chains('b < a', 'c < a')],
    ['a chain that leads to nothing', (id) => (id === 'c' ? 'gone' : undefined)],
  ])('finds none in %s', (_, upstreamOf) => {
    expect(chainLoops(['c', 'b', 'a'], upstreamOf)).toEqual([]);
  });

  it.each([1, 2, 10_000])('goes around a loop of %i links', (length) => {
    const ids = circle(length);
    expect(chainLoops(ids, around(ids))).toEqual([ids]);
    expect(chainLoops([...ids].reverse().slice(0, 1), around(ids))).toEqual([
      [...ids.slice(-1), ...ids.slice(0, -1)],
    ]);
  });

  it('goes along a chain of 10,000 links that is no loop', () => {
    const ids = circle(10_000);
    const loop = around(ids);
    const open: UpstreamOf = (id) => (id === 's0' ? null : loop(id));
    expect(chainLoops([...ids].reverse(), open)).toEqual([]);
  });

  it('writes a loop back to where it began, a long one in short', () => {
    expect(loopWords(['a'])).toBe('a → a');
    expect(loopWords(['a', 'b', 'c'])).toBe('a → b → c → a');
    expect(loopWords(circle(12))).toBe(
      's0 → s1 → s2 → s3 → s4 → s5 → s6 → s7 → s8 → s9 → 2 more → s0',
    );
  });
});
