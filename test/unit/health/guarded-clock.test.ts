import { describe, expect, it } from 'vitest';
import { guardedClock } from '../../../main/health/guarded-clock.ts';
import { virtualClock } from '../../support/virtual-clock.ts';

describe('health/guarded-clock', () => {
  it('hears what a timer fails with, and the next one rings', async () => {
    const heard: unknown[] = [];
    const clock = virtualClock('2026-11-20T08:00:00Z');
    const guarded = guardedClock(clock, (error) => heard.push(error));
    const fault = new Error('a page is damaged');
    let rang = 0;
    guarded.after(1_000, () => {
      throw fault;
    });
    guarded.after(2_000, () => {
      rang += 1;
    });
    await clock.advance(3_000);
    expect([heard, rang]).toEqual([[fault], 1]);
    expect([guarded.now(), guarded.zone()]).toEqual([clock.now(), 'UTC']);
    expect(guarded.monotonic()).toBe(clock.monotonic());
  });

  it('passes on what its hearer throws', async () => {
    const clock = virtualClock('2026-11-20T08:00:00Z');
    const guarded = guardedClock(clock, (error) => {
      throw error;
    });
    guarded.after(1_000, () => {
      throw new Error('nobody’s affair');
    });
    await expect(clock.advance(2_000)).rejects.toThrow('nobody’s affair');
  });
});
