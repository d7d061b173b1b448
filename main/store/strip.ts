import type { Outcome } from '../../contract/ledger.ts';
import type { HistoryPlace } from './history.ts';
import { statement, type Reader } from './statement.ts';

/** How one of a schedule's rows ended, and where it stands in the history. */
export interface StripRow extends HistoryPlace {
  /** Null while it waits or goes on. */
  readonly outcome: Outcome | null;
  readonly reason: string | null;
}

/**
 * The newest rows of a schedule as its strip shows them, newest first: in the order of `readHistory`, at less than
 * half its cost, since a strip is read anew at each change of its schedule.
 */
export function readStrip(db: Reader, schedule: number, limit: number): readonly StripRow[] {
  return statement<StripRow>(
    db,
    `SELECT * FROM
       (SELECT 'run' AS kind, run AS number, recorded_at AS recordedAtMs, outcome, reason FROM runs
         WHERE schedule = @schedule ORDER BY recorded_at DESC, run DESC LIMIT @limit)
     UNION ALL SELECT * FROM
       (SELECT 'slot', slot, recorded_at, outcome, reason FROM slots
         WHERE schedule = @schedule AND attempts = 0 AND state = 'ended'
           AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.slot = slots.slot)
         ORDER BY recorded_at DESC, slot DESC LIMIT @limit)
     ORDER BY recordedAtMs DESC, kind, number DESC LIMIT @limit`,
  ).all({ schedule, limit });
}
