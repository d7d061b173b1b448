import { openDatabase } from '../../main/store/database.ts';
import { keepPlan } from '../../main/store/plans.ts';
import { insertRun, type NewRun } from '../../main/store/runs.ts';
import { insertSchedule } from '../../main/store/schedules.ts';
import { insertSlots, type NewSlot } from '../../main/store/slots.ts';
import type { Writer } from '../../main/store/statement.ts';
import type { ScheduleInput } from '../../contract/schedule.ts';
import { aFolder, aSchedule } from './builders.ts';

/** A real database in a temporary folder, with what tests enter into it. */
export interface TestStore {
  readonly db: Writer;
  readonly folder: string;
  /** Enters a schedule made at the instant 1000. Answers its number. */
  schedule(given?: Partial<ScheduleInput>): number;
  /** Enters a slot of schedule 1, queued at its instant, unless said otherwise. */
  slot(given?: Partial<NewSlot>): number | null;
  /** Enters a manual run of schedule 1, unless said otherwise. */
  run(given?: Partial<NewRun>): number;
  close(): void;
}

/** A queued slot of schedule 1 at the instant 5000, unless said otherwise. */
export function aSlot(given: Partial<NewSlot> = {}): NewSlot {
  const slotAtMs = given.slotAtMs ?? 5_000;
  return {
    schedule: 1,
    slotAtMs,
    firstSlotAtMs: slotAtMs,
    coalesced: 1,
    cause: 'slot',
    outcome: null,
    reason: null,
    message: null,
    plan: 'plan-1',
    openedAtMs: null,
    closesAtMs: null,
    startAtMs: slotAtMs,
    nextSlotAtMs: null,
    recordedAtMs: slotAtMs,
    ...given,
  };
}

/** Enters one slot. Answers its number, or null where that (schedule, slot) already has a row. */
export function insertSlot(db: Writer, slot: NewSlot): number | null {
  return insertSlots(db, [slot], 1)[0] ?? null;
}

/** Opens a new store that knows `plan-1`. */
export function openTestStore(): TestStore {
  const { path, remove } = aFolder();
  const db = openDatabase(path);
  keepPlan(db, { hash: 'plan-1', document: '{}' });
  return {
    db,
    folder: path,
    schedule: (given = {}) => insertSchedule(db, aSchedule(given), 1_000).number,
    slot: (given = {}) => insertSlot(db, aSlot(given)),
    run: (given = {}) =>
      insertRun(db, {
        schedule: 1,
        slot: null,
        attempt: 1,
        cause: 'manual',
        recordedAtMs: 5_000,
        epoch: 1,
        ...given,
      }),
    close: () => {
      db.close();
      remove();
    },
  };
}
