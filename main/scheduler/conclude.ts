import type { Outcome } from '../../contract/ledger.ts';
import type { RunReport } from '../scrape/runner.ts';
import { isOpen } from '../schedule/active-hours.ts';
import { endRun, noCounts } from '../store/runs.ts';
import { appendRunLog, type StoredLogLine } from '../store/run-log.ts';
import { updateSchedule, type StoredSchedule } from '../store/schedules.ts';
import { endSlot, waitForRetry } from '../store/slots.ts';
import { inTransaction, type Writer } from '../store/statement.ts';
import type { Entry } from './book.ts';
import { keepRows } from './keep-rows.ts';
import { retryDelayMs } from './retry-delay.ts';
import type { QueuedRun } from './settle.ts';

/** A slot that waits for its next attempt. */
export interface WaitingRetry {
  readonly slot: number;
  readonly schedule: number;
  /** The attempts it has had. */
  readonly attempts: number;
  readonly atMs: number;
}

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
}

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
function concludeSlot(db: Writer, slot: number, entry: Entry, reported: Reported): Conclusion {
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

/** A run's log ends with why it didn't simply succeed. */
function lastLine({ report, nowMs }: Reported): readonly StoredLogLine[] {
  const { outcome, message } = report;
  if (message === null) return [];
  const level = outcome === 'failed' || outcome === 'timed-out' ? 'error' : 'warning';
  return [{ atMs: nowMs, level, message }];
}

/**
 * Records how an attempt ended, in one transaction: its log, its rows, its outcome, and what that
 * means for its slot and its schedule's counter. `entry` is undefined where the schedule was deleted
 * meanwhile; then only the outcome is kept.
 */
export function conclude(db: Writer, entry: Entry | undefined, reported: Reported): Conclusion {
  const { item, report, lines, nowMs } = reported;
  return inTransaction(db, () => {
    for (const line of [...lines, ...lastLine(reported)]) appendRunLog(db, item.run, line);
    const { pages, notModified } = report;
    const counts =
      entry === undefined
        ? { ...noCounts, pages, notModified }
        : keepRows(db, {
            run: item.run,
            schedule: item.schedule,
            scrape: entry.stored.document.scrape,
            report,
            atMs: nowMs,
          });
    endRun(db, item.run, { ...report, endedAtMs: nowMs, counts });
    if (item.slot === null) return { stored: null, retry: null };
    if (entry !== undefined) return concludeSlot(db, item.slot, entry, reported);
    endSlot(db, item.slot, report);
    return { stored: null, retry: null };
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
  return { stored: null, retry: null };
}
