import type { NewSlot } from '../store/slots.ts';
import type { QueuedRun, WaitingRetry, Written } from './actions.ts';

/** An attempt that has no number yet. */
export type NewAttempt = Omit<QueuedRun, 'run'>;

/** The first attempt of a slot that was entered under this number. */
export function firstAttempt(slot: number, judged: NewSlot, afterWake: boolean): NewAttempt {
  const { slotAtMs, schedule, startAtMs } = judged;
  return {
    slot,
    slotAtMs,
    schedule,
    attempt: 1,
    offlineAttempts: 0,
    notBeforeMs: startAtMs,
    afterWake,
  };
}

/** The next attempt of a waiting slot. */
export function nextAttempt(waiting: WaitingRetry, atMs: number): NewAttempt {
  const { slot, slotAtMs, schedule, attempts, offlineAttempts } = waiting;
  return {
    slot,
    slotAtMs,
    schedule,
    attempt: attempts + 1,
    offlineAttempts,
    notBeforeMs: atMs,
    afterWake: false,
  };
}

/** A manual attempt. */
export function manualAttempt(schedule: number, atMs: number): NewAttempt {
  return {
    slot: null,
    slotAtMs: null,
    schedule,
    attempt: 1,
    offlineAttempts: 0,
    notBeforeMs: atMs,
    afterWake: false,
  };
}

/** Nothing put into the ledger. */
export const nothing: Written = { queued: [], ended: [] };

/** What several entries have put into the ledger, as one. */
export function together(written: readonly Written[]): Written {
  return {
    queued: written.flatMap(({ queued }) => queued),
    ended: written.flatMap(({ ended }) => ended),
  };
}
