import { describe, expect, it } from 'vitest';
import { recordHash, recordKey } from '../../../main/scrape/keys.ts';

describe('scrape/keys', () => {
  it('gives equal records one hash, whatever the order of their fields', () => {
    expect(recordHash({ a: 1, b: ['x', 'y'] })).toBe(recordHash({ b: ['x', 'y'], a: 1 }));
  });

  it('keeps its hash from version to version, for records that are stored', () => {
    expect(recordHash({ title: 'Bird', price: 1.5, gone: null })).toBe(
      '42b2dd43c8f09853fd5e8b54284bfa73',
    );
  });

  it.each([
    [{ a: 1 }, { a: '1' }],
    [{ a: ['x', 'y'] }, { a: ['y', 'x'] }],
    [{ a: null }, { a: '' }],
    [{ a: 'x' }, { b: 'x' }],
  ])('tells %j from %j', (one, other) => {
    expect(recordHash(one)).not.toBe(recordHash(other));
  });

  it('takes the value of the key field, as text', () => {
    expect(recordKey({ url: 'https://x.test/1', n: 1 }, 'url')).toBe('https://x.test/1');
    expect(recordKey({ n: 7 }, 'n')).toBe('7');
    expect(recordKey({ n: ['a', 'b'] }, 'n')).toBe('["a","b"]');
  });

  it.each([[null], ['']])('falls back to the hash where the key is %j', (id) => {
    const record = { id, title: 'x' };
    expect(recordKey(record, 'id')).toBe(recordHash(record));
    expect(recordKey({ title: 'x' }, 'id')).toBe(recordHash({ title: 'x' }));
    expect(recordKey({ title: 'x' }, undefined)).toBe(recordHash({ title: 'x' }));
  });
});
