import { hoursProfileSchema, type HoursProfile } from '../../contract/hours.ts';
import { statement, type Reader, type Writer } from './statement.ts';

const documentVersion = 1;

interface HoursRow {
  readonly id: string;
  readonly document: string;
}

function profileOf(row: HoursRow): HoursProfile | null {
  try {
    return hoursProfileSchema.parse(JSON.parse(row.document));
  } catch {
    return null;
  }
}

function rows(db: Reader): readonly HoursRow[] {
  return statement<HoursRow>(db, 'SELECT id, document FROM hours ORDER BY id').all();
}

/** All named profiles, by id; those that can't be read are left out. */
export function listHours(db: Reader): readonly HoursProfile[] {
  return rows(db).flatMap((row) => profileOf(row) ?? []);
}

/** The ids of the profiles that can't be read; saving one anew mends it. */
export function unreadableHours(db: Reader): readonly string[] {
  return rows(db).flatMap((row) => (profileOf(row) === null ? [row.id] : []));
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
