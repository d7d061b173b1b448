import { createHash } from 'node:crypto';
import type { Reader } from '../../main/store/statement.ts';

/** The hash of every row of every table but these. */
export function contentsOf(db: Reader, but: readonly string[] = []): string {
  const named = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
  const hash = createHash('sha256');
  for (const table of db.prepare<[], string>(named).pluck().all()) {
    if (but.includes(table)) continue;
    const rows = db.prepare(`SELECT * FROM "${table}"`).raw().all();
    hash.update(table).update(JSON.stringify(rows));
  }
  return hash.digest('hex');
}
