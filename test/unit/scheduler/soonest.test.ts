import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSoonest } from '../../../main/scheduler/soonest.ts';

/** A number is given an instant, or none. */
const change = fc.tuple(
  fc.integer({ min: 1, max: 12 }),
  fc.option(fc.integer({ min: 0, max: 30 }), { nil: null, freq: 4 }),
);

describe('scheduler/soonest', () => {
  it('answers as a plain list would, whatever was changed before', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 300 }), (changes) => {
        const soonest = createSoonest();
        const plain = new Map<number, number>();
        for (const [index, [number, atMs]] of changes.entries()) {
          soonest.set(number, atMs);
          if (atMs === null) plain.delete(number);
          else plain.set(number, atMs);
          if (index % 3 > 0) continue;
          const nowMs = index % 31;
          const come = [...plain]
            .filter(([, one]) => one <= nowMs)
            .sort((a, b) => a[1] - b[1] || a[0] - b[0])
            .map(([one]) => one);
          expect(soonest.firstMs()).toBe(Math.min(Infinity, ...plain.values()));
          expect(soonest.until(nowMs, 3)).toEqual(come.slice(0, 3));
          expect(soonest.until(nowMs)).toEqual(come);
        }
      }),
    );
  });
});
