import { describe, expect, it } from 'vitest';
import { readTzif } from '../../../main/zones/tzif.ts';
import { tzifFile, type TzifParts } from '../../support/tzif-file.ts';

const moves: TzifParts = {
  first: 3_000,
  changes: [
    ['1902-01-01T00:00:00Z', 3_600],
    ['2026-03-29T01:00:00Z', 7_200],
    ['2026-10-25T01:00:00Z', 3_600],
  ],
};

/** The offsets a file gives at these instants, in seconds; null where it can't be read. */
function offsets(bytes: Uint8Array, ...instants: readonly string[]): readonly number[] | null {
  const offsetAt = readTzif(bytes);
  return offsetAt === null ? null : instants.map((at) => offsetAt(Date.parse(at) / 1_000));
}

describe('zones/tzif', () => {
  it.each([1, 2, 3] as const)('reads the changes of a file of version %d', (version) => {
    const bytes = tzifFile({ ...moves, version });
    expect(
      offsets(
        bytes,
        '1901-12-31T23:59:59Z',
        '1902-01-01T00:00:00Z',
        '2026-03-29T00:59:59Z',
        '2026-03-29T01:00:00Z',
        '2026-10-25T00:59:59Z',
        '2026-10-25T01:00:00Z',
        '2050-07-01T00:00:00Z',
      ),
    ).toEqual([3_000, 3_600, 3_600, 7_200, 7_200, 3_600, 3_600]);
  });

  it('goes by the rule at the end for all time after the last change', () => {
    const bytes = tzifFile({ ...moves, footer: 'CET-1CEST,M3.5.0,M10.5.0/3' });
    expect(
      offsets(bytes, '2026-07-01T00:00:00Z', '2026-12-01T00:00:00Z', '2027-07-01T00:00:00Z'),
    ).toEqual([7_200, 3_600, 7_200]);
  });

  it('reads a zone that never changes', () => {
    const bytes = tzifFile({ first: 0, changes: [], footer: 'UTC0' });
    expect(offsets(bytes, '1800-01-01T00:00:00Z', '2026-11-20T08:00:00Z')).toEqual([0, 0]);
  });

  it('reads bytes that begin in the middle of a buffer', () => {
    const bytes = tzifFile(moves);
    const padded = Buffer.concat([Buffer.from('xx'), bytes]).subarray(2);
    expect(offsets(padded, '2026-07-01T00:00:00Z')).toEqual([7_200]);
  });

  it('reads none of a file that ends too early, wherever', () => {
    const bytes = tzifFile({ ...moves, footer: 'CET-1CEST,M3.5.0,M10.5.0/3' });
    const lengths = Array.from({ length: bytes.length }, (_, length) => length);
    expect(lengths.filter((length) => readTzif(bytes.subarray(0, length)) !== null)).toEqual([]);
  });

  it('never throws, whichever byte of a file is broken', () => {
    const bytes = tzifFile({ ...moves, footer: 'CET-1CEST,M3.5.0,M10.5.0/3' });
    for (let at = 0; at < bytes.length; at += 1)
      for (const value of [0x00, 0x7f, 0xff]) {
        const broken = Buffer.from(bytes);
        broken[at] = value;
        expect(() => offsets(broken, '2026-07-01T00:00:00Z')).not.toThrow();
      }
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a text', Buffer.from('America/New_York is in the east, and this is no zone file at all.')],
    ['a file that counts leap seconds', tzifFile({ ...moves, leapSeconds: 27 })],
    ['a rule it does not know', tzifFile({ ...moves, footer: 'EST5EDT' })],
    ['changes out of order', tzifFile({ first: 0, changes: [...moves.changes].reverse() })],
  ])('reads none of %s', (_, bytes) => {
    expect(readTzif(bytes)).toBeNull();
  });
});
