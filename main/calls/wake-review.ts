import type { EventEnvelope } from '../../contract/calls.ts';
import { toInstant, toInstantOrNull } from '../../contract/time.ts';
import type { WakeReview } from '../../contract/wake.ts';
import type { Changes } from '../changes.ts';
import type { Clock, Timer } from '../clock.ts';
import { lateCauses, lateLines, lateTotals, type LateQuery } from '../store/late-slots.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import type { Writer } from '../store/statement.ts';

/** The name under which the highest slot number put away is kept. */
const markMeta = 'wakeReviewMark';
/** Only what was recorded this lately is told. */
const weekMs = 7 * 24 * 3_600_000;
const mostLines = 50;
/** The rows of one waking come together; they are told once. */
const gatherMs = 250;
/** A sleep is noticed by a tick this late, so nothing recorded sooner after the start was slept through. */
const sleepNoticedMs = 35_000;

/** What the watch is made of. */
export interface WakeWatchParts {
  readonly db: Writer;
  readonly clock: Clock;
  readonly changes: Changes;
  /** Since when the scheduler of this host runs; null while it doesn't. */
  readonly runningSinceMs: () => number | null;
  /** Tells every window how the host is now. */
  readonly tellHost: () => void;
}

/** Keeps the wake review: what wasn't run in time, until somebody puts it away. */
export interface WakeWatch {
  view(): WakeReview | null;
  /** Puts away all that the review tells of now. */
  dismiss(): void;
  stop(): void;
}

/** Whether an event may change the review: a row of late slots, or a schedule that is gone. */
function concerns({ name, value }: EventEnvelope): boolean {
  if (name === 'scheduleRemoved') return true;
  if (name !== 'run') return false;
  return value.outcome === 'missed' || value.cause !== 'slot' || value.coalesced > 1;
}

/** The watch over what was missed; it listens from its making on. */
export function createWakeWatch(parts: WakeWatchParts): WakeWatch {
  const { db, clock, changes } = parts;
  let told = '';
  let timer: Timer | null = null;

  const query = (): LateQuery => ({
    mark: Number(readMeta(db, markMeta) ?? 0),
    sinceMs: clock.now() - weekMs,
  });

  /** Why the slots weren't reached in time: the rows say so, or when they were recorded does. */
  const causeOf = (late: LateQuery, firstMs: number, lastMs: number): WakeReview['cause'] => {
    const [cause, ...others] = lateCauses(db, late);
    if (others.length === 0 && (cause === 'asleep' || cause === 'not-running')) return cause;
    const sinceMs = parts.runningSinceMs();
    if (sinceMs === null || firstMs < sinceMs) return null;
    if (firstMs >= sinceMs + sleepNoticedMs) return 'asleep';
    return lastMs < sinceMs + sleepNoticedMs ? 'not-running' : null;
  };

  const view = (): WakeReview | null => {
    const late = query();
    const { schedules, slots, fromMs, untilMs, firstRecordedAtMs } = lateTotals(db, late);
    if (fromMs === null || untilMs === null || firstRecordedAtMs === null) return null;
    return {
      from: toInstant(fromMs),
      until: toInstant(untilMs),
      cause: causeOf(late, firstRecordedAtMs, untilMs),
      schedules,
      slots,
      lines: lateLines(db, late, mostLines).map((line) => ({
        schedule: line.schedule,
        name: line.name,
        slots: line.slots,
        from: toInstant(line.fromMs),
        to: toInstant(line.toMs),
        runs: line.runs,
        row: line.row,
        outcome: line.outcome,
        reason: line.reason,
        startedAt: toInstantOrNull(line.startedAtMs),
      })),
    };
  };

  const tell = (): void => {
    const now = JSON.stringify(view());
    if (now === told) return;
    told = now;
    parts.tellHost();
  };

  told = JSON.stringify(view());
  const unsubscribe = changes.subscribe((event) => {
    if (!concerns(event)) return;
    timer ??= clock.after(gatherMs, () => {
      timer = null;
      tell();
    });
  });

  return {
    view,
    dismiss: () => {
      const { mark } = lateTotals(db, query());
      if (mark !== null) writeMeta(db, markMeta, String(mark));
      tell();
    },
    stop: () => {
      unsubscribe();
      timer?.cancel();
    },
  };
}
