import type { Outcome } from '../../contract/ledger.ts';
import { statement, type Reader } from './statement.ts';

/** A place in the history: the instant of a row, and its number among runs or among slots. */
export interface HistoryPlace {
  readonly recordedAtMs: number;
  readonly kind: 'run' | 'slot';
  readonly number: number;
}

/** Which rows to read: newest first, before a place, of one schedule or some outcomes. */
export interface HistoryQuery {
  /** A schedule that isn't deleted; null for all of those. */
  readonly schedule: number | null;
  /** Rows that ended so, whichever of these; null for all, also those that haven't ended. */
  readonly outcomes: readonly Outcome[] | null;
  readonly before: HistoryPlace | null;
  readonly limit: number;
}

/** Where the rows of a kind are: attempts, and slots that never had one. */
const tables = {
  run: { table: 'runs', key: 'run', always: 'TRUE' },
  slot: { table: 'slots', key: 'slot', always: 'ended_at_once = 1' },
} as const;

/** The order of rows with the same instant: runs before slots, higher numbers first. */
function rank(kind: HistoryPlace['kind']): number {
  return kind === 'run' ? 1 : 0;
}

/** Newest first; the order is total, so that a place is enough to go on from. */
export function newestFirst(a: HistoryPlace, b: HistoryPlace): number {
  return b.recordedAtMs - a.recordedAtMs || rank(b.kind) - rank(a.kind) || b.number - a.number;
}

/** The condition that leaves deleted schedules out; nothing where there are none, as a rule. */
function withoutDeleted(db: Reader): string {
  const deleted = statement<{ number: number }>(
    db,
    'SELECT number FROM schedules WHERE deleted_at IS NOT NULL LIMIT 1',
  ).get();
  if (deleted === undefined) return 'TRUE';
  return 'schedule NOT IN (SELECT number FROM schedules WHERE deleted_at IS NOT NULL)';
}

/** The newest places of one kind and one outcome: a walk along one index that holds all it asks for. */
function placesOf(
  db: Reader,
  kind: HistoryPlace['kind'],
  outcome: Outcome | null,
  { schedule, before, limit }: HistoryQuery,
): readonly HistoryPlace[] {
  const { table, key, always } = tables[kind];
  const conditions: string[] = [always];
  const values: unknown[] = [];
  if (schedule === null) conditions.push(withoutDeleted(db));
  else {
    conditions.push('schedule = ?');
    values.push(schedule);
  }
  if (outcome !== null) {
    conditions.push('outcome = ?');
    values.push(outcome);
  }
  if (before !== null) {
    // Of the rows with the same instant those of the lower kind are all still to come.
    const bound =
      before.kind === kind
        ? before.number
        : rank(kind) < rank(before.kind)
          ? Number.MAX_SAFE_INTEGER
          : 0;
    conditions.push(`(recorded_at, ${key}) < (?, ?)`);
    values.push(before.recordedAtMs, bound);
  }
  return statement<Omit<HistoryPlace, 'kind'>>(
    db,
    `SELECT recorded_at AS recordedAtMs, ${key} AS number FROM ${table}
     WHERE ${conditions.join(' AND ')} ORDER BY recorded_at DESC, ${key} DESC LIMIT ?`,
  )
    .all(...values, limit)
    .map((place) => ({ ...place, kind }));
}

/**
 * The places of a page of history, newest first: paged by key, so that a deep page costs what the first
 * one does. Each outcome is asked for by itself: for several at once SQLite would walk through all rows.
 */
export function readPlaces(db: Reader, query: HistoryQuery): readonly HistoryPlace[] {
  const outcomes = query.outcomes === null ? [null] : [...new Set(query.outcomes)];
  return outcomes
    .flatMap((outcome) => [
      ...placesOf(db, 'run', outcome, query),
      ...placesOf(db, 'slot', outcome, query),
    ])
    .sort(newestFirst)
    .slice(0, query.limit);
}
