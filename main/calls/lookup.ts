import { RefusedError } from '../../contract/result.ts';
import type { Entry } from '../scheduler/book.ts';
import { readRun, type HistoryRow } from '../store/history.ts';
import type { Context } from './context.ts';

/** The schedule with this id, or the refusal `not-found`; `path` is where the input names it. */
export function scheduleById({ scheduler }: Context, id: string, path = 'id'): Entry {
  const entry = scheduler.book.byId(id);
  if (entry !== undefined) return entry;
  throw new RefusedError('not-found', `There is no schedule ${id}; list shows those there are.`, [
    { path, message: `there is no schedule ${id}` },
  ]);
}

/** The run with this number, or the refusal `not-found`. */
export function runByNumber({ db }: Context, run: number): HistoryRow {
  const row = readRun(db, run);
  if (row !== null) return row;
  throw new RefusedError(
    'not-found',
    `There is no run ${String(run)}; runs shows those there are.`,
    [{ path: 'run', message: `there is no run ${String(run)}` }],
  );
}
