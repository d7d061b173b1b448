import type { Schedule } from '../../contract/schedule.ts';
import { durationMs } from '../../contract/time.ts';
import { drawn } from '../schedule/jitter.ts';

/** By how much of itself a wait is lengthened at the most, so that what failed together isn't tried together. */
const spread = 0.2;

/** A failed attempt, for the wait after it. */
export interface FailedAttempt {
  /** Counts from 1; attempts that failed for want of a network aren't counted. */
  readonly attempt: number;
  /** What the server asked for, in milliseconds. */
  readonly retryAfterMs: number | null;
  /** What the spread is drawn from: the same text, the same wait. */
  readonly seed: string;
}

/**
 * How long to wait after a failed attempt, in milliseconds, or null where it was the last: exponential
 * back-off, lengthened by up to a fifth of itself. A server's Retry-After makes the wait longer. It is
 * never longer than `max`.
 */
export function retryDelayMs(
  retry: Schedule['retry'],
  { attempt, retryAfterMs, seed }: FailedAttempt,
): number | null {
  if (attempt >= retry.attempts) return null;
  const backoffMs = durationMs(retry.backoff) * retry.factor ** (attempt - 1);
  const share = drawn(`${seed} ${String(attempt)}`) / 2 ** 32;
  const spreadMs = Math.round(backoffMs * (1 + spread * share));
  return Math.min(durationMs(retry.max), Math.max(spreadMs, retryAfterMs ?? 0));
}
