import type { Log } from '../log.ts';
import { markRunRunning } from '../store/runs.ts';
import { markSlotRunning } from '../store/slots.ts';
import { inTransaction, type Writer } from '../store/statement.ts';
import type { Announcements } from './announcements.ts';
import type { Book } from './book.ts';
import type { Committed } from './conclude.ts';
import type { Runs } from './runs.ts';
import type { TellAll } from './tell-all.ts';

/** What acting is done with. */
export interface CarryOutParts {
  readonly db: Writer;
  readonly book: Book;
  readonly runs: Runs;
  readonly log: Log;
  readonly announce: Announcements;
  readonly telling: TellAll;
}

/** Whom to tell once everything has been done: each schedule once. */
interface Told {
  readonly runs: Set<number>;
  readonly slots: Set<number>;
  readonly schedules: Set<number>;
  everything: boolean;
}

/** Acts on committed actions that are already in the state: starts, stops, writes the log, tells. */
export function createCarryOut(parts: CarryOutParts): (committed: readonly Committed[]) => void {
  const { db, book, runs, log, announce, telling } = parts;
  const idOf = (schedule: number): string => book.get(schedule)?.stored.document.id ?? '';

  const begin = (committed: Committed): void => {
    const { action } = committed;
    if (action.kind !== 'start') return;
    const { item, atMs } = action;
    const document = book.get(item.schedule)?.stored.document;
    if (document === undefined) return;
    runs.begin(item, document, atMs);
  };

  /** Commits that the children have been started. */
  const markRunning = (committed: readonly Committed[]): void => {
    const started = committed.flatMap(({ action }) =>
      action.kind === 'start' ? [action.item] : [],
    );
    if (started.length === 0) return;
    inTransaction(db, () => {
      for (const { run, slot } of started) {
        markRunRunning(db, run);
        if (slot !== null) markSlotRunning(db, slot);
      }
    });
  };

  const enter = ({ action, written }: Committed, told: Told): void => {
    if (action.kind !== 'enter') return;
    const id = idOf(action.schedule);
    const { queued, ended } = written;
    for (const slot of ended) told.slots.add(slot);
    if (ended.length > 0) log.info('slots not run', { schedule: id, rows: ended.length });
    for (const { run } of queued) log.info('slot claimed', { schedule: id, run });
  };

  const act = (committed: Committed, told: Told): void => {
    const { action } = committed;
    for (const { run } of committed.written.queued) told.runs.add(run);
    switch (action.kind) {
      case 'start':
      case 'refuse':
        told.runs.add(action.item.run);
        told.schedules.add(action.item.schedule);
        if (action.kind === 'refuse')
          log.info(`slot ${action.end.outcome}`, {
            run: action.item.run,
            reason: action.end.reason,
          });
        return;
      case 'defer':
        told.schedules.add(action.item.schedule);
        return;
      case 'close':
        log.info('hours closed', { run: action.run, how: action.how });
        if (action.how === 'stop') runs.stop(action.run);
        else runs.cancel(action.run, 'closed');
        return;
      case 'retry':
      case 'wait':
        told.schedules.add(action.retry.schedule);
        return;
      case 'resume':
        log.info('resumed', { schedule: action.schedule === null ? 'all' : idOf(action.schedule) });
        if (action.schedule === null) told.everything = true;
        else told.schedules.add(action.schedule);
        return;
      case 'note':
        if (action.notes.pause?.why === 'failures')
          log.warn('schedule paused', {
            schedule: idOf(action.schedule),
            failures: action.notes.failures ?? null,
          });
        told.schedules.add(action.schedule);
        return;
      case 'set-aside':
        log.error('schedule set aside', { id: idOf(action.schedule), message: action.fault });
        told.schedules.add(action.schedule);
        return;
      case 'enter':
        enter(committed, told);
        told.schedules.add(action.schedule);
        return;
      case 'enter-manual':
      case 'finish':
        told.schedules.add(action.schedule);
        return;
    }
  };

  const tell = (told: Told): void => {
    for (const run of told.runs) announce.run(run);
    for (const slot of told.slots) announce.slot(slot);
    if (told.everything) {
      announce.host();
      telling.of(book.all().map(({ stored }) => stored.number));
      return;
    }
    for (const schedule of told.schedules) {
      const entry = book.get(schedule);
      if (entry !== undefined) announce.schedule(entry);
    }
  };

  return (committed) => {
    const told: Told = {
      runs: new Set(),
      slots: new Set(),
      schedules: new Set(),
      everything: false,
    };
    for (const one of committed) begin(one);
    markRunning(committed);
    for (const one of committed) act(one, told);
    tell(told);
  };
}
