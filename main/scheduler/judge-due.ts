import { lastInstant, nextStart } from '../schedule/next-slots.ts';
import type { NewSlot } from '../store/slots.ts';
import type { Action } from './actions.ts';
import { countOn, countSlice, uncounted } from './backlog.ts';
import type { Entry } from './book.ts';
import { enoughAt } from './enough.ts';
import { catchUpLimit, judge, type Verdict } from './judge.ts';
import type { Plan } from './plan.ts';
import { isOpenAt, nextSlotMs, stretchAt } from './plan-times.ts';
import { endBecause } from './reasons.ts';
import { isPaused, type State } from './state.ts';

/** How due slots are judged. */
export interface DueHow {
  /**
   * Whether a slot whose time has come is judged although jitter has put its start off: before an edit,
   * which would forget it. Its run then waits for its start in the queue.
   */
  readonly early?: boolean;
  /** Whether they count as paused whatever holds now: a pause has just ended. */
  readonly paused?: boolean;
}

/** Whether a verdict to run must yield to the run before it (`overlap`). */
function yields(state: State, { stored }: Entry, { act }: Verdict): boolean {
  if (act.kind !== 'run') return false;
  if (act.cause === 'catch-up' && stored.document.missed.policy === 'all') return false;
  const busy = state.queue.busy(stored.number);
  return busy === 'waiting' || (busy === 'running' && stored.document.overlap === 'skip');
}

function endOf(
  state: State,
  entry: Entry,
  verdict: Verdict,
): Pick<NewSlot, 'outcome' | 'reason' | 'message'> {
  const { act } = verdict;
  switch (act.kind) {
    case 'skip':
      return endBecause('skipped', act.reason);
    case 'miss':
      return endBecause('missed', act.reason);
    case 'run':
      return yields(state, entry, verdict)
        ? endBecause('skipped', 'overlap')
        : { outcome: null, reason: null, message: null };
  }
}

/** The ledger's row of a verdict. */
export function slotOf(
  state: State,
  entry: Entry,
  verdict: Verdict,
  startAtMs: number,
  nowMs: number,
): NewSlot {
  const { plan, stored } = entry;
  // Field by field: with spreads amid them it takes ten times as long, for each slot of a burst.
  const { outcome, reason, message } = endOf(state, entry, verdict);
  const { openedAtMs, closesAtMs } = stretchAt(plan, verdict.slotAtMs);
  return {
    schedule: stored.number,
    slotAtMs: verdict.slotAtMs,
    firstSlotAtMs: verdict.firstSlotAtMs,
    coalesced: verdict.coalesced,
    cause: verdict.act.kind === 'run' ? verdict.act.cause : 'slot',
    outcome,
    reason,
    message,
    plan: plan.hash,
    openedAtMs,
    closesAtMs,
    startAtMs,
    nextSlotAtMs: nextSlotMs(plan, verdict.slotAtMs),
    recordedAtMs: nowMs,
  };
}

/** When the run of a slot starts: for the newest one reached; an older one should have by now. */
function startOf({ rhythm, hours }: Plan, slotAtMs: number): number {
  if (rhythm?.jitter === undefined) return slotAtMs;
  return nextStart(rhythm, hours, slotAtMs - 1)?.startAt ?? slotAtMs;
}

/** Until when slots are judged: now, or right before the newest where that one's start is to come. */
function judgedUntil({ stored, plan }: Entry, nowMs: number, early: boolean): number {
  const { rhythm, hours } = plan;
  if (early || rhythm?.jitter === undefined) return nowMs;
  const newest = lastInstant(rhythm, hours, stored.handledUntilMs, nowMs);
  return newest !== null && startOf(plan, newest) > nowMs ? newest - 1 : nowMs;
}

type Judged = Extract<Action, { readonly kind: 'enter' | 'count' }>;

/**
 * Judges all slots of a schedule up to an instant; null where none has come. Where there are very many,
 * it counts some of them and is to be asked again; before an edit it counts them all at once.
 */
export function judgeDue(
  state: State,
  entry: Entry,
  nowMs: number,
  { early = false, paused = false }: DueHow = {},
): Judged | null {
  const { stored, plan, nextAtMs } = entry;
  if (nextAtMs === null || nextAtMs > nowMs) return null;
  const { cause, mayStart, wokeAtMs } = state.situation;
  const begun = entry.counted ?? uncounted(stored.handledUntilMs, judgedUntil(entry, nowMs, early));
  const from = early ? { ...begun, untilMs: nowMs } : begun;
  const counting = countOn(plan, from, catchUpLimit + 1, early ? Infinity : countSlice);
  if (counting.kind === 'more')
    return { kind: 'count', schedule: stored.number, counted: counting.counted };
  const { backlog } = counting;
  const handledUntilMs = from.untilMs;
  const enter = { kind: 'enter', schedule: stored.number, handledUntilMs } as const;
  // What has become known of a calendar since may have closed the slot.
  if (backlog === null) return { ...enter, afterWake: false, slots: [] };
  const newestMs = backlog.newest.at(-1) ?? backlog.firstAtMs;
  const newestStartMs = startOf(plan, newestMs);
  const verdicts = judge({
    backlog,
    newestStartMs,
    nowMs,
    missed: stored.document.missed,
    open: isOpenAt(plan, nowMs),
    paused: paused || isPaused(state, entry),
    enough: enoughAt(entry, newestMs) !== null,
    mayStart,
    cause,
  });
  const slots = verdicts.map((verdict) =>
    slotOf(
      state,
      entry,
      verdict,
      verdict.slotAtMs === newestMs ? newestStartMs : verdict.slotAtMs,
      nowMs,
    ),
  );
  return { ...enter, afterWake: entry.target.isRemote && newestMs <= wokeAtMs, slots };
}
