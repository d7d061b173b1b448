import type { Outcome } from '../../contract/ledger.ts';
import { newestFirst, type HistoryPlace } from './history-places.ts';
import { statement, type Reader } from './statement.ts';

/** A row of the history as a strip shows it. */
export interface RecentRow extends HistoryPlace {
  /** Null while it goes on. */
  readonly outcome: Outcome | null;
  readonly reason: string | null;
}

/**
 * The newest rows of a schedule, newest first, as far as its indexes hold them: thirty rows lie on as many
 * pages of a long ledger, and their entries on one or two.
 */
export function recentRows(db: Reader, schedule: number, limit: number): readonly RecentRow[] {
  const newest = (kind: HistoryPlace['kind'], from: string): readonly RecentRow[] =>
    statement<Omit<RecentRow, 'kind'>>(
      db,
      `SELECT recorded_at AS recordedAtMs, ${kind} AS number, outcome, reason FROM ${from}
       ORDER BY recorded_at DESC, ${kind} DESC LIMIT ?`,
    )
      .all(schedule, limit)
      .map((row) => ({ ...row, kind }));
  return [
    ...newest('run', 'runs WHERE schedule = ?'),
    ...newest('slot', 'slots WHERE schedule = ? AND ended_at_once = 1'),
  ]
    .sort(newestFirst)
    .slice(0, limit);
}
