import { lastInstant, nextInstants, nextStart } from '../schedule/next-slots.ts';
import { isOpen } from '../schedule/active-hours.ts';
import { keepPlan } from '../store/plans.ts';
import { insertRun } from '../store/runs.ts';
import { setHandledUntil } from '../store/schedules.ts';
import { extendSlot, insertSlot, type NewSlot } from '../store/slots.ts';
import type { Writer } from '../store/statement.ts';
import { backlogOf } from './backlog.ts';
import type { Entry } from './book.ts';
import { catchUpLimit, judge, type MissedCause, type Verdict } from './judge.ts';
import { keptTexts, stretchAt, type Plan } from './plan.ts';
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
  /**
   * Whether a slot whose time has come is judged although jitter has put its start off: before an edit,
   * which would forget it. Its run then waits for its start in the queue.
   */
  readonly early: boolean;
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

function rowOf(entry: Entry, verdict: Verdict, startAtMs: number, bench: Bench): NewSlot {
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
    startAtMs,
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
  return { queued: { run, slot, schedule, attempt: 1, notBeforeMs: row.startAtMs } };
}

/** Keeps what a row is judged by. */
function keepPlans(db: Writer, plan: Plan): void {
  for (const text of keptTexts(plan)) keepPlan(db, text);
}

/** When the run of a slot starts: for the newest one reached; an older one should have by now. */
function startOf({ rhythm, hours }: Plan, slotAtMs: number): number {
  if (rhythm?.jitter === undefined) return slotAtMs;
  return nextStart(rhythm, hours, slotAtMs - 1)?.startAt ?? slotAtMs;
}

/** Until when slots are judged: now, or right before the newest where that one's start is to come. */
function judgedUntil({ stored, plan }: Entry, { nowMs, early }: Bench): number {
  const { rhythm, hours } = plan;
  if (early || rhythm?.jitter === undefined) return nowMs;
  const newest = lastInstant(rhythm, hours, stored.handledUntilMs, nowMs);
  return newest !== null && startOf(plan, newest) > nowMs ? newest - 1 : nowMs;
}

/**
 * Judges all slots of a schedule up to now and writes the verdicts, in the caller's transaction.
 * Null where none was due. The book must be told after the commit.
 */
export function settle(db: Writer, entry: Entry, bench: Bench): Settlement | null {
  const { stored, plan, nextAtMs } = entry;
  if (nextAtMs === null || nextAtMs > bench.nowMs) return null;
  const untilMs = judgedUntil(entry, bench);
  const backlog = backlogOf(plan, stored.handledUntilMs, untilMs, catchUpLimit + 1);
  if (backlog === null) return null;
  const newestMs = backlog.newest.at(-1) ?? backlog.firstAtMs;
  const newestStartMs = startOf(plan, newestMs);
  const verdicts = judge({
    backlog,
    newestStartMs,
    nowMs: bench.nowMs,
    missed: stored.document.missed,
    open: isOpen(plan.hours, plan.timezone, bench.nowMs),
    paused: bench.paused || stored.pause !== null,
    mayStart: bench.mayStart,
    cause: bench.cause,
  });
  keepPlans(db, plan);
  const written = verdicts.map((verdict) => {
    const startAtMs = verdict.slotAtMs === newestMs ? newestStartMs : verdict.slotAtMs;
    return write(db, rowOf(entry, verdict, startAtMs, bench));
  });
  setHandledUntil(db, stored.number, untilMs);
  return {
    schedule: stored.number,
    handledUntilMs: untilMs,
    queued: written.flatMap(({ queued }) => (queued === undefined ? [] : [queued])),
    ended: written.flatMap(({ ended }) => (ended === undefined ? [] : [ended])),
  };
}

/** What becomes of a slot of a chain at the instant it is due. */
function chainedAct(entry: Entry, bench: Bench): Verdict['act'] {
  if (bench.paused || entry.stored.pause !== null) return { kind: 'skip', reason: 'paused' };
  if (!bench.mayStart) return { kind: 'miss', reason: bench.cause };
  return { kind: 'run', cause: 'chain' };
}

/**
 * Enters a slot of a schedule that runs after another, due at this instant (rule 14), in the caller's
 * transaction. Null where it has a row already. The book must be told after the commit.
 */
export function settleChained(db: Writer, entry: Entry, bench: Bench): Settlement | null {
  const { nowMs } = bench;
  const act = chainedAct(entry, bench);
  keepPlans(db, entry.plan);
  const verdict = { slotAtMs: nowMs, firstSlotAtMs: nowMs, coalesced: 1, act };
  const row: NewSlot = { ...rowOf(entry, verdict, nowMs, bench), cause: 'chain' };
  const { queued, ended } = write(db, row);
  if (queued === undefined && ended === undefined) return null;
  return {
    schedule: entry.stored.number,
    handledUntilMs: entry.stored.handledUntilMs,
    queued: queued === undefined ? [] : [queued],
    ended: ended === undefined ? [] : [ended],
  };
}
