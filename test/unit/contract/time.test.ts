import { describe, expect, it } from 'vitest';
import { toInstant } from '../../../contract/time.ts';

const dayMs = 86_400_000;

describe('contract/time: instants', () => {
  it('writes an instant in UTC with whole seconds, what is left of a second cut off', () => {
    expect(toInstant(Date.UTC(2026, 10, 21, 6, 45, 9, 999))).toBe('2026-11-21T06:45:09Z');
    expect(toInstant(-1)).toBe('1969-12-31T23:59:59Z');
  });

  it('writes the right day, whichever were asked for before and however many', () => {
    const from = Date.UTC(1999, 11, 30, 23, 59, 59);
    const asked = Array.from({ length: 2_500 }, (_, day) => from + ((day * 7) % 1_300) * dayMs);
    expect(asked.map(toInstant)).toEqual(
      asked.map((atMs) => new Date(atMs).toISOString().replace('.000', '')),
    );
  });
});
