import { endRun, lastAttempt, noCounts, openRuns } from '../store/runs.ts';
import { endSlot, openSlots, type OpenSlot } from '../store/slots.ts';
import { inTransaction, type Writer } from '../store/statement.ts';
import type { WaitingRetry } from './actions.ts';
import { endBecause } from './reasons.ts';

/** What a new leader found of its predecessor's work. */
export interface Recovered {
  readonly interrupted: number;
  readonly missed: number;
  /** Slots that go on waiting for their next attempt. */
  readonly retries: readonly WaitingRetry[];
}

function waitingRetry(db: Writer, found: OpenSlot): readonly WaitingRetry[] {
  const { slot, slotAtMs, schedule, attempts, offlineAttempts, retryAtMs, waitsFor } = found;
  const end = lastAttempt(db, slot);
  if (retryAtMs === null || end === null) return [];
  const { outcome, reason, message } = end;
  return [
    {
      ...{ slot, slotAtMs, schedule, attempts, offlineAttempts, waitsFor },
      atMs: retryAtMs,
      notBeforeMs: 0,
      end: { outcome, reason, message },
    },
  ];
}

/**
 * Settles what a predecessor left open when it died or was quit (design.md section 4): what waited
 * is missed, what was starting or running is interrupted and never retried by itself, what waited for
 * a retry goes on waiting. One transaction; run it once, under the lead, before anything else.
 */
export function recover(db: Writer, nowMs: number): Recovered {
  return inTransaction(db, () => {
    const interrupted = endBecause('interrupted', 'crash');
    const missed = endBecause('missed', 'not-running');
    const rest = { endedAtMs: nowMs, durationMs: null, counts: noCounts, bytes: 0 };
    const runs = openRuns(db);
    for (const run of runs)
      endRun(db, run.run, { ...(run.state === 'queued' ? missed : interrupted), ...rest });
    const slots = openSlots(db);
    for (const slot of slots)
      if (slot.state !== 'waiting-retry')
        endSlot(db, slot.slot, slot.state === 'queued' ? missed : interrupted);
    return {
      interrupted: runs.filter((run) => run.state !== 'queued').length,
      missed: runs.filter((run) => run.state === 'queued').length,
      retries: slots.flatMap((slot) => waitingRetry(db, slot)),
    };
  });
}
