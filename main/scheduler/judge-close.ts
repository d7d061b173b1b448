import type { Action } from './actions.ts';
import type { GoingRun } from './queue.ts';
import { isOpenAt, stretchAt } from './plan-times.ts';
import type { State } from './state.ts';

/** How long a run that was asked to stop at the close has, before it is ended (rule 8). */
export const stopPatienceMs = 60_000;

/** When a run is told that its hours have closed, and how; null where it may finish. */
export interface Closing {
  readonly atMs: number;
  readonly how: 'stop' | 'abort';
}

/** What is to be said next to a run that goes on, by what its schedule says of the close (rule 8). */
export function closingOf(state: State, run: GoingRun, nowMs: number): Closing | null {
  const entry = state.book.get(run.item.schedule);
  if (entry === undefined || run.item.slot === null || run.told?.how === 'abort') return null;
  const { plan, stored } = entry;
  const { atClose } = stored.document;
  if (atClose === 'finish' || plan.hours === null) return null;
  const { openedAtMs, closesAtMs } = stretchAt(plan, run.startedAtMs);
  // Hours edited meanwhile may have no stretch there at all: it closes as soon as they are closed.
  const isGone = openedAtMs === null && !isOpenAt(plan, nowMs);
  const atMs = isGone ? nowMs : closesAtMs;
  if (atMs === null) return null;
  if (atClose === 'abort') return { atMs, how: 'abort' };
  return run.told === null
    ? { atMs, how: 'stop' }
    : { atMs: run.told.atMs + stopPatienceMs, how: 'abort' };
}

/** The runs that are to be told now that their hours have closed. */
export function judgeClosings(state: State, nowMs: number): readonly Action[] {
  const actions: Action[] = [];
  for (const run of state.queue.going()) {
    const closing = closingOf(state, run, nowMs);
    if (closing !== null && closing.atMs <= nowMs)
      actions.push({ kind: 'close', run: run.item.run, how: closing.how, atMs: nowMs });
  }
  return actions;
}
