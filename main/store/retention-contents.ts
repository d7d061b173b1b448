import { stepRows, type Keeping, type Removal } from './retention-ledger.ts';
import { statement, type Writer } from './statement.ts';

/** How many rows of a table one step looks through, and how many documents, each of which may go. */
const lookedThrough = 1_000;
const versionsLookedThrough = 250;

/** How many pages one step removes: each has a body of many leaves. */
const stepPages = 20;

function removeGone(db: Writer, schedule: number, which: string, ...values: unknown[]): number {
  return statement(
    db,
    `DELETE FROM records WHERE schedule = ? AND key IN (SELECT key FROM records
       WHERE schedule = ? AND gone_run IS NOT NULL AND ${which}
       ORDER BY last_seen_at LIMIT ${String(stepRows)})`,
  ).run(schedule, schedule, ...values).changes;
}

function removePages(db: Writer, schedule: number, beforeMs: number): number {
  return statement(
    db,
    `DELETE FROM pages WHERE rowid IN (SELECT rowid FROM pages WHERE schedule = ? AND fetched_at < ?
       LIMIT ${String(stepPages)})`,
  ).run(schedule, beforeMs).changes;
}

/**
 * Removes a schedule's records that went long ago, pages it hasn't fetched for long, and notes on when
 * it was counted anew that lie before its first row.
 */
export function pruneContents(db: Writer, schedule: number, keeping: Keeping): Removal {
  const newestBeyond = statement<{ at: number; key: string }>(
    db,
    `SELECT last_seen_at AS at, key FROM records WHERE schedule = ? AND gone_run IS NOT NULL
     ORDER BY last_seen_at DESC, key DESC LIMIT 1 OFFSET ?`,
  ).get(schedule, keeping.rowsASchedule);
  return () => {
    const old = removeGone(db, schedule, 'last_seen_at < ?', keeping.beforeMs);
    const beyond =
      newestBeyond === undefined
        ? 0
        : removeGone(
            db,
            schedule,
            '(last_seen_at, key) <= (?, ?)',
            newestBeyond.at,
            newestBeyond.key,
          );
    const pages = removePages(db, schedule, keeping.pagesBeforeMs);
    const notes = statement(
      db,
      `DELETE FROM counted_from WHERE schedule = ? AND at IN (SELECT at FROM counted_from
         WHERE schedule = ? AND at < ?
           AND at < (SELECT first_slot_at FROM slots WHERE schedule = ? ORDER BY slot_at LIMIT 1)
         ORDER BY at LIMIT ${String(stepRows)})`,
    ).run(schedule, schedule, keeping.beforeMs, schedule).changes;
    return old + beyond + pages + notes > 0;
  };
}

/** Removes what a deleted schedule has besides its ledger, each of it once nothing names it any more. */
export function removeContents(db: Writer, schedule: number): Removal {
  const some = (table: string, key: string): number =>
    statement(
      db,
      `DELETE FROM ${table} WHERE schedule = ? AND ${key} IN
         (SELECT ${key} FROM ${table} WHERE schedule = ? LIMIT ${String(stepRows)})`,
    ).run(schedule, schedule).changes;
  return () =>
    removePages(db, schedule, Infinity) > 0 ||
    some('records', 'key') > 0 ||
    some('row_versions', 'version') > 0 ||
    some('counted_from', 'at') > 0;
}

/** Removes robots files not fetched since an instant. */
export function pruneRobots(db: Writer, beforeMs: number): void {
  statement(db, 'DELETE FROM robots WHERE fetched_at < ?').run(beforeMs);
}

/** Removes the documents that no run's row and no record has any more, a stretch of them a turn. */
export function* pruneUnusedVersions(db: Writer): Generator<undefined, void> {
  const last = statement<{ last: number | null }>(
    db,
    `SELECT max(version) AS last FROM
       (SELECT version FROM row_versions WHERE version > ? ORDER BY version LIMIT ${String(versionsLookedThrough)})`,
  );
  const remove = statement(
    db,
    `DELETE FROM row_versions WHERE version > ? AND version <= ?
       AND NOT EXISTS (SELECT 1 FROM run_rows WHERE run_rows.version = row_versions.version)
       AND NOT EXISTS (SELECT 1 FROM records WHERE records.version = row_versions.version)`,
  );
  let from = -1;
  for (;;) {
    const to = last.get(from)?.last ?? null;
    if (to === null) return;
    remove.run(from, to);
    from = to;
    yield;
  }
}

/** The hashes that a kept text names: a plan its hours, hours their calendar's text. */
function namedIn(document: string): readonly string[] {
  return document.startsWith('{') ? (document.match(/\b[0-9a-f]{32}\b/g) ?? []) : [];
}

/** All texts that these plans are made of. */
function reachable(db: Writer, plans: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = [...plans];
  for (let hash = waiting.pop(); hash !== undefined; hash = waiting.pop()) {
    if (found.has(hash)) continue;
    found.add(hash);
    const sql = 'SELECT document FROM plans WHERE hash = ?';
    const text = statement<{ document: string }>(db, sql).get(hash)?.document;
    if (text !== undefined) waiting.push(...namedIn(text));
  }
  return found;
}

/**
 * Removes texts that need not be kept, without a look at the rows that might name them: SQLite would
 * walk through every slot for each.
 */
function removePlans(db: Writer, kept: ReadonlySet<string>): void {
  const all = statement<{ hash: string }>(db, 'SELECT hash FROM plans').all();
  const unused = all.filter(({ hash }) => !kept.has(hash));
  if (unused.length === 0) return;
  db.pragma('foreign_keys = OFF');
  try {
    const remove = statement(db, 'DELETE FROM plans WHERE hash = ?');
    db.transaction(() => {
      for (const { hash } of unused) remove.run(hash);
    })();
  } finally {
    db.pragma('foreign_keys = ON');
  }
}

/** Removes the plans no slot was judged by any more, and the hours and calendars only they name. */
export function* pruneUnusedPlans(db: Writer): Generator<undefined, void> {
  const some = statement<{ slot: number; plan: string }>(
    db,
    `SELECT slot, plan FROM slots WHERE slot > ? ORDER BY slot LIMIT ${String(lookedThrough)}`,
  );
  const used = new Set<string>();
  let from = 0;
  for (;;) {
    const rows = some.all(from);
    for (const { plan } of rows) used.add(plan);
    from = rows.at(-1)?.slot ?? from;
    // The last look and the removal are one turn: no slot comes between them.
    if (rows.length < lookedThrough) break;
    yield;
  }
  removePlans(db, reachable(db, used));
}
