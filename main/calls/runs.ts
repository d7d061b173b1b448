import { invalid, RefusedError } from '../../contract/result.ts';
import type { HistoryEntry } from '../../contract/ledger.ts';
import { toInstant } from '../../contract/time.ts';
import { fromCursor, toCursor, toEntry } from '../scheduler/entries.ts';
import { readPlaces, type HistoryPlace } from '../store/history-places.ts';
import { readOpenRuns, rowReader } from '../store/history.ts';
import { readRunLog } from '../store/run-log.ts';
import type { Handlers } from './calls.ts';
import type { Context } from './context.ts';
import { inSlices } from './in-slices.ts';
import { runByNumber, scheduleById } from './lookup.ts';

/** A run as it crosses the wire, with its progress while it goes on. */
export function runView(context: Context, run: number): HistoryEntry {
  const { dispatcher } = context.scheduler;
  return toEntry(runByNumber(context, run), dispatcher.progressOf(run));
}

/** The runs that wait or go on. */
export function openRunViews({ db, scheduler }: Context): HistoryEntry[] {
  return readOpenRuns(db).map((row) =>
    toEntry(row, row.run === null ? undefined : scheduler.dispatcher.progressOf(row.run)),
  );
}

/** The rows at these places as they cross the wire, without those that have gone meanwhile. */
async function entriesAt(
  { db, clock, scheduler }: Context,
  places: readonly HistoryPlace[],
): Promise<HistoryEntry[]> {
  const read = rowReader(db);
  const entries = await inSlices({ db, clock }, places, (place) => {
    const row = read(place);
    if (row === null) return [];
    const progress = row.run === null ? undefined : scheduler.dispatcher.progressOf(row.run);
    return [toEntry(row, progress)];
  });
  return entries.flat();
}

/** The calls on runs and their history. */
export function runHandlers(
  context: Context,
): Pick<Handlers, 'startRun' | 'cancelRun' | 'getRun' | 'getRunLog' | 'listRuns'> {
  const { db, scheduler } = context;
  return {
    startRun: ({ id }) => {
      const { stored } = scheduleById(context, id);
      const busy = scheduler.dispatcher.busy(stored.number);
      if (busy === 'waiting' || (busy === 'running' && stored.document.overlap === 'skip'))
        throw new RefusedError(
          'conflict',
          `${stored.document.name} is running already; wait until it has ended, or cancel it.`,
        );
      return runView(context, scheduler.runNow(stored.number));
    },
    cancelRun: ({ run }) => {
      runByNumber(context, run);
      if (!scheduler.dispatcher.cancel(run))
        throw new RefusedError('conflict', `Run ${String(run)} has ended already.`);
      return runView(context, run);
    },
    getRun: ({ run }) => runView(context, run),
    getRunLog: ({ run }) => {
      runByNumber(context, run);
      const lines = [...readRunLog(db, run), ...scheduler.dispatcher.linesOf(run)];
      return lines.map(({ atMs, level, message }) => ({ at: toInstant(atMs), level, message }));
    },
    listRuns: async ({ id, outcome, before, limit }) => {
      const place = before === undefined ? null : fromCursor(before);
      if (before !== undefined && place === null)
        throw invalid([
          { path: 'before', message: 'is not a cursor; use the next of a page before' },
        ]);
      const places = readPlaces(db, {
        schedule: id === undefined ? null : scheduleById(context, id).stored.number,
        outcomes: outcome === undefined ? null : [outcome].flat(),
        before: place,
        limit: limit + 1,
      });
      const shown = places.slice(0, limit);
      const entries = await entriesAt(context, shown);
      const last = shown.at(-1);
      return { entries, next: places.length > limit && last !== undefined ? toCursor(last) : null };
    },
  };
}
