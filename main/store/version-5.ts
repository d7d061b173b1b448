import type { Database } from 'better-sqlite3';

/** `CHECK (state IN ('a', 'b'))` as `CHECK (state = 'a' OR state = 'b')`, wherever it stands. */
function compared(sql: string): string {
  return sql.replace(
    /CHECK \((\w+) IN \(([^)]*)\)\)/g,
    (_, column: string, list: string) =>
      `CHECK (${list
        .split(',')
        .map((value) => `${column} = ${value.trim()}`)
        .join(' OR ')})`,
  );
}

/**
 * Lets the ledger's tables compare where they looked in lists: for each statement SQLite made an index of
 * each list anew, which took half the time of entering a slot and its run. Only the text of the tables
 * changes, no row does; this is how SQLite lets constraints be changed without the table being copied
 * (sqlite.org/lang_altertable.html, section 7).
 */
function compareInChecks(db: Database): void {
  db.unsafeMode(true);
  try {
    db.pragma('writable_schema = ON');
    for (const table of ['slots', 'runs']) {
      const row = db
        .prepare<[string], { sql: string }>(
          "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?",
        )
        .get(table);
      db.prepare("UPDATE sqlite_schema SET sql = ? WHERE type = 'table' AND name = ?").run(
        compared(row?.sql ?? ''),
        table,
      );
    }
    const version = Number(db.pragma('schema_version', { simple: true }));
    db.pragma(`schema_version = ${String(version + 1)}`);
    db.pragma('writable_schema = RESET');
  } finally {
    db.unsafeMode(false);
  }
}

/**
 * How far each schedule's slots are judged stands in a narrow table of its own: beside the document, ten
 * thousand schedules that were due together had all their documents written again.
 */
const handled = `
CREATE TABLE handled (
  schedule INTEGER PRIMARY KEY REFERENCES schedules ON DELETE CASCADE,
  until INTEGER NOT NULL
) STRICT;
INSERT INTO handled SELECT number, handled_until FROM schedules;
ALTER TABLE schedules DROP COLUMN handled_until;
`;

/** What a burst of due schedules writes, made small. */
export function version5(db: Database): void {
  compareInChecks(db);
  db.exec(handled);
}
