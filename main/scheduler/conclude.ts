import type { Outcome, RunCounts } from '../../contract/ledger.ts';
import type { RunReport } from '../scrape/runner.ts';
import { isOpen } from '../schedule/active-hours.ts';
import { lastGoodRun, type LastGoodRun } from '../store/records.ts';
import { endRun, noCounts } from '../store/runs.ts';
import { appendRunLog, type StoredLogLine } from '../store/run-log.ts';
import { updateSchedule, type StoredSchedule } from '../store/schedules.ts';
import { endSlot, waitForRetry } from '../store/slots.ts';
import { inTransaction, type Writer } from '../store/statement.ts';
import type { Entry } from './book.ts';
import type { EnterChained } from './chains.ts';
import { fieldHash } from './field-hash.ts';
import { keepRows } from './keep-rows.ts';
import type { WaitingRetry } from './retries.ts';
import { retryDelayMs } from './retry-delay.ts';
import type { QueuedRun, Settlement } from './settle.ts';

/** An attempt that has reported. */
export interface Reported {
  readonly item: QueuedRun;
  readonly report: RunReport;
  readonly lines: readonly StoredLogLine[];
  readonly nowMs: number;
}

/** What follows from an attempt's end, for the book and the alarm. */
export interface Conclusion {
  /** The schedule with its counter, where that has changed. */
  readonly stored: StoredSchedule | null;
  readonly retry: WaitingRetry | null;
  /** The slots of schedules that run after this one. */
  readonly chained: readonly Settlement[];
}

const nothing: Conclusion = { stored: null, retry: null, chained: [] };

/** Outcomes that count to the failure threshold; the others either reset it or say nothing. */
const failing: ReadonlySet<Outcome> = new Set<Outcome>(['failed', 'timed-out', 'attention']);
const resetting: ReadonlySet<Outcome> = new Set<Outcome>(['success', 'partial']);

/** The instant of the next attempt, or null where this one's outcome stands (design.md section 4). */
function retryAt(entry: Entry, { item, report, nowMs }: Reported): number | null {
  const { document } = entry.stored;
  const failed = report.outcome === 'failed' || report.outcome === 'timed-out';
  if (!failed || !report.retryable || !document.enabled) return null;
  const delayMs = retryDelayMs(document.retry, item.attempt, report.retryAfterMs);
  if (delayMs === null) return null;
  const atMs = nowMs + delayMs;
  // A newly due slot would end the wait, and a closed hour would refuse the attempt.
  if (entry.nextAtMs !== null && entry.nextAtMs <= atMs) return null;
  return isOpen(entry.plan.hours, entry.plan.timezone, atMs) ? atMs : null;
}

/** The schedule with its counter of failures in a row, paused where that reaches its threshold. */
function counted(stored: StoredSchedule, outcome: Outcome): StoredSchedule {
  if (resetting.has(outcome)) return stored.failures === 0 ? stored : { ...stored, failures: 0 };
  if (!failing.has(outcome)) return stored;
  const failures = stored.failures + 1;
  const threshold = stored.document.pauseAfterFailures;
  const pause =
    threshold > 0 && failures >= threshold
      ? (stored.pause ?? { untilMs: null, why: 'failures' as const })
      : stored.pause;
  return { ...stored, failures, pause };
}

/** Writes the end of a slot's attempt: it waits for a retry, or has its final outcome. */
function concludeSlot(
  db: Writer,
  slot: number,
  entry: Entry,
  reported: Reported,
): Pick<Conclusion, 'stored' | 'retry'> {
  const atMs = retryAt(entry, reported);
  if (atMs !== null) {
    waitForRetry(db, slot, atMs);
    const { schedule, attempt } = reported.item;
    return { stored: null, retry: { slot, schedule, attempts: attempt, atMs } };
  }
  endSlot(db, slot, reported.report);
  const stored = counted(entry.stored, reported.report.outcome);
  if (stored === entry.stored) return { stored: null, retry: null };
  updateSchedule(db, stored);
  return { stored, retry: null };
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
function lastLine({ report, nowMs }: Reported): readonly StoredLogLine[] {
  const { outcome, message } = report;
  if (message === null) return [];
  const level = outcome === 'failed' || outcome === 'timed-out' ? 'error' : 'warning';
  return [{ atMs: nowMs, level, message }];
}

/** Writes what a deleted schedule's run leaves: its outcome alone. */
function concludeDeleted(db: Writer, { item, report, nowMs }: Reported): Conclusion {
  const { pages, notModified } = report;
  const counts = { ...noCounts, pages, notModified };
  endRun(db, item.run, { ...report, endedAtMs: nowMs, counts });
  if (item.slot !== null) endSlot(db, item.slot, report);
  return nothing;
}

/** Writes an attempt's rows, its outcome and what follows from it. */
function concludeRun(
  db: Writer,
  entry: Entry,
  reported: Reported,
  chain: EnterChained,
): Conclusion {
  const { item, report, nowMs } = reported;
  const { id, scrape } = entry.stored.document;
  const { run, schedule } = item;
  const good = lastGoodRun(db, schedule);
  const hash = fieldHash(scrape);
  const counts = keepRows(db, { run, schedule, scrape, report, atMs: nowMs });
  endRun(db, run, { ...report, endedAtMs: nowMs, counts, fieldHash: hash });
  const { outcome } = report;
  const concluded = item.slot === null ? nothing : concludeSlot(db, item.slot, entry, reported);
  if (concluded.retry !== null) return { ...nothing, ...concluded };
  const changed = outcome === 'success' && isChange(good, counts, hash);
  return { ...concluded, chained: chain({ upstream: id, outcome, isChange: changed }) };
}

/**
 * Records how an attempt ended, in one transaction: its log, its rows, its outcome, and what that
 * means for its slot, its schedule's counter and the schedules that run after it. `entry` is undefined
 * where the schedule was deleted meanwhile; then only the outcome is kept.
 */
export function conclude(
  db: Writer,
  entry: Entry | undefined,
  reported: Reported,
  chain: EnterChained,
): Conclusion {
  const { item, lines } = reported;
  return inTransaction(db, () => {
    for (const line of [...lines, ...lastLine(reported)]) appendRunLog(db, item.run, line);
    return entry === undefined
      ? concludeDeleted(db, reported)
      : concludeRun(db, entry, reported, chain);
  });
}

/**
 * Ends an attempt whose rows or outcome could not be written (the disk was full, say): it has failed,
 * and nothing of it counts as read. Throws only where not even that can be written.
 */
export function concludeUnrecorded(db: Writer, reported: Reported, error: unknown): Conclusion {
  const { item, report, nowMs } = reported;
  const detail = error instanceof Error ? error.message : String(error);
  const end = {
    outcome: 'failed',
    reason: 'not-recorded',
    message: `What this run read could not be stored: ${detail}`,
  } as const;
  inTransaction(db, () => {
    const { durationMs, bytes } = report;
    endRun(db, item.run, { ...end, endedAtMs: nowMs, durationMs, bytes, counts: noCounts });
    if (item.slot !== null) endSlot(db, item.slot, end);
  });
  return nothing;
}
