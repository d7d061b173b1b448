import { closingOf } from './judge-close.ts';
import { addressPatienceMs, spreadFrom } from './judge-turns.ts';
import type { State } from './state.ts';

/** How often it is looked whether an address is there, while starts wait for one. */
const lookMs = 1_000;

/** When starts that a wake has made due may go on; Infinity where none waits. */
function spreadActMs(state: State, nowMs: number): number {
  if (!state.queue.waitsAfterWake) return Infinity;
  const { wokeAtMs, hasAddress } = state.situation;
  if (!hasAddress && nowMs < wokeAtMs + addressPatienceMs) return nowMs + lookMs;
  const fromMs = spreadFrom(state, nowMs);
  // One that may start waits for a place, which the clock doesn't bring.
  return fromMs <= nowMs ? Infinity : fromMs;
}

/** The earliest instant (epoch ms) at which what waits or goes on asks for a judgement; Infinity for none. */
export function nextTurnMs(state: State, nowMs: number): number {
  let earliest = Math.min(spreadActMs(state, nowMs), state.queue.nextStartMs(nowMs));
  for (const run of state.queue.going())
    earliest = Math.min(earliest, closingOf(state, run, nowMs)?.atMs ?? Infinity);
  return earliest;
}

/**
 * The earliest instant (epoch ms) there is something to decide, as far as the clock brings it;
 * Infinity where only an event can. What waits for a free place isn't counted: an end brings it.
 */
export function nextActMs(state: State, nowMs: number): number {
  const pauseEndsMs = state.pause?.untilMs ?? Infinity;
  let earliest = Math.min(nextTurnMs(state, nowMs), pauseEndsMs, state.book.nextActMs());
  for (const { atMs, waitsFor, notBeforeMs } of state.retries.all()) {
    earliest = Math.min(earliest, atMs);
    if (waitsFor === 'network' && notBeforeMs > nowMs) earliest = Math.min(earliest, notBeforeMs);
  }
  return earliest;
}
