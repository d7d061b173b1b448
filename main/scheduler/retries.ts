import type { Outcome } from '../../contract/ledger.ts';
import { lastAttempt } from '../store/runs.ts';
import { endSlot } from '../store/slots.ts';
import type { Writer } from '../store/statement.ts';

/** A slot that waits for its next attempt. */
export interface WaitingRetry {
  readonly slot: number;
  readonly schedule: number;
  /** The attempts it has had. */
  readonly attempts: number;
  readonly atMs: number;
}

/** The slots that wait for their next attempt, in step with the ledger. */
export interface Retries {
  add(retry: WaitingRetry): void;
  /** The instant of a schedule's waiting retry, or null. */
  at(schedule: number): number | null;
  /** Those whose time has come. */
  due(nowMs: number): readonly WaitingRetry[];
  /** Forgets one whose attempt was entered; after the commit. */
  taken(slot: number): void;
  /**
   * Writes the end of a schedule's waiting retries, in the caller's transaction: a newly due slot takes
   * their place, and the last attempt's outcome stands. Forget them after the commit. Answers these
   * outcomes.
   */
  end(schedule: number): readonly Outcome[];
  /** Forgets a schedule's, once their end is committed. */
  forget(schedule: number): void;
  /** The earliest, or null. */
  earliestMs(): number | null;
}

/** The waiting retries of one scheduler, beginning with those its predecessor left. */
export function createRetries(db: Writer, found: readonly WaitingRetry[]): Retries {
  const waiting = new Map<number, WaitingRetry>(found.map((retry) => [retry.slot, retry]));
  const of = (schedule: number): readonly WaitingRetry[] =>
    [...waiting.values()].filter((retry) => retry.schedule === schedule);

  return {
    add: (retry) => {
      waiting.set(retry.slot, retry);
    },
    at: (schedule) => of(schedule)[0]?.atMs ?? null,
    due: (nowMs) => [...waiting.values()].filter((retry) => retry.atMs <= nowMs),
    taken: (slot) => {
      waiting.delete(slot);
    },
    end: (schedule) =>
      of(schedule).flatMap(({ slot }) => {
        const last = lastAttempt(db, slot);
        if (last === null) return [];
        endSlot(db, slot, last);
        return [last.outcome];
      }),
    forget: (schedule) => {
      for (const { slot } of of(schedule)) waiting.delete(slot);
    },
    earliestMs: () =>
      waiting.size === 0 ? null : Math.min(...[...waiting.values()].map((retry) => retry.atMs)),
  };
}
