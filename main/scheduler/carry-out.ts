import type { Log } from '../log.ts';
import { markRunRunning } from '../store/runs.ts';
import { markSlotRunning } from '../store/slots.ts';
import { inTransaction, type Writer } from '../store/statement.ts';
import type { Action } from './actions.ts';
import type { Announcements } from './announcements.ts';
import type { Book } from './book.ts';
import type { Committed } from './conclude.ts';
import type { Notes } from './note-actions.ts';
import type { Runs } from './runs.ts';
import type { Teller } from './teller.ts';

/** What acting is done with. */
export interface CarryOutParts {
  readonly db: Writer;
  readonly book: Book;
  readonly runs: Runs;
  readonly log: Log;
  readonly notes: Notes;
  readonly announce: Announcements;
  readonly teller: Teller;
}

type Of<Kind extends Action['kind']> = Extract<Action, { readonly kind: Kind }>;

/** The schedule an action is about; null for all of them. */
function scheduleOf(action: Action): number | null | undefined {
  switch (action.kind) {
    case 'enter':
    case 'enter-manual':
    case 'finish':
    case 'note':
    case 'resume':
    case 'set-aside':
      return action.schedule;
    case 'retry':
    case 'wait':
      return action.retry.schedule;
    case 'start':
    case 'refuse':
    case 'defer':
      return action.item.schedule;
    case 'count':
    case 'close':
      return undefined;
  }
}

/** The runs that an action has moved on. */
function runsOf({ action, written }: Committed): readonly number[] {
  const queued = written.queued.map(({ run }) => run);
  return action.kind === 'start' || action.kind === 'refuse'
    ? [...queued, action.item.run]
    : queued;
}

/** Acting on committed actions that are already in the state. */
export interface CarryOut {
  /** Starts and ends children, and notes what is to be logged and told. */
  act(committed: readonly Committed[]): void;
  /** Logs and tells what was noted, after all that was due. */
  tell(): void;
}

/** Carries out what one scheduler decides. */
export function createCarryOut(parts: CarryOutParts): CarryOut {
  const { db, book, runs, log, notes, announce, teller } = parts;
  let untold: (readonly Committed[])[] = [];

  const begin = (started: readonly Of<'start'>[]): void => {
    for (const { item, atMs } of started) {
      const document = book.get(item.schedule)?.stored.document;
      if (document !== undefined) runs.begin(item, document, atMs);
    }
  };

  /** Commits that the children have been started; where that fails they go on as `starting`. */
  const markRunning = (started: readonly Of<'start'>[]): void => {
    if (started.length === 0) return;
    try {
      inTransaction(db, () => {
        for (const { item } of started) {
          markRunRunning(db, item.run);
          if (item.slot !== null) markSlotRunning(db, item.slot);
        }
      });
    } catch (error) {
      log.warn('start not recorded', { runs: started.length, error: String(error) });
    }
  };

  const close = ({ run, how }: Of<'close'>): void => {
    log.info('hours closed', { run, how });
    if (how === 'stop') runs.stop(run);
    else runs.cancel(run, 'closed');
  };

  /** Notes whom and what the actions were about. */
  const note = (committed: readonly Committed[]): void => {
    for (const one of committed) {
      for (const run of runsOf(one)) teller.run(run);
      for (const slot of one.written.ended) teller.slot(slot);
    }
    const schedules = new Set(committed.map(({ action }) => scheduleOf(action)));
    if (schedules.has(null)) announce.host();
    teller.schedules(
      schedules.has(null)
        ? book.all().map(({ stored }) => stored.number)
        : [...schedules].filter((schedule) => typeof schedule === 'number'),
    );
  };

  return {
    act: (committed) => {
      const actions = committed.map(({ action }) => action);
      const started = actions.filter((action) => action.kind === 'start');
      // In the log a claim stands before its start.
      if (started.length > 0) notes.flush();
      begin(started);
      markRunning(started);
      notes.note(committed);
      for (const action of actions) if (action.kind === 'close') close(action);
      untold.push(committed);
    },
    tell: () => {
      const committed = untold.flat();
      untold = [];
      notes.flush();
      note(committed);
      teller.flush();
    },
  };
}
