import type { Outcome } from '../../contract/ledger.ts';
import { durationMs } from '../../contract/time.ts';
import type { ScheduleNotes, StoredSchedule } from '../store/schedules.ts';
import type { Action, End, QueuedRun, WaitingRetry } from './actions.ts';
import type { Entry } from './book.ts';
import { fires } from './chains.ts';
import { slotOf } from './judge-due.ts';
import type { Verdict } from './judge.ts';
import { isOpenAt } from './plan-times.ts';
import { retryDelayMs } from './retry-delay.ts';
import { isPaused, type State } from './state.ts';

/** An attempt that has ended, as far as its end matters to others. */
export interface Ended {
  readonly item: QueuedRun;
  readonly startedAtMs: number;
  readonly end: End;
  /** Whether the same attempt may do better later. */
  readonly retryable: boolean;
  readonly retryAfterMs: number | null;
  /** Whether new, changed or gone rows were found; a first good run finds none of these (rule 13). */
  readonly isChange: boolean;
}

/** How a slot or a manual run ended for good. */
interface Final {
  readonly end: End;
  readonly isChange: boolean;
  /** When the run began, for a slot's; a manual run counts for no `enough` and no counter. */
  readonly slotStartedAtMs: number | null;
}

/** Outcomes that count to the failure threshold; the others either reset it or say nothing. */
const failing: ReadonlySet<Outcome> = new Set<Outcome>(['failed', 'timed-out', 'attention']);
const resetting: ReadonlySet<Outcome> = new Set<Outcome>(['success', 'partial']);

/** Failures that aren't the page's: no network, a full disk. They count to no threshold. */
const blameless: ReadonlySet<string> = new Set(['offline', 'disk-full', 'not-recorded']);

/** An address alone is no network: where there is one, a slot without a network is tried again less and less often. */
const offlineLeastMs = 15_000;
const offlineMostMs = 300_000;

function isBlameless({ reason }: End): boolean {
  return reason !== null && blameless.has(reason);
}

/** The counter of failures in a row, and the pause where it reaches its threshold. */
function countOf(stored: StoredSchedule, end: End): ScheduleNotes {
  if (resetting.has(end.outcome)) return stored.failures === 0 ? {} : { failures: 0 };
  if (!failing.has(end.outcome) || isBlameless(end)) return {};
  const failures = stored.failures + 1;
  const threshold = stored.document.pauseAfterFailures;
  if (threshold === 0 || failures < threshold || stored.pause !== null) return { failures };
  return { failures, pause: { untilMs: null, why: 'failures' } };
}

function notesOf(stored: StoredSchedule, final: Final): ScheduleNotes {
  const { end, isChange, slotStartedAtMs } = final;
  if (slotStartedAtMs === null) return {};
  const counted = countOf(stored, end);
  if (end.outcome !== 'success' || stored.document.enough === undefined) return counted;
  return {
    ...counted,
    succeededAtMs: slotStartedAtMs,
    ...(isChange ? { changedAtMs: slotStartedAtMs } : {}),
  };
}

/** What becomes of a slot of a chain at the instant it is due. */
function chainedAct(state: State, entry: Entry): Verdict['act'] {
  if (isPaused(state, entry)) return { kind: 'skip', reason: 'paused' };
  if (!state.situation.mayStart) return { kind: 'miss', reason: state.situation.cause };
  return { kind: 'run', cause: 'chain' };
}

/** A slot, due at this instant, of a schedule that runs after another (rule 14). */
function chained(state: State, entry: Entry, nowMs: number): readonly Action[] {
  const act = chainedAct(state, entry);
  const verdict: Verdict = { slotAtMs: nowMs, firstSlotAtMs: nowMs, coalesced: 1, act };
  const slot = { ...slotOf(state, entry, verdict, nowMs, nowMs), cause: 'chain' as const };
  const { number, handledUntilMs } = entry.stored;
  return [
    ...giveUp(state, entry, nowMs),
    { kind: 'enter', schedule: number, handledUntilMs, slots: [slot], afterWake: false },
  ];
}

/** The schedules that run after this one and wait for such an end. */
function chainsOf(state: State, { stored }: Entry, final: Final): readonly Entry[] {
  return state.book.after(stored.document.id).filter((link) => {
    const { enabled, after } = link.stored.document;
    return enabled && after !== undefined && fires(after.on, final);
  });
}

/** What follows from a final outcome: counters, the pause they may bring, and the chains it sets off. */
function follow(
  state: State,
  entry: Entry,
  final: Final,
  nowMs: number,
): { readonly notes: ScheduleNotes; readonly actions: readonly Action[] } {
  const notes = notesOf(entry.stored, final);
  const schedule = entry.stored.number;
  const noted: readonly Action[] =
    Object.keys(notes).length === 0 ? [] : [{ kind: 'note', schedule, notes }];
  const set = chainsOf(state, entry, final).flatMap((link) => chained(state, link, nowMs));
  return { notes, actions: [...noted, ...set] };
}

/**
 * Ends a schedule's waiting retries: a newly due slot takes their place, or they have waited for the
 * network long enough. The last attempt's outcome stands, with all that follows from it.
 */
export function giveUp(
  state: State,
  entry: Entry,
  nowMs: number,
  waiting: readonly WaitingRetry[] = state.retries.of(entry.stored.number),
): readonly Action[] {
  const actions: Action[] = [];
  let { stored } = entry;
  for (const { slot, schedule, end } of waiting) {
    const final = { end, isChange: false, slotStartedAtMs: nowMs };
    const followed = follow(state, { ...entry, stored }, final, nowMs);
    stored = { ...stored, ...followed.notes };
    actions.push({ kind: 'finish', slot, schedule, end }, ...followed.actions);
  }
  return actions;
}

/** How long to wait at least after so many attempts without a network, in milliseconds. */
function offlineDelayMs(attempts: number): number {
  return Math.min(offlineMostMs, offlineLeastMs * 2 ** (attempts - 1));
}

/** The slot's next attempt, or null where this one's outcome stands (design.md section 4). */
function retryOf(entry: Entry, ended: Ended, slot: number, nowMs: number): WaitingRetry | null {
  const { item, end, retryable, retryAfterMs } = ended;
  const { document } = entry.stored;
  const isFailure = end.outcome === 'failed' || end.outcome === 'timed-out';
  if (!isFailure || !document.enabled || item.slotAtMs === null) return null;
  const { slotAtMs, schedule, attempt } = item;
  const common = { slot, slotAtMs, schedule, attempts: attempt, end };
  if (end.reason === 'offline') {
    const offlineAttempts = item.offlineAttempts + 1;
    const atMs = slotAtMs + durationMs(document.missed.grace);
    if (atMs <= nowMs) return null;
    const notBeforeMs = nowMs + offlineDelayMs(offlineAttempts);
    return { ...common, offlineAttempts, waitsFor: 'network', atMs, notBeforeMs };
  }
  if (!retryable) return null;
  const delayMs = retryDelayMs(document.retry, {
    attempt: attempt - item.offlineAttempts,
    retryAfterMs,
    seed: `${document.id} ${String(slotAtMs)}`,
  });
  if (delayMs === null) return null;
  const atMs = nowMs + delayMs;
  // A newly due slot would end the wait, and a closed hour would refuse the attempt.
  if (entry.nextAtMs !== null && entry.nextAtMs <= atMs) return null;
  if (!isOpenAt(entry.plan, atMs)) return null;
  const { offlineAttempts } = item;
  return { ...common, offlineAttempts, waitsFor: null, atMs, notBeforeMs: atMs };
}

/**
 * Judges what an attempt's end means to its slot, its schedule's counters and the schedules that run
 * after it. `entry` is undefined where the schedule was deleted meanwhile.
 */
export function judgeEnd(
  state: State,
  entry: Entry | undefined,
  ended: Ended,
  nowMs: number,
): readonly Action[] {
  const { item, end, isChange, startedAtMs } = ended;
  const { slot, schedule } = item;
  const finish: readonly Action[] = slot === null ? [] : [{ kind: 'finish', slot, schedule, end }];
  if (entry === undefined) return finish;
  const retry = slot === null ? null : retryOf(entry, ended, slot, nowMs);
  if (retry !== null) return [{ kind: 'wait', retry }];
  const slotStartedAtMs = slot === null ? null : startedAtMs;
  const { actions } = follow(state, entry, { end, isChange, slotStartedAtMs }, nowMs);
  return [...finish, ...actions];
}
