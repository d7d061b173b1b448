import type { Action, QueuedRun } from './actions.ts';
import type { Entry } from './book.ts';
import { judgeStart } from './judge-start.ts';
import { stretchAt } from './plan-times.ts';
import { endBecause } from './reasons.ts';
import type { State } from './state.ts';

/** The most attempts that are judged in one go. */
const judgedAtOnce = 500;

/** How long starts that reach out wait for an address after a wake. */
export const addressPatienceMs = 10_000;

/** How far apart they then are. */
export const spreadMs = 2_000;

/** When the first of the starts that a wake has made due may begin. */
export function spreadFrom(state: State, nowMs: number): number {
  const { wokeAtMs, hasAddress } = state.situation;
  const waitsUntilMs = wokeAtMs + addressPatienceMs;
  // A clock set back must not make anyone wait longer.
  const isWaiting = !hasAddress && wokeAtMs <= nowMs && nowMs < waitsUntilMs;
  if (isWaiting) return waitsUntilMs;
  const { lastSpreadStartMs } = state;
  return lastSpreadStartMs <= nowMs ? lastSpreadStartMs + spreadMs : nowMs;
}

/** The places there are, as attempts take them one after the other. */
class Places {
  readonly #state: State;
  readonly #nowMs: number;
  readonly #taken = new Map<string, number>();
  readonly #schedules = new Set<number>();
  #free: number;
  #spreadFromMs: number;

  constructor(state: State, nowMs: number) {
    this.#state = state;
    this.#nowMs = nowMs;
    this.#free = state.situation.concurrency - state.queue.size.going;
    this.#spreadFromMs = spreadFrom(state, nowMs);
  }

  get isFull(): boolean {
    return this.#free <= 0;
  }

  mayTake(item: QueuedRun, host: string): boolean {
    const { queue, situation } = this.#state;
    if (item.notBeforeMs > this.#nowMs) return false;
    if (item.afterWake && this.#spreadFromMs > this.#nowMs) return false;
    if (this.#schedules.has(item.schedule) || queue.goingOf(item.schedule) !== undefined)
      return false;
    if (host === '') return true;
    return queue.goingOn(host) + (this.#taken.get(host) ?? 0) < situation.perHost;
  }

  take(item: QueuedRun, host: string): void {
    this.#free -= 1;
    this.#schedules.add(item.schedule);
    this.#taken.set(host, (this.#taken.get(host) ?? 0) + 1);
    if (item.afterWake) this.#spreadFromMs = this.#nowMs + spreadMs;
  }
}

/** All that waits, in the order of turns: what persons asked for first. */
function* inTurn({ queue }: State): Iterable<QueuedRun> {
  yield* queue.manual();
  for (const runs of queue.line()) yield* runs.values();
}

function judgeTurn(state: State, item: QueuedRun, entry: Entry | undefined, nowMs: number): Action {
  if (entry === undefined) {
    const end = endBecause('cancelled', 'deleted');
    return { kind: 'refuse', item, atMs: nowMs, end };
  }
  const verdict =
    item.slotAtMs === null
      ? ({ kind: 'start' } as const)
      : judgeStart(state, entry, item.slotAtMs, nowMs);
  switch (verdict.kind) {
    case 'start':
      return { kind: 'start', item, atMs: nowMs, window: stretchAt(entry.plan, nowMs) };
    case 'end':
      return { kind: 'refuse', item, atMs: nowMs, end: verdict.end };
    case 'wait':
      return { kind: 'defer', item, untilMs: verdict.untilMs };
  }
}

/**
 * The attempts whose turn has come, each judged at this instant: at most so many at once, so many on
 * one host and one a schedule. Nothing in the queue is dropped for want of a place, and no schedule
 * gets a second turn before another that waits has had its own.
 */
export function judgeTurns(state: State, nowMs: number): readonly Action[] {
  const places = new Places(state, nowMs);
  const actions: Action[] = [];
  for (const item of inTurn(state)) {
    if (places.isFull || actions.length === judgedAtOnce) break;
    const entry = state.book.get(item.schedule);
    const host = entry?.target.host ?? '';
    if (!places.mayTake(item, host)) continue;
    const action = judgeTurn(state, item, entry, nowMs);
    if (action.kind === 'start') places.take(item, host);
    actions.push(action);
  }
  return actions;
}
