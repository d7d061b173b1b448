import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryDelayMs, type FailedAttempt } from '../../../main/scheduler/retry-delay.ts';

const retry = { attempts: 5, backoff: '30s', factor: 2, max: '15m' };
const failed = (attempt: number, given: Partial<FailedAttempt> = {}): FailedAttempt => ({
  attempt,
  retryAfterMs: null,
  seed: 'posts 1764000000000',
  ...given,
});

describe('scheduler/retry-delay', () => {
  it('grows exponentially, a fifth longer at the most, up to its longest wait', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 4 }), (seed, attempt) => {
        const delayMs = retryDelayMs(retry, failed(attempt, { seed })) ?? 0;
        const leastMs = 30_000 * 2 ** (attempt - 1);
        expect(delayMs).toBeGreaterThanOrEqual(leastMs);
        expect(delayMs).toBeLessThanOrEqual(leastMs * 1.2);
      }),
    );
    const short = { ...retry, max: '1m' };
    expect(retryDelayMs(short, failed(4))).toBe(60_000);
  });

  it('is the same for the same slot and attempt, and another for others', () => {
    const delays = ['posts 1', 'posts 1', 'posts 2', 'prices 1'].map((seed) =>
      retryDelayMs(retry, failed(1, { seed })),
    );
    expect(delays[0]).toBe(delays[1]);
    expect(new Set(delays).size).toBe(3);
  });

  it('waits as long as the server asks, within its longest wait', () => {
    expect(retryDelayMs(retry, failed(1, { retryAfterMs: 120_000 }))).toBe(120_000);
    expect(retryDelayMs(retry, failed(1, { retryAfterMs: 3_600_000 }))).toBe(900_000);
  });

  it('ends with the last attempt', () => {
    expect(retryDelayMs(retry, failed(5))).toBeNull();
    expect(retryDelayMs({ ...retry, attempts: 1 }, failed(1))).toBeNull();
  });
});
