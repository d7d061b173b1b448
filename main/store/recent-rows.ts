import type { Outcome } from '../../contract/ledger.ts';
import { newestFirst, type HistoryPlace } from './history-places.ts';
import { statement, type Reader } from './statement.ts';

/** A row of the history as a strip shows it. */
export interface RecentRow extends HistoryPlace {
  /** Null while it goes on. */
  readonly outcome: Outcome | null;
  readonly reason: string | null;
}

type Raw = readonly [recordedAtMs: number, number: number, Outcome | null, string | null];

function newestSql(kind: HistoryPlace['kind'], from: string): string {
  return `SELECT recorded_at, ${kind}, outcome, reason FROM ${from} AND schedule = ? AND recorded_at >= ?
     ORDER BY recorded_at DESC, ${kind} DESC LIMIT ?`;
}

/** Made once, as statements are found by them. */
const sql = {
  run: newestSql('run', 'runs WHERE TRUE'),
  slot: newestSql('slot', 'slots WHERE ended_at_once = 1'),
} as const;

/** The newest rows of one kind since an instant, as far as an index holds them. */
function newest(
  db: Reader,
  kind: HistoryPlace['kind'],
  schedule: number,
  sinceMs: number,
  limit: number,
): readonly RecentRow[] {
  return statement<Raw>(db, sql[kind])
    .raw()
    .all(schedule, sinceMs, limit)
    .map((row) => ({
      recordedAtMs: row[0],
      kind,
      number: row[1],
      outcome: row[2],
      reason: row[3],
    }));
}

/**
 * The newest rows of a schedule, newest first, as far as its indexes hold them: thirty rows lie on as many
 * pages of a long ledger, and their entries on one or two.
 */
export function recentRows(db: Reader, schedule: number, limit: number): readonly RecentRow[] {
  const runs = newest(db, 'run', schedule, Number.MIN_SAFE_INTEGER, limit);
  // What is older than as many runs has no place among them.
  const sinceMs =
    (runs.length < limit ? undefined : runs.at(-1)?.recordedAtMs) ?? Number.MIN_SAFE_INTEGER;
  const slots = newest(db, 'slot', schedule, sinceMs, limit);
  return slots.length === 0 ? runs : [...runs, ...slots].sort(newestFirst).slice(0, limit);
}
