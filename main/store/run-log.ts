import { statement, type Reader, type Writer } from './statement.ts';

/** One line of a run's own log. */
export interface StoredLogLine {
  readonly atMs: number;
  readonly level: 'info' | 'warning' | 'error';
  readonly message: string;
}

/** The most lines kept of one run; what comes after is dropped. */
export const maxLogLines = 1_000;

/** Adds a line to a run's log. */
export function appendRunLog(db: Writer, run: number, line: StoredLogLine): void {
  statement(
    db,
    `INSERT INTO run_log (run, line, at, level, message)
     SELECT @run, n, @atMs, @level, @message FROM
       (SELECT coalesce(max(line), 0) + 1 AS n FROM run_log WHERE run = @run) WHERE n <= ${String(maxLogLines)}`,
  ).run({ run, ...line });
}

/** A run's log, in order. */
export function readRunLog(db: Reader, run: number): readonly StoredLogLine[] {
  return statement<StoredLogLine>(
    db,
    'SELECT at AS atMs, level, message FROM run_log WHERE run = ? ORDER BY line',
  ).all(run);
}
