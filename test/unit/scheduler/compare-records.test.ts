import { describe, expect, it } from 'vitest';
import { compareRecords } from '../../../main/scheduler/compare-records.ts';

const row = (key: string, document: Record<string, string | number>) => ({
  key,
  hash: JSON.stringify(document),
  document,
});
const known = (key: string, document: Record<string, string | number>, gone = false) => ({
  ...row(key, document),
  gone,
});

describe('scheduler/compare-records', () => {
  it('tells new, changed, same and gone rows apart', () => {
    const comparison = compareRecords(
      [row('a', { price: 1 }), row('b', { price: 3 }), row('d', { price: 4 })],
      [known('a', { price: 1 }), known('b', { price: 2 }), known('c', { price: 9 })],
    );
    expect(comparison).toEqual({ states: ['same', 'changed', 'new'], gone: ['c'] });
  });

  it('calls a row that had gone and is back new, and does not lose it twice', () => {
    expect(compareRecords([row('a', { price: 1 })], [known('a', { price: 1 }, true)])).toEqual({
      states: ['new'],
      gone: [],
    });
    expect(compareRecords([], [known('a', { price: 1 }, true)]).gone).toEqual([]);
  });

  it('does not call a row changed for a field that only one of both has', () => {
    const comparison = compareRecords(
      [row('a', { price: 1, place: 'roof' })],
      [known('a', { price: 1, colour: 'grey' })],
    );
    expect(comparison.states).toEqual(['same']);
  });
});
