import { RefusedError } from '../../contract/result.ts';
import type { Clock } from '../clock.ts';
import { readEpoch } from '../store/meta.ts';
import { inTransaction, type Writer } from '../store/statement.ts';
import type { Action } from './actions.ts';
import { nothing } from './attempts.ts';
import type { CarryOut } from './carry-out.ts';
import type { Committed } from './conclude.ts';
import { decide } from './decide.ts';
import type { StoredLedger } from './ledger.ts';
import { nextActMs } from './next-act.ts';
import type { LiveState } from './state.ts';

/** More rounds than this in one go are no progress any more: the next tick goes on. */
const mostRounds = 10_000;

/** What rounds are made of. */
export interface RoundParts {
  readonly db: Writer;
  readonly clock: Clock;
  readonly ledger: StoredLedger;
  readonly state: LiveState;
  /** This leader's epoch. */
  readonly epoch: number;
  /** Refreshes the state's situation. */
  readonly look: () => void;
  /** Takes the next turn as soon as whatever else waits has had its own. */
  readonly goOnLater: () => void;
  /** Acts on what was committed and taken in, and tells of it. */
  readonly carryOut: CarryOut;
}

/** Rounds of judgement: decide, commit, take in, act. */
export interface Rounds {
  /** Does work in a transaction, in which no later leader may have taken over. */
  within<T>(work: () => T): T;
  /**
   * Judges at this instant and commits what follows; the clock is read inside the transaction.
   */
  commit(judge: (nowMs: number) => readonly Action[]): readonly Committed[];
  /** Takes in what was committed, acts on it, and tells. */
  take(committed: readonly Committed[]): void;
  /** Goes round until there is nothing left to do; long counts go on a moment later. */
  turn(): void;
}

/** The rounds of one scheduler. */
export function createRounds(parts: RoundParts): Rounds {
  const { db, clock, ledger, state, epoch, carryOut } = parts;

  /** Checks in the claim's own transaction that no later leader has taken over (design.md section 4). */
  const refuseOutranked = (): void => {
    if (readEpoch(db) === epoch) return;
    throw new RefusedError(
      'not-leader',
      'Another Jackdaw leads this data folder now; this one does nothing.',
    );
  };

  const within: Rounds['within'] = (work) =>
    inTransaction(db, () => {
      refuseOutranked();
      return work();
    });

  const commit: Rounds['commit'] = (judge) =>
    within(() => {
      const actions = judge(clock.now());
      const written = ledger.writeAll(actions);
      return actions.map((action, index) => ({ action, written: written[index] ?? nothing }));
    });

  const act = (committed: readonly Committed[]): void => {
    for (const { action, written } of committed) state.apply(action, written);
    carryOut.act(committed);
  };

  /** Nothing to do is the usual answer, and takes no lock; what has become due is judged in it alone. */
  const hasWork = (nowMs: number): boolean =>
    nextActMs(state, nowMs) <= nowMs || decide(state, nowMs).length > 0;

  /** Goes round; what is due is claimed and started before anybody is told of it. */
  const goRound = (): void => {
    for (let round = 0; round < mostRounds; round += 1) {
      parts.look();
      if (round === 0 && !hasWork(clock.now())) return;
      const committed = commit((nowMs) => decide(state, nowMs));
      if (committed.length === 0) return;
      act(committed);
      if (committed.some(({ action }) => action.kind === 'count')) {
        parts.goOnLater();
        return;
      }
    }
  };

  return {
    within,
    commit,
    take: (committed) => {
      act(committed);
      carryOut.tell();
    },
    turn: () => {
      try {
        goRound();
      } finally {
        carryOut.tell();
      }
    },
  };
}
