import type { WaitingRetry } from './actions.ts';

/** The slots that wait for their next attempt, in step with the ledger. */
export interface Retries {
  add(retry: WaitingRetry): void;
  /** A schedule's waiting slots: one, or several while it catches up. */
  of(schedule: number): readonly WaitingRetry[];
  all(): Iterable<WaitingRetry>;
  /** Forgets a slot whose attempt was entered, or which has ended. */
  remove(slot: number): void;
}

/** The waiting slots of one scheduler, beginning with those its predecessor left. */
export function createRetries(found: readonly WaitingRetry[] = []): Retries {
  const waiting = new Map<number, WaitingRetry>();
  const bySchedule = new Map<number, Set<number>>();
  const add = (retry: WaitingRetry): void => {
    waiting.set(retry.slot, retry);
    const slots = bySchedule.get(retry.schedule) ?? new Set<number>();
    bySchedule.set(retry.schedule, slots.add(retry.slot));
  };
  for (const retry of found) add(retry);
  return {
    add,
    of: (schedule) =>
      [...(bySchedule.get(schedule) ?? [])].flatMap((slot) => waiting.get(slot) ?? []),
    all: () => waiting.values(),
    remove: (slot) => {
      const retry = waiting.get(slot);
      if (retry === undefined) return;
      waiting.delete(slot);
      const slots = bySchedule.get(retry.schedule);
      slots?.delete(slot);
      if (slots?.size === 0) bySchedule.delete(retry.schedule);
    },
  };
}
