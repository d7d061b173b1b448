import type { NewSlot } from '../store/slots.ts';
import type { Outcome } from '../../contract/ledger.ts';
import type { Counted } from './backlog.ts';
import type { StartWindow } from './plan-times.ts';
import type { ScheduleNotes } from '../store/schedules.ts';

/** An attempt that waits for its turn. */
export interface QueuedRun {
  readonly run: number;
  /** Null for a manual run. */
  readonly slot: number | null;
  /** The slot's instant, null for a manual run. */
  readonly slotAtMs: number | null;
  /** The schedule's number. */
  readonly schedule: number;
  /** Counts from 1. */
  readonly attempt: number;
  /** How many attempts before this one failed for want of a network: they use none up. */
  readonly offlineAttempts: number;
  /** Not before this instant: a start put off by jitter, the next opening of a deferred start. */
  readonly notBeforeMs: number;
  /** Whether it was entered when the computer woke or Jackdaw started: such starts are spread. */
  readonly afterWake: boolean;
}

/** How an attempt or a slot ended. */
export interface End {
  readonly outcome: Outcome;
  readonly reason: string | null;
  /** One plain sentence; null for a plain success. */
  readonly message: string | null;
}

/** A slot that waits for its next attempt. */
export interface WaitingRetry {
  readonly slot: number;
  readonly slotAtMs: number;
  readonly schedule: number;
  /** The attempts it has had. */
  readonly attempts: number;
  /** How many of these failed for want of a network. */
  readonly offlineAttempts: number;
  /** Null: it waits for `atMs`. With `network`, `atMs` is when it gives up waiting. */
  readonly waitsFor: 'network' | null;
  readonly atMs: number;
  /** Not before this instant, while it waits for the network: an address alone doesn't mean there is one. */
  readonly notBeforeMs: number;
  /** How its last attempt ended: the slot's outcome if no other follows. */
  readonly end: End;
}

/**
 * What the scheduler has decided: first committed to the ledger, then taken into its memory, then
 * acted on. Each action is whole by itself; a list of them is committed together.
 */
export type Action =
  /** All slots of a schedule up to an instant are judged; `slots` have rows, and a run if to be run. */
  | {
      readonly kind: 'enter';
      readonly schedule: number;
      readonly handledUntilMs: number;
      readonly slots: readonly NewSlot[];
      readonly afterWake: boolean;
    }
  /** A long backlog has been counted so far; the ledger hears of it when it is whole. */
  | { readonly kind: 'count'; readonly schedule: number; readonly counted: Counted }
  /** A manual run is queued. */
  | { readonly kind: 'enter-manual'; readonly schedule: number; readonly atMs: number }
  /** A waiting slot's next attempt is queued. */
  | { readonly kind: 'retry'; readonly retry: WaitingRetry; readonly atMs: number }
  /** A slot that failed waits for its next attempt. */
  | { readonly kind: 'wait'; readonly retry: WaitingRetry }
  /** A slot has its final outcome. */
  | {
      readonly kind: 'finish';
      readonly slot: number;
      readonly schedule: number;
      readonly end: End;
    }
  /** A schedule's counters or its pause change. */
  | { readonly kind: 'note'; readonly schedule: number; readonly notes: ScheduleNotes }
  /** A pause of one schedule, or of all (null), ends as of an instant. */
  | { readonly kind: 'resume'; readonly schedule: number | null; readonly atMs: number }
  /** A queued attempt starts at this instant. */
  | {
      readonly kind: 'start';
      readonly item: QueuedRun;
      readonly atMs: number;
      readonly window: StartWindow;
    }
  /** A queued attempt never starts. */
  | {
      readonly kind: 'refuse';
      readonly item: QueuedRun;
      readonly atMs: number;
      readonly end: End;
    }
  /** A queued attempt waits for the next opening. */
  | { readonly kind: 'defer'; readonly item: QueuedRun; readonly untilMs: number }
  /** A run that goes on is told that its hours have closed. */
  | {
      readonly kind: 'close';
      readonly run: number;
      readonly how: 'stop' | 'abort';
      readonly atMs: number;
    }
  /** A schedule whose slots can't be judged is set aside until it is edited. */
  | { readonly kind: 'set-aside'; readonly schedule: number; readonly fault: string };

/** What an action has put into the ledger: the numbers it was given. */
export interface Written {
  readonly queued: readonly QueuedRun[];
  /** The slots that ended without a run. */
  readonly ended: readonly number[];
}
