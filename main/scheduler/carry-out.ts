import type { Log } from '../log.ts';
import { markRunRunning } from '../store/runs.ts';
import { markSlotRunning } from '../store/slots.ts';
import { inTransaction, type Writer } from '../store/statement.ts';
import type { Action } from './actions.ts';
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

/** Acts on committed actions that are already in the state: starts and ends children, logs, tells. */
export function createCarryOut(parts: CarryOutParts): (committed: readonly Committed[]) => void {
  const { db, book, runs, log, announce, telling } = parts;
  const idOf = (schedule: number | null): string =>
    schedule === null ? 'all' : (book.get(schedule)?.stored.document.id ?? '');

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

  /** The log's lines of what was decided (design.md section 5); runs write their own. */
  const note = ({ action, written }: Committed): void => {
    switch (action.kind) {
      case 'enter': {
        const schedule = idOf(action.schedule);
        for (const { run } of written.queued) log.info('slot claimed', { schedule, run });
        if (written.ended.length > 0)
          log.info('slots not run', { schedule, rows: written.ended.length });
        return;
      }
      case 'refuse': {
        const { outcome, reason } = action.end;
        log.info(`slot ${outcome}`, { run: action.item.run, reason });
        return;
      }
      case 'resume':
        log.info('resumed', { schedule: idOf(action.schedule) });
        return;
      case 'note':
        if (action.notes.pause?.why === 'failures')
          log.warn('schedule paused', {
            schedule: idOf(action.schedule),
            failures: action.notes.failures ?? null,
          });
        return;
      case 'set-aside':
        log.error('schedule set aside', { id: idOf(action.schedule), message: action.fault });
        return;
      case 'count':
      case 'enter-manual':
      case 'retry':
      case 'wait':
      case 'finish':
      case 'start':
      case 'defer':
      case 'close':
        return;
    }
  };

  const tell = (committed: readonly Committed[]): void => {
    for (const run of new Set(committed.flatMap(runsOf))) announce.run(run);
    for (const slot of new Set(committed.flatMap(({ written }) => written.ended)))
      announce.slot(slot);
    const schedules = new Set(committed.map(({ action }) => scheduleOf(action)));
    if (schedules.has(null)) {
      announce.host();
      telling.of(book.all().map(({ stored }) => stored.number));
      return;
    }
    for (const schedule of schedules) {
      const entry = book.get(schedule ?? 0);
      if (entry !== undefined) announce.schedule(entry);
    }
  };

  return (committed) => {
    const actions = committed.map(({ action }) => action);
    const started = actions.filter((action) => action.kind === 'start');
    begin(started);
    markRunning(started);
    for (const one of committed) note(one);
    for (const action of actions) if (action.kind === 'close') close(action);
    tell(committed);
  };
}
