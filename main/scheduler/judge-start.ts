import { nextOpening } from '../schedule/active-hours.ts';
import type { End } from './actions.ts';
import type { Entry } from './book.ts';
import { enoughAt } from './enough.ts';
import { isOpenAt } from './plan-times.ts';
import { conditionText, endBecause } from './reasons.ts';
import { isPaused, type Situation, type State } from './state.ts';

/** What becomes of an attempt whose turn has come. */
export type StartVerdict =
  | { readonly kind: 'start' }
  | { readonly kind: 'end'; readonly end: End }
  | { readonly kind: 'wait'; readonly untilMs: number };

const start: StartVerdict = { kind: 'start' };

function ended(outcome: 'skipped' | 'cancelled', reason: string): StartVerdict {
  return { kind: 'end', end: endBecause(outcome, reason) };
}

/** Which of a schedule's conditions doesn't hold; one that this host can't tell counts as holding. */
function unmet({ stored }: Entry, situation: Situation): 'power' | 'network' | null {
  const { conditions } = stored.document;
  if (conditions.power === 'ac' && situation.power === 'battery') return 'power';
  if (conditions.network === true && situation.network === false) return 'network';
  return null;
}

/**
 * Judges an attempt of a slot once more at the instant it would start (design.md section 2, rule 7):
 * hours, pause, `enabled`, and what has been enough may have changed since it was queued. Manual runs
 * aren't judged.
 */
export function judgeStart(
  state: State,
  entry: Entry,
  slotAtMs: number,
  nowMs: number,
): StartVerdict {
  const { plan, stored } = entry;
  if (!stored.document.enabled) return ended('cancelled', 'disabled');
  if (isPaused(state, entry)) return ended('skipped', 'paused');
  if (!isOpenAt(plan, nowMs)) {
    const opening =
      stored.document.outside === 'defer' ? nextOpening(plan.hours, plan.timezone, nowMs) : null;
    if (opening !== null) return { kind: 'wait', untilMs: opening };
    return ended('skipped', 'closed-at-start');
  }
  if (enoughAt(entry, slotAtMs) !== null) return ended('skipped', 'enough');
  const condition = unmet(entry, state.situation);
  if (condition === null) return start;
  const message = conditionText(condition);
  return { kind: 'end', end: { outcome: 'skipped', reason: 'condition', message } };
}
