import type { Clock } from '../clock.ts';
import { setAllHandledUntil } from '../store/handled.ts';
import { countFrom, type StoredSchedule } from '../store/schedules.ts';
import type { Writer } from '../store/statement.ts';
import type { Announcements } from './announcements.ts';
import type { Action } from './actions.ts';
import { settle } from './decide.ts';
import type { Edit, EditSchedules } from './edit.ts';
import type { Ledger } from './ledger.ts';
import { endBecause } from './reasons.ts';
import type { Rounds } from './rounds.ts';
import type { Runs } from './runs.ts';
import type { LiveState } from './state.ts';

/** What edits are made of. */
export interface EditParts {
  readonly db: Writer;
  readonly clock: Clock;
  readonly state: LiveState;
  readonly ledger: Ledger;
  readonly rounds: Rounds;
  readonly runs: Runs;
  readonly announce: Announcements;
  /** Refreshes the state's situation. */
  readonly look: () => void;
  /** Tells of every schedule. */
  readonly tellAll: () => void;
  /** Looks at the clock and goes on. */
  readonly wake: () => void;
}

/** The edits of one scheduler. */
export function createEdits(parts: EditParts): EditSchedules {
  const { db, clock, state, ledger, rounds, runs, announce } = parts;
  const { book, queue, retries } = state;

  /** Notes, for the audit, whose slots are counted anew from now on. */
  const mark = ({ put = [], world }: Edit<unknown>, nowMs: number): void => {
    if (world === true) countFrom(db, null, nowMs, 'edited');
    for (const { number, document } of put) {
      const before = book.get(number)?.stored.document;
      if (before === undefined) countFrom(db, number, nowMs, 'entered');
      else if (before !== document) countFrom(db, number, nowMs, 'edited');
    }
  };

  /** Ends the waiting retries of deleted schedules; nothing follows from it. */
  const finishRemoved = (removed: readonly number[]): readonly Action[] =>
    removed
      .flatMap((number) => retries.of(number))
      .map(({ slot, schedule, end }) => ({ kind: 'finish', slot, schedule, end }));

  const refuseWaiting = (number: number): void => {
    const end = endBecause('cancelled', 'deleted');
    rounds.take(
      rounds.commit((nowMs) =>
        queue.waitingOf(number).map((item) => ({ kind: 'refuse', item, atMs: nowMs, end })),
      ),
    );
    const going = queue.goingOf(number);
    if (going !== undefined) runs.cancel(going.item.run, 'deleted');
  };

  const put = (stored: StoredSchedule): void => {
    announce.schedule(book.put(stored));
  };

  const remove = (number: number): void => {
    const id = book.get(number)?.stored.document.id;
    book.remove(number);
    for (const { slot } of retries.of(number)) retries.remove(slot);
    refuseWaiting(number);
    if (id !== undefined) announce.scheduleRemoved(id);
  };

  return (scope, work) => {
    parts.look();
    const entries =
      scope === 'all' ? book.all() : scope.flatMap((number) => book.get(number) ?? []);
    const { committed, done, nowMs } = rounds.within(() => {
      const at = clock.now();
      const settled = entries.flatMap((entry) => settle(state, entry, at, { early: true }));
      const written = settled.map((action) => ({ action, written: ledger.write(action) }));
      const result = work(at);
      for (const action of finishRemoved(result.removed ?? [])) ledger.write(action);
      if (result.world === true) setAllHandledUntil(db, at);
      mark(result, at);
      return { committed: written, done: result, nowMs: at };
    });
    rounds.take(committed);
    if (done.world === true) book.replan(nowMs);
    for (const stored of done.put ?? []) put(stored);
    for (const number of done.removed ?? []) remove(number);
    done.afterCommit?.();
    if (done.world === true) parts.tellAll();
    parts.wake();
    return done.value;
  };
}
