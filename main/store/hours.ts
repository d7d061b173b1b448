import { hoursProfileSchema, type HoursProfile } from '../../contract/hours.ts';
import { statement, type Reader, type Writer } from './statement.ts';

const documentVersion = 1;

/** All named profiles, by id. */
export function listHours(db: Reader): readonly HoursProfile[] {
  return statement<{ document: string }>(db, 'SELECT document FROM hours ORDER BY id')
    .all()
    .map((row) => hoursProfileSchema.parse(JSON.parse(row.document)));
}

/** Inserts a profile, or replaces the one with its id. */
export function writeHours(db: Writer, profile: HoursProfile): void {
  statement(
    db,
    `INSERT INTO hours (id, document, document_version) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET document = excluded.document, document_version = excluded.document_version`,
  ).run(profile.id, JSON.stringify(profile), documentVersion);
}

/** Removes a profile. */
export function removeHours(db: Writer, id: string): void {
  statement(db, 'DELETE FROM hours WHERE id = ?').run(id);
}
