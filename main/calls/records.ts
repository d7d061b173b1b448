import type { RecordRow } from '../../contract/ledger.ts';
import { RefusedError } from '../../contract/result.ts';
import { toInstant, toInstantOrNull } from '../../contract/time.ts';
import type { Entry } from '../scheduler/book.ts';
import { knownRecords, lastGoodRun, readFullRows, rowsOf } from '../store/records.ts';
import type { Handlers } from './calls.ts';
import type { Context } from './context.ts';
import { runByNumber, scheduleById } from './lookup.ts';
import { exportText } from './records-text.ts';

/** The rows of one run, each flat: its fields in their order, then Jackdaw's own columns. */
function rowsOfRun({ db }: Context, schedule: number, run: number): RecordRow[] {
  const stored = rowsOf(db, run);
  if (stored === null) return [];
  return readFullRows(db, schedule, stored).map((row) => ({
    ...row.document,
    _key: row.key,
    _state: stored === run ? row.state : 'same',
    _firstSeenAt: toInstantOrNull(row.firstSeenAtMs),
    _lastSeenAt: toInstantOrNull(row.lastSeenAtMs),
    _run: run,
  }));
}

/** The records a good run no longer found: all that are gone, or those that went with one run. */
function goneRows({ db }: Context, schedule: number, run: number | null): RecordRow[] {
  return knownRecords(db, schedule)
    .filter((record) => record.goneRun !== null && (run === null || record.goneRun === run))
    .map((record) => ({
      ...record.document,
      _key: record.key,
      _state: 'gone',
      _firstSeenAt: toInstant(record.firstSeenAtMs),
      _lastSeenAt: toInstant(record.lastSeenAtMs),
      _run: record.goneRun,
    }));
}

/** The run asked for, which must be one of the schedule's; else its last good run, or null. */
function runOf(context: Context, { stored }: Entry, run: number | undefined): number | null {
  if (run === undefined) return lastGoodRun(context.db, stored.number)?.run ?? null;
  if (runByNumber(context, run).schedule === stored.number) return run;
  throw new RefusedError(
    'not-found',
    `Run ${String(run)} is not one of ${stored.document.id}; runs ${stored.document.id} shows its runs.`,
    [{ path: 'run', message: `is not a run of ${stored.document.id}` }],
  );
}

/** The calls on scraped rows. */
export function recordHandlers(context: Context): Pick<Handlers, 'listRecords' | 'exportRecords'> {
  const list = (id: string, run: number | undefined, gone: boolean): RecordRow[] => {
    const entry = scheduleById(context, id);
    const from = runOf(context, entry, run);
    if (gone) return goneRows(context, entry.stored.number, run === undefined ? null : from);
    return from === null ? [] : rowsOfRun(context, entry.stored.number, from);
  };
  return {
    listRecords: ({ id, run, gone }) => list(id, run, gone),
    exportRecords: ({ id, format, run, gone }) => {
      const { scrape } = scheduleById(context, id).stored.document;
      return exportText(id, format, list(id, run, gone), Object.keys(scrape.fields));
    },
  };
}
