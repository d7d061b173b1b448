import type { Outcome } from '../../contract/ledger.ts';
import type { End } from './actions.ts';

/** The sentences of the reasons a slot didn't run or a run ended early, by `outcome(reason)`. */
const sentences: Readonly<Record<string, string>> = {
  'skipped(overlap)': 'The run before was still going on.',
  'skipped(paused)': 'The schedule was paused.',
  'skipped(enough)': 'A run before had been enough for this stretch of its hours.',
  'skipped(closed-at-start)': 'Its hours had closed before a place was free to start.',
  'missed(asleep)': 'The computer was asleep.',
  'missed(not-running)': "Jackdaw wasn't running.",
  'missed(closed)': 'By the time Jackdaw could run it, its hours had closed.',
  'missed(past-grace)': 'It was longer ago than its grace allows to catch up.',
  'interrupted(crash)': 'Jackdaw ended in the middle of this run.',
  'cancelled(user)': 'Cancelled by you.',
  'cancelled(quit)': 'Jackdaw was quit.',
  'cancelled(disabled)': 'The schedule was switched off before it started.',
  'cancelled(deleted)': 'The schedule was deleted.',
  'cancelled(closed)': 'Its hours closed before it was done.',
};

/** An end that the scheduler itself gives, with its sentence. */
export function endBecause<Given extends Outcome>(
  outcome: Given,
  reason: string,
): End & { readonly outcome: Given; readonly reason: string; readonly message: string } {
  return { outcome, reason, message: reasonText(outcome, reason) };
}

/** Why a slot was skipped: the condition that didn't hold. */
export function conditionText(condition: 'power' | 'network'): string {
  return condition === 'power'
    ? 'It runs on mains power only, and the computer ran on its battery.'
    : 'It runs with a network only, and there was none.';
}

/** The plain sentence for a reason the scheduler gives. */
export function reasonText(outcome: string, reason: string): string {
  return sentences[`${outcome}(${reason})`] ?? `${outcome}: ${reason}`;
}
