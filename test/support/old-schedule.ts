import type { Schedule } from '../../contract/schedule.ts';
import type { Writer } from '../../main/store/statement.ts';

/** When an old schedule was made, and how far its slots are judged, in epoch ms. */
export interface OldTimes {
  readonly createdAtMs: number;
  readonly handledUntilMs: number;
}

/** Enters a schedule as versions 1 to 4 did: today's statements name tables and columns those hadn't. */
export function insertOldSchedule(
  db: Writer,
  document: Schedule,
  { createdAtMs, handledUntilMs }: OldTimes,
): void {
  db.prepare(
    `INSERT INTO schedules (id, document, document_version, created_at, handled_until)
     VALUES (?, ?, 1, ?, ?)`,
  ).run(document.id, JSON.stringify(document), createdAtMs, handledUntilMs);
}
