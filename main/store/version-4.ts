/** A quarter of an hour: the local days of every zone begin and end with one. */
const quarterMs = 900_000;

/** Adds a row of the history to its quarters, or takes it away; within a trigger, by the row's `NEW` or `OLD`. */
function counting(row: 'NEW' | 'OLD', step: 'add' | 'remove'): string {
  const quarter = `${row}.recorded_at - ${row}.recorded_at % ${String(quarterMs)}`;
  const of = `quarter_at = ${quarter} AND outcome = ${row}.outcome`;
  const add = 'ON CONFLICT DO UPDATE SET count = count + 1;';
  return step === 'add'
    ? `INSERT INTO quarters VALUES (${row}.schedule, ${quarter}, ${row}.outcome, 1) ${add}
       INSERT INTO quarters_of_all VALUES (${quarter}, ${row}.outcome, 1) ${add}`
    : `DELETE FROM quarters WHERE schedule = ${row}.schedule AND ${of} AND count = 1;
       UPDATE quarters SET count = count - 1 WHERE schedule = ${row}.schedule AND ${of};
       DELETE FROM quarters_of_all WHERE ${of} AND count = 1;
       UPDATE quarters_of_all SET count = count - 1 WHERE ${of};`;
}

/** The four triggers that keep the quarters equal to a table's rows, of which those count that `counts` says. */
function triggers(
  table: 'runs' | 'slots',
  columns: string,
  counts: (row: 'NEW' | 'OLD') => string,
): string {
  const trigger = (name: string, event: string, row: 'NEW' | 'OLD'): string =>
    `CREATE TRIGGER ${table}_${name} AFTER ${event} ON ${table} WHEN ${counts(row)}
     BEGIN ${counting(row, row === 'NEW' ? 'add' : 'remove')} END;`;
  return [
    trigger('counted', 'INSERT', 'NEW'),
    trigger('uncounted', 'DELETE', 'OLD'),
    trigger('counted_anew', `UPDATE OF ${columns}`, 'NEW'),
    trigger('uncounted_before', `UPDATE OF ${columns}`, 'OLD'),
  ].join('\n');
}

/** What of the history counts, with the columns of a quarter: the rows that the runs screen lists as ended. */
const endedRows = `SELECT schedule, recorded_at, outcome FROM runs WHERE outcome IS NOT NULL
  UNION ALL SELECT schedule, recorded_at, outcome FROM slots WHERE ended_at_once = 1 AND outcome IS NOT NULL`;

/**
 * `ended_at_once` tells a slot that never had an attempt without a look at the runs, and keeps those that
 * are only queued out of the indexes over such slots. With the outcome behind the schedule, or alone, and
 * the schedule at the end of what serves all of them, each filter of the history walks along an index and
 * meets nothing else; a schedule's newest outcomes and their reasons stand in one. `quarters` are the sums
 * of the history's chart: small enough to be added up for the days of any zone.
 */
export const version4 = `
ALTER TABLE slots ADD COLUMN ended_at_once INTEGER NOT NULL DEFAULT 0;
UPDATE slots SET ended_at_once = 1 WHERE attempts = 0 AND state = 'ended'
  AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.slot = slots.slot);
DROP INDEX slots_without_run;
DROP INDEX slots_without_run_of;
DROP INDEX slots_without_run_by_outcome;
CREATE INDEX slots_without_run ON slots (recorded_at, slot, schedule) WHERE ended_at_once = 1;
CREATE INDEX slots_without_run_of ON slots (schedule, recorded_at, slot, outcome, reason)
  WHERE ended_at_once = 1;
CREATE INDEX slots_without_run_by_outcome ON slots (outcome, recorded_at, slot, schedule)
  WHERE ended_at_once = 1;
CREATE INDEX slots_without_run_of_by_outcome ON slots (schedule, outcome, recorded_at, slot)
  WHERE ended_at_once = 1;
DROP INDEX runs_good;
DROP INDEX runs_by_time;
DROP INDEX runs_by_outcome;
DROP INDEX runs_of_schedule;
CREATE INDEX runs_of_schedule ON runs (schedule, recorded_at, run, outcome, reason);
CREATE INDEX runs_by_time ON runs (recorded_at, run, schedule);
CREATE INDEX runs_by_outcome ON runs (outcome, recorded_at, run, schedule) WHERE outcome IS NOT NULL;
CREATE INDEX runs_of_by_outcome ON runs (schedule, outcome, recorded_at, run) WHERE outcome IS NOT NULL;
CREATE TABLE quarters (
  schedule INTEGER NOT NULL REFERENCES schedules ON DELETE CASCADE,
  quarter_at INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  count INTEGER NOT NULL CHECK (count > 0),
  PRIMARY KEY (schedule, quarter_at, outcome)
) STRICT, WITHOUT ROWID;
CREATE TABLE quarters_of_all (
  quarter_at INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  count INTEGER NOT NULL CHECK (count > 0),
  PRIMARY KEY (quarter_at, outcome)
) STRICT, WITHOUT ROWID;
INSERT INTO quarters SELECT schedule, recorded_at - recorded_at % ${String(quarterMs)} AS quarter_at, outcome, count(*)
  FROM (${endedRows}) GROUP BY 1, 2, 3;
INSERT INTO quarters_of_all SELECT quarter_at, outcome, sum(count) FROM quarters GROUP BY 1, 2;
${triggers('runs', 'schedule, recorded_at, outcome', (row) => `${row}.outcome IS NOT NULL`)}
${triggers(
  'slots',
  'schedule, recorded_at, outcome, ended_at_once',
  (row) => `${row}.ended_at_once = 1 AND ${row}.outcome IS NOT NULL`,
)}
`;
