import { statement, type Writer } from './statement.ts';

/** Notes how far a schedule's slots have been judged, whether or not that was known. */
export function putHandledUntil(db: Writer, number: number, handledUntilMs: number): void {
  statement(
    db,
    'INSERT INTO handled (schedule, until) VALUES (?, ?) ON CONFLICT DO UPDATE SET until = excluded.until',
  ).run(number, handledUntilMs);
}

/** Notes how far these schedules' slots have been judged. */
export function setHandledUntil(
  db: Writer,
  numbers: readonly number[],
  handledUntilMs: number,
): void {
  statement(
    db,
    'UPDATE handled SET until = ? WHERE schedule IN (SELECT value FROM json_each(?))',
  ).run(handledUntilMs, JSON.stringify(numbers));
}

const ofAll = 'schedule IN (SELECT number FROM schedules WHERE deleted_at IS NULL)';

/** Notes how far all schedules' slots have been judged. */
export function setAllHandledUntil(db: Writer, handledUntilMs: number): void {
  statement(db, `UPDATE handled SET until = ? WHERE ${ofAll}`).run(handledUntilMs);
}

/** Notes that the slots of a schedule, or of all (null), have been judged at least so far. */
export function raiseHandledUntil(db: Writer, number: number | null, atLeastMs: number): void {
  const raise = 'UPDATE handled SET until = max(until, ?)';
  if (number === null) statement(db, `${raise} WHERE ${ofAll}`).run(atLeastMs);
  else statement(db, `${raise} WHERE schedule = ?`).run(atLeastMs, number);
}
