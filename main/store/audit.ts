import { toInstant } from '../../contract/time.ts';
import { historyRules } from './audit-history.ts';
import {
  lateRunRule,
  openRunRule,
  openSlotRule,
  recordRules,
  type Offence,
  type Rule,
} from './audit-rules.ts';
import type { Reader } from './statement.ts';

/** Something in the ledger that can't be. */
export interface Finding {
  /** Which rule is broken; stable, for scripts. */
  readonly code: string;
  /** The schedule's id. */
  readonly schedule: string;
  /** Null where it is about a run without a slot, or about one at no instant there is. */
  readonly slotAtMs: number | null;
  /** One sentence. */
  readonly message: string;
}

/** What an audit found: the first findings, and how many there are in all. */
export interface Audit {
  readonly findings: readonly Finding[];
  readonly total: number;
}

/** Who carries out the runs that are open. */
export interface Living {
  /** The leader's epoch. */
  readonly epoch: number;
  /** Whether a run has a process, or ends in this moment. */
  readonly goesOn: (run: number) => boolean;
}

/** How many findings are kept; the rest are counted. */
export const findingLimit = 20;

/** No finding. */
export const clean: Audit = { findings: [], total: 0 };

/** The furthest instant from 1970 that a date can hold. */
const furthestMs = 8_640_000_000_000_000;

function isInstant(atMs: number | string | null): atMs is number {
  return typeof atMs === 'number' && Math.abs(atMs) <= furthestMs;
}

function instant(atMs: number | string | null): string {
  return isInstant(atMs) ? toInstant(atMs) : 'no instant';
}

function findingOf(rule: Rule, offence: Offence): Finding {
  const { schedule, slotAt, run } = offence;
  const slot = slotAt === null ? '' : `, slot ${instant(slotAt)}`;
  const which = run === null ? '' : `, run ${String(run)}`;
  return {
    code: rule.code,
    schedule,
    slotAtMs: isInstant(slotAt) ? slotAt : null,
    message: `${schedule}${slot}${which}: ${rule.say(offence, instant)}.`,
  };
}

/** What one rule finds, one row at a time: a broken ledger may break it a million times. */
function apply(db: Reader, rule: Rule, counts: (offence: Offence) => boolean = () => true): Audit {
  const findings: Finding[] = [];
  let total = 0;
  for (const offence of db.prepare<[], Offence>(rule.sql).iterate()) {
    if (!counts(offence)) continue;
    total += 1;
    if (findings.length < findingLimit) findings.push(findingOf(rule, offence));
  }
  return { findings, total };
}

/** Two audits as one. */
export function together(...audits: readonly Audit[]): Audit {
  return {
    findings: audits.flatMap(({ findings }) => findings).slice(0, findingLimit),
    total: audits.reduce((sum, { total }) => sum + total, 0),
  };
}

/**
 * Audits what is on record by SQL alone (design.md section 4): nothing twice, nothing outside its hours,
 * no gap, every row consistent. Reads every row: with a million slots it takes seconds, so a host has it
 * done on a thread of its own (`auditInThread`).
 */
export function auditRecord(db: Reader): Audit {
  // One transaction: the ledger as it is at one moment, whatever is written meanwhile.
  const audit = db.transaction(() =>
    together(...[...recordRules, ...historyRules].map((rule) => apply(db, rule))),
  );
  return audit();
}

/**
 * Audits what is open: each open run belongs to the leader's epoch, and one past its queue to a living
 * process. Null where nobody lives: then nothing may be open but slots that wait for a retry. Brief, by
 * index; on the leader's own thread nothing changes while it looks.
 */
export function auditOpen(db: Reader, living: Living | null): Audit {
  const isStuck = ({ run, first: state, second: epoch }: Offence): boolean =>
    epoch !== living?.epoch || (state !== 'queued' && (run === null || !living.goesOn(run)));
  return together(apply(db, openRunRule, isStuck), apply(db, openSlotRule), apply(db, lateRunRule));
}
