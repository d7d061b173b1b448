import { describe, expect, it } from 'vitest';
import { createTellAll } from '../../../main/scheduler/tell-all.ts';
import { virtualClock } from '../../support/virtual-clock.ts';

const numbers = Array.from({ length: 120 }, (_, index) => index + 1);

describe('scheduler/tell-all', () => {
  it('tells of the first at once and of the rest in order, a slice at a time', async () => {
    const clock = virtualClock('2026-11-20T08:00:00Z');
    const told: number[] = [];
    createTellAll(clock, (one) => told.push(one)).of(numbers);
    expect(told).toEqual(numbers.slice(0, 50));
    await clock.advance(0);
    expect(told).toEqual(numbers);
    expect(clock.pending()).toBe(0);
  });

  it('forgets what is left when told anew, and when it ends', async () => {
    const clock = virtualClock('2026-11-20T08:00:00Z');
    const told: number[] = [];
    const all = createTellAll(clock, (one) => told.push(one));
    all.of(numbers);
    all.of([7]);
    await clock.advance(0);
    expect(told).toEqual([...numbers.slice(0, 50), 7]);
    all.of(numbers);
    all.stop();
    await clock.advance(0);
    expect(told).toHaveLength(101);
  });
});
