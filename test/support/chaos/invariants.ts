import { openForReading } from '../../../main/store/database.ts';
import type { Reader } from '../../../main/store/statement.ts';
import { auditOf } from '../audit-folder.ts';
import { countable } from './schedules.ts';

interface Counted {
  readonly id: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly slots: number;
}

/** Every slot up to the last one judged stands in some row, once: the sums add up. */
function lostOrDoubled(db: Reader): readonly string[] {
  const rows = db
    .prepare<[], Counted>(
      `SELECT id, created_at AS fromMs, until AS toMs, coalesce(sum(coalesced), 0) AS slots
       FROM schedules JOIN handled ON handled.schedule = number LEFT JOIN slots ON slots.schedule = schedules.number AND cause <> 'chain'
       GROUP BY schedules.number`,
    )
    .all();
  return rows.flatMap(({ id, fromMs, toMs, slots }) => {
    const everyMs = (countable[id] ?? 0) * 1_000;
    if (everyMs === 0) return [];
    const due = Math.floor(toMs / everyMs) - Math.floor(fromMs / everyMs);
    return due === slots
      ? []
      : [`${id}: ${String(due)} slots were due, ${String(slots)} are on record`];
  });
}

/** Every success of `skip` has its slot of `then`, and no other end has. */
function chainsBroken(db: Reader): readonly string[] {
  const counted = db
    .prepare<[], { ends: number; slots: number }>(
      `SELECT (SELECT count(*) FROM runs JOIN schedules ON number = schedule
           WHERE id = 'skip' AND outcome = 'success') AS ends,
         (SELECT coalesce(sum(coalesced), 0) FROM slots JOIN schedules ON number = schedule
           WHERE id = 'then') AS slots`,
    )
    .get();
  if (counted === undefined || counted.ends === counted.slots) return [];
  return [
    `${String(counted.ends)} ends fire the chain, ${String(counted.slots)} slots are on record`,
  ];
}

/** No attempt of a slot was ever entered twice. */
function startedTwice(db: Reader): readonly string[] {
  const twice = db
    .prepare<[], { slot: number; attempt: number }>(
      `SELECT slot, attempt FROM runs WHERE slot IS NOT NULL AND started_at IS NOT NULL
       GROUP BY slot, attempt HAVING count(*) > 1`,
    )
    .all();
  return twice.map(({ slot, attempt }) => `slot ${slot} had attempt ${attempt} twice`);
}

/**
 * What is wrong with the ledger of a chaos world, living or dead: SQLite's own check, the audit's
 * findings, slots lost or doubled, chains that don't follow from their ends. Empty where all is well.
 */
export function faultsOf(dataFolder: string): readonly string[] {
  const db = openForReading(dataFolder);
  try {
    return db.transaction(() => {
      const sound = db.pragma('integrity_check', { simple: true });
      return [
        ...(sound === 'ok' ? [] : [`integrity_check: ${String(sound)}`]),
        ...auditOf(dataFolder, 'killed').findings.map(({ code, message }) => `${code}: ${message}`),
        ...lostOrDoubled(db),
        ...chainsBroken(db),
        ...startedTwice(db),
      ];
    })();
  } finally {
    db.close();
  }
}

/** How many slots are on record, and how many attempts: that a test saw anything at all. */
export function sizeOf(dataFolder: string): { readonly slots: number; readonly runs: number } {
  const db = openForReading(dataFolder);
  try {
    const row = db
      .prepare<[], { slots: number; runs: number }>(
        'SELECT (SELECT count(*) FROM slots) AS slots, (SELECT count(*) FROM runs) AS runs',
      )
      .get();
    return row ?? { slots: 0, runs: 0 };
  } finally {
    db.close();
  }
}
