import type { RunReport } from '../scrape/runner.ts';

/** A success with no more than this share of its usual rows is suspicious. */
const fewShare = 0.2;

/**
 * A report as it is to be recorded: a success with far fewer rows than usual asks for attention instead,
 * so that the rows of the last good run stay the schedule's own.
 *
 * @param usualRows The median of its last good runs; null where there are too few to tell.
 */
export function withSuspicion(
  report: RunReport,
  rows: number,
  usualRows: number | null,
): RunReport {
  if (report.outcome !== 'success' || usualRows === null || usualRows === 0) return report;
  if (rows > usualRows * fewShare) return report;
  const message =
    `It read ${String(rows)} rows where it usually reads about ${String(Math.round(usualRows))}. ` +
    'The rows of its last good run were kept. Look whether the page has changed; if all is well, pause and resume the schedule.';
  return { ...report, outcome: 'attention', reason: 'few-rows', message };
}
