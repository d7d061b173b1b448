import { describe, expect, it } from 'vitest';
import { retryDelayMs } from '../../../main/scheduler/retry-delay.ts';

const retry = { attempts: 5, backoff: '30s', factor: 2, max: '3m' };

describe('scheduler/retry-delay', () => {
  it('doubles up to the longest wait, and ends with the last attempt', () => {
    const delays = [1, 2, 3, 4, 5].map((attempt) => retryDelayMs(retry, attempt, null));
    expect(delays).toEqual([30_000, 60_000, 120_000, 180_000, null]);
  });

  it('waits as long as the server asks, but never longer than the longest wait', () => {
    expect(retryDelayMs(retry, 1, 90_000)).toBe(90_000);
    expect(retryDelayMs(retry, 1, 3_600_000)).toBe(180_000);
    expect(retryDelayMs(retry, 2, 1_000)).toBe(60_000);
  });
});
