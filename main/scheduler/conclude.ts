import type { RunCounts } from '../../contract/ledger.ts';
import type { RunReport } from '../scrape/runner.ts';
import { lastGoodRun, type LastGoodRun } from '../store/records.ts';
import { appendRunLog, type StoredLogLine } from '../store/run-log.ts';
import { endRun, noCounts } from '../store/runs.ts';
import { usualRows } from '../store/usual-runs.ts';
import { writeFaultOf } from '../store/write-faults.ts';
import { inTransaction, type Writer } from '../store/statement.ts';
import type { Action, QueuedRun, Written } from './actions.ts';
import type { Entry } from './book.ts';
import { fieldHash } from './field-hash.ts';
import { judgeEnd } from './judge-end.ts';
import { keepRows, keyedRows } from './keep-rows.ts';
import type { Ledger } from './ledger.ts';
import type { State } from './state.ts';
import { withSuspicion } from './suspicious.ts';

/** An attempt that has reported. */
export interface Reported {
  readonly item: QueuedRun;
  readonly startedAtMs: number;
  readonly report: RunReport;
  readonly lines: readonly StoredLogLine[];
  readonly nowMs: number;
}

/** An action with what it has put into the ledger. */
export interface Committed {
  readonly action: Action;
  readonly written: Written;
}

/** What conclusions are written with. */
export interface ConcludeParts {
  readonly db: Writer;
  readonly ledger: Ledger;
  readonly state: State;
}

/**
 * Whether a run is a change: rows are new, changed or gone since the last good run. A schedule's first
 * good run, or the first after its fields changed, has nothing to be compared with (rule 13).
 */
function isChange(good: LastGoodRun | null, counts: RunCounts, hash: string): boolean {
  if (good === null || (good.fieldHash !== null && good.fieldHash !== hash)) return false;
  return counts.new + counts.changed + counts.gone > 0;
}

/** A run's log ends with why it didn't simply succeed. */
function lastLine({ outcome, message }: RunReport, nowMs: number): readonly StoredLogLine[] {
  if (message === null) return [];
  const level = outcome === 'failed' || outcome === 'timed-out' ? 'error' : 'warning';
  return [{ atMs: nowMs, level, message }];
}

function writeLines(db: Writer, { item, lines, nowMs }: Reported, report: RunReport): void {
  for (const line of [...lines, ...lastLine(report, nowMs)]) appendRunLog(db, item.run, line);
}

/** Judges an attempt's end, and writes what follows. */
function judgeAndWrite(
  { ledger, state }: ConcludeParts,
  entry: Entry | undefined,
  { item, startedAtMs, nowMs }: Reported,
  { outcome, reason, message, retryable, retryAfterMs }: RunReport,
  isChanged: boolean,
): readonly Committed[] {
  const end = { outcome, reason, message };
  const ended = { item, startedAtMs, end, retryable, retryAfterMs, isChange: isChanged };
  return judgeEnd(state, entry, ended, nowMs).map((action) => ({
    action,
    written: ledger.write(action),
  }));
}

/** Writes what a deleted schedule's run leaves: its outcome alone. */
function concludeDeleted(parts: ConcludeParts, reported: Reported): readonly Committed[] {
  const { item, report, nowMs } = reported;
  const { pages, notModified } = report;
  const counts = { ...noCounts, pages, notModified };
  writeLines(parts.db, reported, report);
  endRun(parts.db, item.run, { ...report, endedAtMs: nowMs, counts });
  return judgeAndWrite(parts, undefined, reported, report, false);
}

/** Writes an attempt's rows, its outcome and what follows from it. */
function concludeRun(parts: ConcludeParts, entry: Entry, reported: Reported): readonly Committed[] {
  const { db } = parts;
  const { item, nowMs } = reported;
  const { scrape } = entry.stored.document;
  const { run, schedule } = item;
  const hash = fieldHash(scrape);
  const rows = keyedRows(reported.report.records, scrape.key);
  const fromMs = entry.stored.usualFromMs ?? 0;
  const usual = usualRows(db, schedule, { fieldHash: hash, fromMs });
  const report = withSuspicion(reported.report, rows.length, usual);
  const good = lastGoodRun(db, schedule);
  const counts = keepRows(db, { run, schedule, rows, report, atMs: nowMs });
  writeLines(db, reported, report);
  endRun(db, run, { ...report, endedAtMs: nowMs, counts, fieldHash: hash });
  const changed = report.outcome === 'success' && isChange(good, counts, hash);
  return judgeAndWrite(parts, entry, reported, report, changed);
}

/**
 * Records how an attempt ended, in one transaction: its log, its rows, its outcome, and what that
 * means for its slot, its schedule's counter and the schedules that run after it.
 */
export function conclude(parts: ConcludeParts, reported: Reported): readonly Committed[] {
  const entry = parts.state.book.get(reported.item.schedule);
  return inTransaction(parts.db, () =>
    entry === undefined ? concludeDeleted(parts, reported) : concludeRun(parts, entry, reported),
  );
}

/**
 * Ends an attempt whose rows or outcome could not be written: it has failed, and nothing of it counts
 * as read. Throws only where not even that can be written.
 */
export function concludeUnrecorded(
  parts: ConcludeParts,
  reported: Reported,
  error: unknown,
): readonly Committed[] {
  const { item, report, nowMs } = reported;
  const isFull = writeFaultOf(error) === 'disk-full';
  const detail = error instanceof Error ? error.message : String(error);
  const failed: RunReport = {
    ...report,
    outcome: 'failed',
    reason: isFull ? 'disk-full' : 'not-recorded',
    message: isFull
      ? 'The disk was full, so what this run read could not be stored. Free some space.'
      : `What this run read could not be stored: ${detail}`,
    retryable: false,
  };
  const entry = parts.state.book.get(item.schedule);
  return inTransaction(parts.db, () => {
    endRun(parts.db, item.run, { ...failed, endedAtMs: nowMs, counts: noCounts });
    return judgeAndWrite(parts, entry, reported, failed, false);
  });
}
