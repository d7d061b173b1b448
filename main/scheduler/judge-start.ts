import { isOpen, nextOpening } from '../schedule/active-hours.ts';
import type { Entry } from './book.ts';

/** What becomes of an attempt whose turn has come. */
export type StartVerdict =
  | { readonly kind: 'start' }
  | { readonly kind: 'end'; readonly outcome: 'skipped' | 'cancelled'; readonly reason: string }
  | { readonly kind: 'wait'; readonly untilMs: number };

/**
 * Judges an attempt of a slot once more at the instant it would start (design.md section 2, rule 7):
 * hours, pause and `enabled` may have changed since it was queued. Manual runs aren't judged.
 */
export function judgeStart(entry: Entry, paused: boolean, nowMs: number): StartVerdict {
  const { plan, stored } = entry;
  if (!stored.document.enabled) return { kind: 'end', outcome: 'cancelled', reason: 'disabled' };
  if (paused) return { kind: 'end', outcome: 'skipped', reason: 'paused' };
  if (isOpen(plan.hours, plan.timezone, nowMs)) return { kind: 'start' };
  const opening =
    stored.document.outside === 'defer' ? nextOpening(plan.hours, plan.timezone, nowMs) : null;
  if (opening !== null) return { kind: 'wait', untilMs: opening };
  return { kind: 'end', outcome: 'skipped', reason: 'closed-at-start' };
}
