import { RefusedError } from '../../contract/result.ts';
import type { Log } from '../log.ts';
import { readEpoch } from '../store/meta.ts';
import { insertRun } from '../store/runs.ts';
import { inTransaction, type Writer } from '../store/statement.ts';
import type { Announcements } from './announcements.ts';
import type { Book, Entry } from './book.ts';
import type { Chains } from './chains.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { Retries } from './retries.ts';
import { settle, type Bench, type QueuedRun, type Settlement } from './settle.ts';

/** How many schedules are judged in one transaction. */
const claimLimit = 500;

/** What claims are made of. */
export interface ClaimParts {
  readonly db: Writer;
  readonly book: Book;
  readonly retries: Retries;
  readonly dispatcher: Dispatcher;
  readonly announce: Announcements;
  readonly log: Log;
  /** This leader's epoch. */
  readonly epoch: number;
  readonly chains: Chains;
}

/** Enters due slots and attempts into the ledger, then into the queue. */
export interface Claims {
  /** Settles these schedules' slots in the caller's transaction. */
  settle(entries: readonly Entry[], bench: Bench): readonly Settlement[];
  /** Takes settlements into the book and the queue, and tells; after the commit. */
  apply(settlements: readonly Settlement[]): void;
  /** Claims every slot that is due. */
  claimDue(bench: () => Bench): void;
  /** Enters the next attempts of slots whose wait is over. */
  claimRetries(nowMs: number): void;
  /** Enters a manual run. Answers its number. */
  claimManual(schedule: number, nowMs: number): number;
}

/** The claims of one scheduler. */
export function createClaims(parts: ClaimParts): Claims {
  const { db, book, retries, dispatcher, announce, log, epoch, chains } = parts;

  /** Checks in the claim's own transaction that no later leader has taken over (design.md section 4). */
  const refuseOutranked = (): void => {
    if (readEpoch(db) === epoch) return;
    throw new RefusedError(
      'not-leader',
      'Another Jackdaw leads this data folder now; this one does nothing.',
    );
  };

  const settleAll = (entries: readonly Entry[], bench: Bench): readonly Settlement[] => {
    refuseOutranked();
    return entries.flatMap((entry) => {
      const settlement = settle(db, entry, bench);
      return settlement === null ? [] : [settlement, ...chains.endRetries(entry)];
    });
  };

  const tell = ({ schedule, queued, ended }: Settlement): void => {
    for (const item of queued) announce.run(item.run);
    for (const slot of ended) announce.slot(slot);
    const entry = book.get(schedule);
    if (entry === undefined) return;
    const { id } = entry.stored.document;
    if (ended.length > 0) log.info('slots not run', { schedule: id, rows: ended.length });
    for (const { run } of queued) log.info('slot claimed', { schedule: id, run });
    announce.schedule(entry);
  };

  const apply = (settlements: readonly Settlement[]): void => {
    for (const { schedule, handledUntilMs, queued } of settlements) {
      book.advance(schedule, handledUntilMs);
      retries.forget(schedule);
      dispatcher.add(queued);
    }
    for (const settlement of settlements) tell(settlement);
  };

  const claim = (
    run: Omit<QueuedRun, 'run' | 'notBeforeMs'>,
    cause: 'retry' | 'manual',
    nowMs: number,
  ): number => {
    const number = inTransaction(db, () => {
      refuseOutranked();
      return insertRun(db, { ...run, cause, recordedAtMs: nowMs, epoch });
    });
    dispatcher.add([{ ...run, run: number, notBeforeMs: nowMs }]);
    announce.run(number);
    return number;
  };

  return {
    settle: settleAll,
    apply,
    claimDue: (bench) => {
      const { nowMs, early } = bench();
      const due = book.all().filter(({ nextAtMs, nextStartMs }) => {
        const dueAtMs = early ? nextAtMs : nextStartMs;
        return dueAtMs !== null && dueAtMs <= nowMs;
      });
      for (let start = 0; start < due.length; start += claimLimit) {
        const slice = due.slice(start, start + claimLimit);
        apply(inTransaction(db, () => settleAll(slice, bench())));
      }
    },
    claimRetries: (nowMs) => {
      for (const { slot, schedule, attempts } of retries.due(nowMs)) {
        claim({ slot, schedule, attempt: attempts + 1 }, 'retry', nowMs);
        retries.taken(slot);
      }
    },
    claimManual: (schedule, nowMs) => claim({ slot: null, schedule, attempt: 1 }, 'manual', nowMs),
  };
}
