import type { Schedule } from '../../contract/schedule.ts';
import { durationMs } from '../../contract/time.ts';

/**
 * How long to wait after a failed attempt, in milliseconds, or null where it was the last:
 * exponential back-off up to `max`. A server's Retry-After makes the wait longer, never beyond `max`.
 */
export function retryDelayMs(
  retry: Schedule['retry'],
  attempt: number,
  retryAfterMs: number | null,
): number | null {
  if (attempt >= retry.attempts) return null;
  const mostMs = durationMs(retry.max);
  const backoffMs = durationMs(retry.backoff) * retry.factor ** (attempt - 1);
  return Math.min(mostMs, Math.max(backoffMs, retryAfterMs ?? 0));
}
