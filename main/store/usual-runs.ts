import { statement, type Reader } from './statement.ts';

/** What a schedule's runs usually take: averages of its last good ones. */
export interface UsualRun {
  readonly runMs: number;
  readonly pages: number;
}

/** How many good runs are averaged, and among how many of the newest runs they are looked for. */
const goodRuns = 20;
const runsLookedAt = 200;

/**
 * What a schedule's last 20 successful runs took on average: their duration and the pages they
 * fetched. Looks at its newest 200 runs only, so that one that has failed for years costs no more than
 * any other. Null where none of them was successful.
 */
export function usualRun(db: Reader, schedule: number): UsualRun | null {
  const row = statement<{ runMs: number | null; pages: number | null }>(
    db,
    `SELECT avg(duration_ms) AS runMs, avg(pages) AS pages FROM (
       SELECT duration_ms, pages FROM (
         SELECT outcome, duration_ms, pages, recorded_at, run FROM runs WHERE schedule = ?
         ORDER BY recorded_at DESC, run DESC LIMIT ${String(runsLookedAt)}
       ) WHERE outcome = 'success' AND duration_ms IS NOT NULL
       ORDER BY recorded_at DESC, run DESC LIMIT ${String(goodRuns)}
     )`,
  ).get(schedule);
  if (row === undefined || row.runMs === null || row.pages === null) return null;
  return { runMs: row.runMs, pages: row.pages };
}

/** How many good runs there must be before a run is held against them. */
const leastGoodRuns = 5;

/**
 * How many rows a schedule's last good runs with these fields, since an instant, had in the middle: the
 * median of at most 20, among its newest 200 runs. Null where there are fewer than five.
 */
export function usualRows(
  db: Reader,
  schedule: number,
  { fieldHash, fromMs }: { readonly fieldHash: string; readonly fromMs: number },
): number | null {
  const counts = statement<{ rows: number }>(
    db,
    `SELECT row_count AS rows FROM (
       SELECT outcome, row_count, field_hash, recorded_at, run FROM runs WHERE schedule = ?
       ORDER BY recorded_at DESC, run DESC LIMIT ${String(runsLookedAt)}
     ) WHERE outcome = 'success' AND field_hash = ? AND recorded_at >= ?
     ORDER BY recorded_at DESC, run DESC LIMIT ${String(goodRuns)}`,
  )
    .all(schedule, fieldHash, fromMs)
    .map(({ rows }) => rows)
    .sort((a, b) => a - b);
  if (counts.length < leastGoodRuns) return null;
  const middle = counts.length / 2;
  const low = counts[Math.ceil(middle) - 1] ?? 0;
  const high = counts[Math.floor(middle)] ?? low;
  return (low + high) / 2;
}
