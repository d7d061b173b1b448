import { keepPlan } from '../store/plans.ts';
import { insertRuns } from '../store/runs.ts';
import { setHandledUntil } from '../store/schedules.ts';
import { insertSlots } from '../store/slots.ts';
import type { Writer } from '../store/statement.ts';
import type { Action, JudgedSlot, Written } from './actions.ts';
import { firstAttempt } from './attempts.ts';
import type { Book } from './book.ts';
import { keptTexts } from './plan.ts';

/** One slot of a schedule, to be run: what nearly every slot comes to. */
export type Claim = Extract<Action, { readonly kind: 'enter' }> & {
  readonly slots: readonly [JudgedSlot];
};

/** Whether an action is a claim, and can be entered together with others. */
export function isClaim(action: Action): action is Claim {
  return action.kind === 'enter' && action.slots.length === 1 && action.slots[0]?.outcome === null;
}

/** Keeps each plan once, however many of the schedules share it. */
function keepPlans(db: Writer, book: Book, claims: readonly Claim[]): void {
  const kept = new Set<string>();
  for (const { schedule } of claims) {
    const plan = book.get(schedule)?.plan;
    if (plan === undefined || kept.has(plan.hash)) continue;
    kept.add(plan.hash);
    for (const text of keptTexts(plan)) keepPlan(db, text);
  }
}

/**
 * Enters the claims of many schedules in the caller's transaction, with few statements: ten thousand may
 * be due in one second. Answers what each has put into the ledger, in their order.
 */
export function enterClaims(
  db: Writer,
  book: Book,
  epoch: number,
  claims: readonly Claim[],
): readonly Written[] {
  keepPlans(db, book, claims);
  const slots = insertSlots(
    db,
    claims.map(({ slots: [slot] }) => ({ ...slot, epoch })),
  );
  const attempts = claims.flatMap(({ slots: [judged], afterWake }, index) => {
    const slot = slots[index] ?? null;
    return slot === null ? [] : [{ judged, item: firstAttempt(slot, judged, afterWake) }];
  });
  const runs = insertRuns(
    db,
    attempts.map(({ judged: { cause, recordedAtMs }, item: { schedule, slot, attempt } }) => ({
      ...{ schedule, slot, attempt, cause, recordedAtMs, epoch },
    })),
  );
  for (const [untilMs, alike] of Map.groupBy(claims, ({ handledUntilMs }) => handledUntilMs))
    setHandledUntil(
      db,
      alike.map(({ schedule }) => schedule),
      untilMs,
    );
  let next = 0;
  return slots.map((slot) => {
    if (slot === null) return { queued: [], ended: [] };
    const [attempt, run] = [attempts[next], runs[next]];
    next += 1;
    return attempt === undefined || run === undefined
      ? { queued: [], ended: [] }
      : { queued: [{ ...attempt.item, run }], ended: [] };
  });
}
