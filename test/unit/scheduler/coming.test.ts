import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createComing } from '../../../main/scheduler/coming.ts';

/** A number is given an instant, or none; then it is asked at an instant, which may lie before the last. */
const step = fc.record({
  number: fc.integer({ min: 1, max: 12 }),
  atMs: fc.option(fc.integer({ min: 0, max: 30 }), { nil: null, freq: 4 }),
  nowMs: fc.integer({ min: 0, max: 30 }),
});

describe('scheduler/coming', () => {
  it('answers as a plain list would, whatever was changed before and wherever the clock was set', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const coming = createComing();
        const plain = new Map<number, number>();
        for (const { number, atMs, nowMs } of steps) {
          coming.set(number, atMs);
          if (atMs === null) plain.delete(number);
          else plain.set(number, atMs);
          const ahead = [...plain.values()].filter((one) => one > nowMs);
          expect(coming.firstMs(nowMs)).toBe(Math.min(Infinity, ...ahead));
        }
      }),
    );
  });
});
