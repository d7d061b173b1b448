import type { Action, WaitingRetry } from './actions.ts';
import { countSlice } from './backlog.ts';
import type { Entry } from './book.ts';
import { judgeClosings } from './judge-close.ts';
import { judgeDue, type DueHow } from './judge-due.ts';
import { giveUp } from './judge-end.ts';
import { judgeTurns } from './judge-turns.ts';
import type { State } from './state.ts';

/** How many schedules are judged in one transaction. */
export const judgedAtOnce = 2_000;

/**
 * Judges a schedule's due slots, and gives up its waiting retries where a newer slot takes their place.
 * One whose slots can't be judged is set aside, and the others go on.
 */
export function settle(
  state: State,
  entry: Entry,
  nowMs: number,
  how: DueHow = {},
): readonly Action[] {
  try {
    const judged = judgeDue(state, entry, nowMs, how);
    if (judged === null) return [];
    const isNew = judged.kind === 'enter' && judged.slots.length > 0;
    return isNew ? [...giveUp(state, entry, nowMs), judged] : [judged];
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    return [{ kind: 'set-aside', schedule: entry.stored.number, fault }];
  }
}

/** Resumes as of an instant: what was due until then was paused, nothing later is caught up (rule 15). */
export function resume(state: State, schedule: number | null, atMs: number): readonly Action[] {
  const entries =
    schedule === null ? state.book.all() : [state.book.get(schedule)].flatMap((one) => one ?? []);
  const settled = entries.flatMap((entry) =>
    settle(state, entry, atMs, { early: true, paused: true }),
  );
  return [...settled, { kind: 'resume', schedule, atMs }];
}

/** The pauses whose time has come, each as of its own end; one at a time, since they overlap. */
function endedPauses(state: State, nowMs: number): readonly Action[] {
  const { pause } = state;
  if (pause !== null && pause.untilMs !== null && pause.untilMs <= nowMs)
    return resume(state, null, pause.untilMs);
  const ended = state.book.pauseEnded(nowMs);
  const untilMs = ended?.stored.pause?.untilMs ?? null;
  if (ended === undefined || untilMs === null) return [];
  return resume(state, ended.stored.number, untilMs);
}

/** How many slots were counted for an action. */
function slotsIn(action: Action): number {
  switch (action.kind) {
    case 'enter':
      return action.slots.reduce((sum, { coalesced }) => sum + coalesced, 0);
    case 'count':
      return countSlice;
    default:
      return 0;
  }
}

function dueSlots(state: State, nowMs: number): readonly Action[] {
  const actions: Action[] = [];
  let counted = 0;
  for (const entry of state.book.due(nowMs, judgedAtOnce)) {
    const settled = settle(state, entry, nowMs);
    actions.push(...settled);
    counted += settled.reduce((sum, action) => sum + slotsIn(action), 0);
    if (counted >= countSlice) break;
  }
  return actions;
}

/** Whether a waiting slot is to be tried now. */
function isDue(
  state: State,
  { waitsFor, atMs, notBeforeMs }: WaitingRetry,
  nowMs: number,
): boolean {
  if (waitsFor === null) return atMs <= nowMs;
  if (notBeforeMs > nowMs) return false;
  return state.situation.hasAddress && state.situation.network !== false;
}

/** The waiting slots to be tried now, and those that have waited for the network long enough. */
function dueRetries(state: State, nowMs: number): readonly Action[] {
  const actions: Action[] = [];
  for (const retry of state.retries.all()) {
    const entry = state.book.get(retry.schedule);
    if (retry.waitsFor === 'network' && retry.atMs <= nowMs && entry !== undefined)
      actions.push(...giveUp(state, entry, nowMs, [retry]));
    else if (isDue(state, retry, nowMs)) actions.push({ kind: 'retry', retry, atMs: nowMs });
  }
  return actions;
}

/**
 * What the scheduler does at an instant (epoch ms): its whole judgement, as one pure function of its
 * state and the clock (design.md sections 2 and 4). The actions are committed together, then taken into
 * the state, then carried out; then it is asked again, until there is nothing left to do. Where no
 * scheduler runs, only what a person has queued gets its turn.
 */
export function decide(state: State, nowMs: number): readonly Action[] {
  const judgements = state.situation.mayStart ? [endedPauses, dueSlots, dueRetries] : [];
  for (const judgement of judgements) {
    const actions = judgement(state, nowMs);
    if (actions.length > 0) return actions;
  }
  return [...judgeClosings(state, nowMs), ...judgeTurns(state, nowMs)];
}
