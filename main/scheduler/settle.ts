import { nextInstants } from '../schedule/next-slots.ts';
import { isOpen } from '../schedule/active-hours.ts';
import { keepPlan } from '../store/plans.ts';
import { insertRun } from '../store/runs.ts';
import { setHandledUntil } from '../store/schedules.ts';
import { extendSlot, insertSlot, type NewSlot } from '../store/slots.ts';
import type { Writer } from '../store/statement.ts';
import { backlogOf } from './backlog.ts';
import type { Entry } from './book.ts';
import { catchUpLimit, judge, type MissedCause, type Verdict } from './judge.ts';
import { stretchAt } from './plan.ts';
import { reasonText } from './reasons.ts';

/** An attempt that waits for its turn. */
export interface QueuedRun {
  readonly run: number;
  /** Null for a manual run. */
  readonly slot: number | null;
  /** The schedule's number. */
  readonly schedule: number;
  readonly attempt: number;
  /** Not before this instant: the next opening of a deferred start. */
  readonly notBeforeMs: number;
}

/** What a judgement needs to know besides the schedule. */
export interface Bench {
  readonly nowMs: number;
  readonly epoch: number;
  readonly mayStart: boolean;
  readonly cause: MissedCause;
  /** Whether all schedules are paused. */
  readonly paused: boolean;
  /** Whether a run of the schedule goes on or waits. */
  readonly busy: (schedule: number) => 'free' | 'running' | 'waiting';
}

/** What was written of one schedule's due slots. */
export interface Settlement {
  readonly schedule: number;
  readonly handledUntilMs: number;
  readonly queued: readonly QueuedRun[];
  /** The slots that ended at once. */
  readonly ended: readonly number[];
}

interface End {
  readonly outcome: 'skipped' | 'missed' | null;
  readonly reason: string | null;
}

/** Whether a verdict to run must yield to the run before it (`overlap`). */
function yields(entry: Entry, verdict: Verdict, bench: Bench): boolean {
  const catchingUp =
    entry.stored.document.missed.policy === 'all' &&
    verdict.act.kind === 'run' &&
    verdict.act.cause === 'catch-up';
  if (catchingUp) return false;
  const busy = bench.busy(entry.stored.number);
  return busy === 'waiting' || (busy === 'running' && entry.stored.document.overlap === 'skip');
}

function endOf(entry: Entry, verdict: Verdict, bench: Bench): End {
  switch (verdict.act.kind) {
    case 'skip':
      return { outcome: 'skipped', reason: verdict.act.reason };
    case 'miss':
      return { outcome: 'missed', reason: verdict.act.reason };
    case 'run':
      return yields(entry, verdict, bench)
        ? { outcome: 'skipped', reason: 'overlap' }
        : { outcome: null, reason: null };
  }
}

function rowOf(entry: Entry, verdict: Verdict, bench: Bench): NewSlot {
  const { plan, stored } = entry;
  const end = endOf(entry, verdict, bench);
  const next =
    plan.rhythm === null
      ? undefined
      : nextInstants(plan.rhythm, plan.hours, verdict.slotAtMs, 1)[0];
  return {
    schedule: stored.number,
    slotAtMs: verdict.slotAtMs,
    firstSlotAtMs: verdict.firstSlotAtMs,
    coalesced: verdict.coalesced,
    cause: verdict.act.kind === 'run' ? verdict.act.cause : 'slot',
    outcome: end.outcome,
    reason: end.reason,
    message:
      end.outcome === null || end.reason === null ? null : reasonText(end.outcome, end.reason),
    plan: plan.hash,
    ...stretchAt(plan, verdict.slotAtMs),
    nextSlotAtMs: next ?? null,
    recordedAtMs: bench.nowMs,
    epoch: bench.epoch,
  };
}

/** Writes one verdict. Answers nothing where the slot had a row already. */
function write(db: Writer, row: NewSlot): { readonly queued?: QueuedRun; readonly ended?: number } {
  if (row.reason === 'paused') {
    const extended = extendSlot(db, row);
    if (extended !== null) return { ended: extended };
  }
  const slot = insertSlot(db, row);
  if (slot === null) return {};
  if (row.outcome !== null) return { ended: slot };
  const { schedule, cause, recordedAtMs, epoch } = row;
  const run = insertRun(db, { schedule, slot, attempt: 1, cause, recordedAtMs, epoch });
  return { queued: { run, slot, schedule, attempt: 1, notBeforeMs: row.slotAtMs } };
}

/**
 * Judges all slots of a schedule up to now and writes the verdicts, in the caller's transaction.
 * Null where none was due. The book must be told after the commit.
 */
export function settle(db: Writer, entry: Entry, bench: Bench): Settlement | null {
  const { stored, plan, nextAtMs } = entry;
  if (nextAtMs === null || nextAtMs > bench.nowMs) return null;
  const keep = catchUpLimit + 1;
  const backlog = backlogOf(plan, stored.handledUntilMs, bench.nowMs, keep);
  if (backlog === null) return null;
  const verdicts = judge({
    backlog,
    nowMs: bench.nowMs,
    missed: stored.document.missed,
    open: isOpen(plan.hours, plan.timezone, bench.nowMs),
    paused: bench.paused || stored.pause !== null,
    mayStart: bench.mayStart,
    cause: bench.cause,
  });
  keepPlan(db, plan);
  const written = verdicts.map((verdict) => write(db, rowOf(entry, verdict, bench)));
  setHandledUntil(db, stored.number, bench.nowMs);
  return {
    schedule: stored.number,
    handledUntilMs: bench.nowMs,
    queued: written.flatMap(({ queued }) => (queued === undefined ? [] : [queued])),
    ended: written.flatMap(({ ended }) => (ended === undefined ? [] : [ended])),
  };
}
