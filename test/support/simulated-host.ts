import fc from 'fast-check';
import { expect } from 'vitest';
import { scheduleSchema } from '../../contract/schedule.ts';
import { defaultSettings } from '../../contract/settings.ts';
import { openDatabase } from '../../main/store/database.ts';
import { simulate } from '../../main/scheduler/simulate/simulate.ts';
import { simulationCase, type SimulationCase } from './random-simulations.ts';
import { openTestApp, type TestApp } from './test-app.ts';
import { settle } from './virtual-clock.ts';

/** A row of either ledger; what is still open has no outcome. */
interface Row {
  readonly schedule: string;
  readonly slotAt: string;
  readonly firstSlotAt: string;
  readonly startedAt: string | null;
  readonly outcome: string | null;
  readonly coalesced: number;
  readonly reason: string | null;
}

const iso = (atMs: number): string => new Date(atMs).toISOString();
const isoOrNull = (atMs: number | null): string | null => (atMs === null ? null : iso(atMs));

/** The rows of a host's ledger, in the order they were entered. */
function rowsOf({ folder }: TestApp): readonly Row[] {
  const db = openDatabase(folder);
  try {
    const rows = db
      .prepare<
        [],
        {
          id: string;
          slot_at: number;
          first_slot_at: number;
          started_at: number | null;
          outcome: string | null;
          coalesced: number;
          reason: string | null;
        }
      >(
        `SELECT schedules.id, slot_at, first_slot_at, started_at, outcome, coalesced, reason
           FROM slots JOIN schedules ON schedules.number = slots.schedule ORDER BY slot`,
      )
      .all();
    return rows.map((row) => ({
      schedule: row.id,
      slotAt: iso(row.slot_at),
      firstSlotAt: iso(row.first_slot_at),
      startedAt: isoOrNull(row.started_at),
      outcome: row.outcome,
      coalesced: row.coalesced,
      reason: row.reason,
    }));
  } finally {
    db.close();
  }
}

/** What a host on the virtual clock writes into its ledger in a case. */
export async function hostLedger(one: SimulationCase): Promise<readonly Row[]> {
  const { zone, fromMs, toMs, asleep, runTimeMs, schedules } = one;
  const jackdaw = await openTestApp({ at: iso(fromMs), zone });
  try {
    const { clock, app, runner } = jackdaw;
    runner.answer = { afterMs: runTimeMs, report: {} };
    for (const schedule of schedules)
      await jackdaw.call('saveSchedule', { schedule, create: true });
    app.start();
    for (const [sleepsMs, wakesMs] of asleep) {
      await clock.advanceTo(sleepsMs);
      clock.sleep(wakesMs - sleepsMs);
      app.wake();
      await settle();
    }
    await clock.advanceTo(toMs);
    // An edit settles what jitter has put off beyond the end.
    for (const schedule of schedules)
      await jackdaw.call('saveSchedule', { schedule: { ...schedule, description: 'the end' } });
    return rowsOf(jackdaw);
  } finally {
    await jackdaw.stop();
  }
}

/** What the simulator answers to the same case. */
export function simulatedLedger(one: SimulationCase): readonly Row[] {
  const { zone, schedules, ...rest } = one;
  const rows = simulate({
    ...rest,
    schedules: schedules.map((schedule) => scheduleSchema.parse(schedule)),
    world: { zone, settings: defaultSettings, profiles: new Map(), calendarsOf: () => [] },
  });
  return rows.map((row) => ({
    schedule: row.id,
    slotAt: iso(row.slotAtMs),
    firstSlotAt: iso(row.firstSlotAtMs),
    startedAt: isoOrNull(row.startedAtMs),
    outcome: row.outcome,
    coalesced: row.coalesced,
    reason: row.reason,
  }));
}

/** A simulated row as a host has it at the end of the case, which has let nothing run out yet. */
function cut(row: Row, hosted: Row | undefined, toMs: number): Row {
  if (hosted?.outcome !== null) return row;
  const isStarted = row.startedAt !== null && row.startedAt <= iso(toMs);
  return { ...row, startedAt: isStarted ? row.startedAt : null, outcome: null, reason: null };
}

/** Holds the simulator against a host in so many random cases. */
export async function checkAgreement(runs: number, seed: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(simulationCase, async (one) => {
      const hosted = await hostLedger(one);
      const simulated = simulatedLedger(one).map((row, index) => cut(row, hosted[index], one.toMs));
      expect(simulated).toEqual(hosted);
    }),
    { seed, numRuns: runs },
  );
}
