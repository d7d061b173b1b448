import type { Schedule } from '../../contract/schedule.ts';
import { durationMs } from '../../contract/time.ts';
import type { Backlog } from './backlog.ts';
import type { MissedCause } from './state.ts';

/** A slot reached within this time of its instant is merely late: it runs whatever the policy. */
export const lateMs = 60_000;

/** How many slots the policy `all` catches up with at the most. */
export const catchUpLimit = 100;

/** What one schedule's reached slots are judged by. */
export interface Case {
  readonly backlog: Backlog;
  /** When the newest slot's run starts: later than the slot, maybe than now, where jitter says so. */
  readonly newestStartMs: number;
  /** The instant of the judgement. */
  readonly nowMs: number;
  readonly missed: Schedule['missed'];
  /** Whether the hours are open now. */
  readonly open: boolean;
  readonly paused: boolean;
  /** Whether a run of the newest slot's stretch has been enough (rule 13). */
  readonly enough: boolean;
  /** Whether slots may start here at all: only in a host whose scheduler runs. */
  readonly mayStart: boolean;
  /** Why slots that weren't reached in time weren't. */
  readonly cause: MissedCause;
}

/** What becomes of reached slots: one row in the ledger, standing for `coalesced` slots. */
export interface Verdict {
  /** The newest slot the row stands for. */
  readonly slotAtMs: number;
  readonly firstSlotAtMs: number;
  readonly coalesced: number;
  readonly act:
    | { readonly kind: 'run'; readonly cause: 'slot' | 'catch-up' | 'chain' }
    | { readonly kind: 'skip'; readonly reason: 'paused' | 'enough' }
    | { readonly kind: 'miss'; readonly reason: MissedCause | 'closed' | 'past-grace' };
}

/** How long ago the newest slot should have started; less than 0 where that is still to come. */
function ageOf({ nowMs, newestStartMs }: Case): number {
  return nowMs - newestStartMs;
}

function newestOf(backlog: Backlog): number {
  return backlog.newest[backlog.newest.length - 1] ?? backlog.newest[0];
}

/** One row for the whole backlog. */
function together(backlog: Backlog, act: Verdict['act']): Verdict {
  return {
    slotAtMs: newestOf(backlog),
    firstSlotAtMs: backlog.firstAtMs,
    coalesced: backlog.count,
    act,
  };
}

/** One row for what is left of a backlog once its newest slots have rows of their own. */
function older(
  backlog: Backlog,
  kept: number,
  slotAtMs: number | undefined,
  act: Verdict['act'],
): readonly Verdict[] {
  if (slotAtMs === undefined || backlog.count <= kept) return [];
  return [{ slotAtMs, firstSlotAtMs: backlog.firstAtMs, coalesced: backlog.count - kept, act }];
}

function alone(slotAtMs: number, act: Verdict['act']): Verdict {
  return { slotAtMs, firstSlotAtMs: slotAtMs, coalesced: 1, act };
}

function judgeLatest(facts: Case): readonly Verdict[] {
  const { backlog, missed } = facts;
  const ageMs = ageOf(facts);
  if (ageMs < lateMs) return [together(backlog, { kind: 'run', cause: 'slot' })];
  if (!facts.open) return [together(backlog, { kind: 'miss', reason: 'closed' })];
  if (ageMs > durationMs(missed.grace))
    return [together(backlog, { kind: 'miss', reason: 'past-grace' })];
  return [together(backlog, { kind: 'run', cause: 'catch-up' })];
}

function judgeAll(facts: Case): readonly Verdict[] {
  const { backlog, nowMs, missed } = facts;
  const newest = newestOf(backlog);
  const late = ageOf(facts) < lateMs;
  const graceMs = durationMs(missed.grace);
  const mayRun = (slotAtMs: number): boolean =>
    (slotAtMs === newest && late) || (facts.open && nowMs - slotAtMs <= graceMs);
  const runs = backlog.newest.slice(-catchUpLimit).filter(mayRun);
  const rest = backlog.newest.slice(0, backlog.newest.length - runs.length).at(-1);
  const reason = facts.open ? (runs.length < catchUpLimit ? 'past-grace' : facts.cause) : 'closed';
  return [
    ...older(backlog, runs.length, rest, { kind: 'miss', reason }),
    ...runs.map((slotAtMs) =>
      alone(slotAtMs, { kind: 'run', cause: slotAtMs === newest && late ? 'slot' : 'catch-up' }),
    ),
  ];
}

function judgeSkip(facts: Case): readonly Verdict[] {
  const { backlog } = facts;
  const newest = newestOf(backlog);
  if (ageOf(facts) >= lateMs) return [together(backlog, { kind: 'miss', reason: facts.cause })];
  const before = backlog.newest.at(-2);
  return [
    ...older(backlog, 1, before, { kind: 'miss', reason: facts.cause }),
    alone(newest, { kind: 'run', cause: 'slot' }),
  ];
}

/**
 * Judges the slots of one schedule that were reached together: which start, and what the ledger says
 * of the others (design.md section 2, rules 10, 13 and 15). Pure; the verdicts are in the order of their
 * slots and their `coalesced` add up to the backlog's count. Needs at least the newest
 * `catchUpLimit + 1` slots of the backlog under the policy `all`, two under `skip`.
 */
export function judge(facts: Case): readonly Verdict[] {
  if (facts.paused) return [together(facts.backlog, { kind: 'skip', reason: 'paused' })];
  if (!facts.mayStart) return [together(facts.backlog, { kind: 'miss', reason: facts.cause })];
  if (facts.enough) return [together(facts.backlog, { kind: 'skip', reason: 'enough' })];
  const single = facts.backlog.count === 1;
  if (single && ageOf(facts) < lateMs)
    return [together(facts.backlog, { kind: 'run', cause: 'slot' })];
  switch (facts.missed.policy) {
    case 'latest':
      return judgeLatest(facts);
    case 'all':
      return judgeAll(facts);
    case 'skip':
      return judgeSkip(facts);
  }
}
