import type { Database } from 'better-sqlite3';
import { version4 } from './version-4.ts';
import { version5 } from './version-5.ts';

/** The tables as of version 1: design.md section 4. Instants are INTEGER milliseconds UTC. */
const version1 = `
CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE hours (
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  document_version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE schedules (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL,
  document TEXT NOT NULL,
  document_version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  deleted_at INTEGER,
  handled_until INTEGER NOT NULL,
  paused_why TEXT CHECK (paused_why IN ('user', 'failures')),
  paused_until INTEGER,
  failures INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX schedules_by_id ON schedules (id) WHERE deleted_at IS NULL;

CREATE TABLE plans (
  hash TEXT PRIMARY KEY,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE slots (
  slot INTEGER PRIMARY KEY AUTOINCREMENT,
  schedule INTEGER NOT NULL REFERENCES schedules ON DELETE CASCADE,
  slot_at INTEGER NOT NULL,
  first_slot_at INTEGER NOT NULL,
  coalesced INTEGER NOT NULL CHECK (coalesced >= 1),
  cause TEXT NOT NULL CHECK (cause IN ('slot', 'catch-up', 'chain')),
  state TEXT NOT NULL CHECK (state IN ('queued', 'starting', 'running', 'waiting-retry', 'ended')),
  outcome TEXT CHECK (outcome IN ('success', 'partial', 'attention', 'failed', 'timed-out',
    'cancelled', 'interrupted', 'skipped', 'missed')),
  reason TEXT,
  message TEXT,
  plan TEXT NOT NULL REFERENCES plans,
  opened_at INTEGER,
  closes_at INTEGER,
  next_slot_at INTEGER,
  recorded_at INTEGER NOT NULL,
  started_at INTEGER,
  retry_at INTEGER,
  attempts INTEGER NOT NULL DEFAULT 0,
  epoch INTEGER NOT NULL,
  UNIQUE (schedule, slot_at),
  CHECK ((state = 'ended') = (outcome IS NOT NULL)),
  CHECK ((state = 'waiting-retry') = (retry_at IS NOT NULL))
) STRICT;
CREATE INDEX slots_open ON slots (state) WHERE state <> 'ended';
CREATE INDEX slots_without_run ON slots (recorded_at, slot) WHERE attempts = 0;
CREATE INDEX slots_without_run_of ON slots (schedule, recorded_at, slot) WHERE attempts = 0;
CREATE INDEX slots_without_run_by_outcome ON slots (outcome, recorded_at, slot) WHERE attempts = 0;

CREATE TABLE runs (
  run INTEGER PRIMARY KEY AUTOINCREMENT,
  schedule INTEGER NOT NULL REFERENCES schedules ON DELETE CASCADE,
  slot INTEGER REFERENCES slots ON DELETE CASCADE,
  attempt INTEGER NOT NULL,
  cause TEXT NOT NULL CHECK (cause IN ('slot', 'catch-up', 'retry', 'manual', 'chain')),
  state TEXT NOT NULL CHECK (state IN ('queued', 'starting', 'running', 'ended')),
  outcome TEXT CHECK (outcome IN ('success', 'partial', 'attention', 'failed', 'timed-out',
    'cancelled', 'interrupted', 'skipped', 'missed')),
  reason TEXT,
  message TEXT,
  recorded_at INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER,
  duration_ms REAL,
  pages INTEGER NOT NULL DEFAULT 0,
  not_modified INTEGER NOT NULL DEFAULT 0,
  row_count INTEGER NOT NULL DEFAULT 0,
  new_count INTEGER NOT NULL DEFAULT 0,
  changed_count INTEGER NOT NULL DEFAULT 0,
  gone_count INTEGER NOT NULL DEFAULT 0,
  same_count INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0,
  rows_of INTEGER,
  epoch INTEGER NOT NULL,
  CHECK ((state = 'ended') = (outcome IS NOT NULL))
) STRICT;
CREATE INDEX runs_open ON runs (state) WHERE state <> 'ended';
CREATE INDEX runs_by_time ON runs (recorded_at, run);
CREATE INDEX runs_of_schedule ON runs (schedule, recorded_at, run);
CREATE INDEX runs_by_outcome ON runs (outcome, recorded_at, run);
CREATE INDEX runs_by_slot ON runs (slot) WHERE slot IS NOT NULL;

CREATE TABLE run_log (
  run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  line INTEGER NOT NULL,
  at INTEGER NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('info', 'warning', 'error')),
  message TEXT NOT NULL,
  PRIMARY KEY (run, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE row_versions (
  version INTEGER PRIMARY KEY,
  schedule INTEGER NOT NULL REFERENCES schedules ON DELETE CASCADE,
  hash TEXT NOT NULL,
  document TEXT NOT NULL,
  UNIQUE (schedule, hash)
) STRICT;

CREATE TABLE records (
  schedule INTEGER NOT NULL REFERENCES schedules ON DELETE CASCADE,
  key TEXT NOT NULL,
  version INTEGER NOT NULL REFERENCES row_versions,
  first_seen_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  last_run INTEGER NOT NULL,
  gone_run INTEGER,
  PRIMARY KEY (schedule, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_rows (
  run INTEGER NOT NULL REFERENCES runs ON DELETE CASCADE,
  position INTEGER NOT NULL,
  key TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('new', 'changed', 'same')),
  version INTEGER NOT NULL REFERENCES row_versions,
  PRIMARY KEY (run, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE pages (
  schedule INTEGER NOT NULL REFERENCES schedules ON DELETE CASCADE,
  url TEXT NOT NULL,
  etag TEXT,
  last_modified TEXT,
  content_type TEXT,
  final_url TEXT NOT NULL,
  fetched_at INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (schedule, url)
) STRICT;

CREATE TABLE robots (
  origin TEXT PRIMARY KEY,
  fetched_at INTEGER NOT NULL,
  body TEXT
) STRICT, WITHOUT ROWID;
`;

/**
 * `counted_from` tells the auditor of the ledger where a schedule's slots were counted anew: between two
 * rows on either side of such an instant there may be slots that never had a row. `slots_late` serves the
 * wake review; the other indexes the removal of old history, where each deleted version of a row would
 * else cost a walk through all rows.
 */
const version3 = `
ALTER TABLE schedules ADD COLUMN succeeded_at INTEGER;
ALTER TABLE schedules ADD COLUMN changed_at INTEGER;
ALTER TABLE schedules ADD COLUMN usual_from INTEGER;
ALTER TABLE schedules ADD COLUMN paused_at INTEGER;
ALTER TABLE slots ADD COLUMN waits_for TEXT CHECK (waits_for IN ('network'));
ALTER TABLE slots ADD COLUMN offline_attempts INTEGER NOT NULL DEFAULT 0;
CREATE TABLE counted_from (
  schedule INTEGER NOT NULL REFERENCES schedules ON DELETE CASCADE,
  at INTEGER NOT NULL,
  why TEXT NOT NULL CHECK (why IN ('entered', 'edited', 'moved', 'clock', 'calendar',
    'restored', 'upgraded')),
  PRIMARY KEY (schedule, at, why)
) STRICT, WITHOUT ROWID;
INSERT INTO counted_from (schedule, at, why) SELECT number, handled_until, 'upgraded' FROM schedules;
CREATE INDEX slots_late ON slots (recorded_at)
  WHERE outcome = 'missed' OR cause = 'catch-up' OR coalesced > 1;
CREATE INDEX runs_by_rows ON runs (rows_of) WHERE rows_of IS NOT NULL;
CREATE INDEX run_rows_by_version ON run_rows (version);
CREATE INDEX records_by_version ON records (version);
CREATE INDEX runs_with_rows ON runs (schedule, run, row_count) WHERE rows_of = run;
CREATE INDEX runs_without_slot ON runs (schedule, recorded_at, run) WHERE slot IS NULL;
CREATE INDEX runs_good ON runs (schedule, recorded_at, run) WHERE outcome = 'success';
CREATE INDEX records_gone ON records (schedule, last_seen_at) WHERE gone_run IS NOT NULL;
`;

/** One step to the next version; the steps run in order, each in a transaction of its own. */
export type Migration = (db: Database) => void;

/** All steps; the database's version is how many of them it has had (`PRAGMA user_version`). */
export const migrations: readonly Migration[] = [
  (db) => {
    db.exec(version1);
  },
  // When a slot's run was to start, jitter included, and which fields a run read; null in older rows.
  (db) => {
    db.exec(`ALTER TABLE slots ADD COLUMN start_at INTEGER;
      ALTER TABLE runs ADD COLUMN field_hash TEXT;`);
  },
  // What `enough` and pauses go by, what a slot waits for, where counting began anew, and indexes.
  (db) => {
    db.exec(version3);
  },
  // Indexes for every filter of the history, and the sums of its chart.
  (db) => {
    db.exec(version4);
  },
  version5,
];

/** Which version a database has: the number of steps it has had. */
export function databaseVersion(db: Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}

/** Brings a database to the newest version, one committed step at a time. */
export function migrate(db: Database, steps: readonly Migration[] = migrations): void {
  for (let version = databaseVersion(db); version < steps.length; version += 1) {
    const step = steps[version];
    db.transaction(() => {
      step?.(db);
      db.pragma(`user_version = ${String(version + 1)}`);
    }).immediate();
  }
}
