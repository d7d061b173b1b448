import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepPlan } from '../../../main/store/plans.ts';
import {
  endSlot,
  extendSlot,
  insertSlots,
  markSlotRunning,
  openSlots,
  startSlot,
  waitForRetry,
  type SlotStart,
} from '../../../main/store/slots.ts';
import { aSlot, insertSlot, openTestStore, type TestStore } from '../../support/test-store.ts';

let store: TestStore;

beforeEach(() => {
  store = openTestStore();
  store.schedule({ id: 'one' });
  store.schedule({ id: 'two' });
});
afterEach(() => {
  store.close();
});

const paused = {
  outcome: 'skipped',
  reason: 'paused',
  message: 'The schedule was paused.',
} as const;

const missed = {
  outcome: 'missed',
  reason: 'asleep',
  message: 'The computer was asleep.',
} as const;

/** A start in a window of ten seconds around it. */
function startedAt(atMs: number): SlotStart {
  return { startedAtMs: atMs, openedAtMs: atMs - 5_000, closesAtMs: atMs + 5_000 };
}

function rows(): unknown {
  return store.db
    .prepare(
      `SELECT slot, slot_at AS at, first_slot_at AS firstAt, coalesced, state, outcome, reason,
         attempts, started_at AS startedAt, retry_at AS retryAt FROM slots ORDER BY slot`,
    )
    .all();
}

describe('store/slots: one row a slot', () => {
  it('enters many with few statements, and answers null for those that had a row', () => {
    const known = insertSlot(store.db, aSlot({ slotAtMs: 60_000 }));
    const slots = Array.from({ length: 120 }, (_, index) => aSlot({ slotAtMs: index * 1_000 }));
    const again = [...slots, aSlot({ slotAtMs: 7_000 })];
    const numbers = insertSlots(store.db, again, 2);
    expect(numbers[60]).toBeNull();
    expect(numbers[120]).toBeNull();
    const stored = store.db
      .prepare<[], { slot: number; at: number }>('SELECT slot, slot_at AS at FROM slots')
      .all();
    expect(stored).toHaveLength(120);
    expect(new Map(stored.map(({ slot, at }) => [at, slot]))).toEqual(
      new Map(slots.map(({ slotAtMs }, index) => [slotAtMs, numbers[index] ?? known])),
    );
  });

  it('enters what many schedules have due together as if each were alone', () => {
    keepPlan(store.db, { hash: 'plan-2', document: '{}' });
    for (let count = 2; count < 40; count += 1) store.schedule({ id: `more-${String(count)}` });
    insertSlot(store.db, aSlot({ schedule: 7, slotAtMs: 60_000, recordedAtMs: 1 }));
    const slots = Array.from({ length: 40 }, (_, index) => index + 1).flatMap((schedule) => {
      const one = aSlot({ schedule, slotAtMs: 60_000, plan: `plan-${String(1 + (schedule % 2))}` });
      // Of every fifth an older one was missed, of every seventh the newest was.
      const older = { ...one, slotAtMs: 50_000, firstSlotAtMs: 40_000, coalesced: 2, ...missed };
      const newest = schedule % 7 === 0 ? { ...one, ...missed } : one;
      return schedule % 5 === 0 ? [older, newest] : [newest];
    });
    const numbers = insertSlots(store.db, slots, 3);
    const stored = store.db
      .prepare(
        `SELECT slot, schedule, slot_at AS slotAtMs, first_slot_at AS firstSlotAtMs, coalesced, cause,
           outcome, reason, message, plan, opened_at AS openedAtMs, closes_at AS closesAtMs,
           start_at AS startAtMs, next_slot_at AS nextSlotAtMs, recorded_at AS recordedAtMs
         FROM slots WHERE epoch = 3 ORDER BY schedule, slot`,
      )
      .all();
    expect(stored).toEqual(
      slots.flatMap((slot, index) =>
        slot.schedule === 7 ? [] : [{ slot: numbers[index], ...slot }],
      ),
    );
    expect(slots.filter((_, index) => numbers[index] === null)).toMatchObject([{ schedule: 7 }]);
  });

  it('enters a (schedule, slot) pair once, whatever a second row would say', () => {
    expect(insertSlot(store.db, aSlot({ slotAtMs: 5_000 }))).toBe(1);
    const before = rows();
    expect(insertSlot(store.db, aSlot({ slotAtMs: 5_000 }))).toBeNull();
    expect(insertSlot(store.db, aSlot({ slotAtMs: 5_000, ...paused }))).toBeNull();
    expect(rows()).toEqual(before);
    expect(insertSlot(store.db, aSlot({ schedule: 2, slotAtMs: 5_000 }))).not.toBeNull();
    expect(insertSlot(store.db, aSlot({ slotAtMs: 5_001 }))).not.toBeNull();
  });

  it('refuses a row of a schedule or a plan that is not there', () => {
    expect(() => insertSlot(store.db, aSlot({ schedule: 9 }))).toThrow('FOREIGN KEY');
    expect(() => insertSlot(store.db, aSlot({ plan: 'unknown' }))).toThrow('FOREIGN KEY');
  });
});

describe('store/slots: a row that stands for more', () => {
  it('takes further slots of the same kind in', () => {
    insertSlot(store.db, aSlot({ slotAtMs: 1_000, ...paused }));
    const extended = extendSlot(
      store.db,
      aSlot({
        slotAtMs: 4_000,
        firstSlotAtMs: 2_000,
        coalesced: 3,
        recordedAtMs: 4_500,
        ...paused,
      }),
    );
    expect(extended).toBe(1);
    expect(rows()).toMatchObject([{ slot: 1, at: 4_000, firstAt: 1_000, coalesced: 4 }]);
  });

  it.each([
    ['another reason', { outcome: 'skipped', reason: 'overlap' }],
    ['another outcome', { outcome: 'missed', reason: 'paused' }],
    ['a slot that still waits', { outcome: null, reason: null }],
  ] as const)('leaves a newest row of %s alone', (_, kind) => {
    insertSlot(store.db, aSlot({ slotAtMs: 1_000, ...kind }));
    const before = rows();
    expect(extendSlot(store.db, aSlot({ slotAtMs: 2_000, ...paused }))).toBeNull();
    expect(rows()).toEqual(before);
  });

  it('looks at the newest row of its own schedule only', () => {
    insertSlot(store.db, aSlot({ slotAtMs: 1_000, ...paused }));
    insertSlot(store.db, aSlot({ slotAtMs: 2_000, outcome: 'missed', reason: 'asleep' }));
    insertSlot(store.db, aSlot({ schedule: 2, slotAtMs: 3_000, ...paused }));
    expect(extendSlot(store.db, aSlot({ slotAtMs: 4_000, ...paused }))).toBeNull();
  });

  it('has nothing to extend where there is no row yet', () => {
    expect(extendSlot(store.db, aSlot(paused))).toBeNull();
  });

  it('leaves a row alone that stands for these slots already: the clock was set back', () => {
    insertSlot(store.db, aSlot({ slotAtMs: 4_000, firstSlotAtMs: 1_000, coalesced: 4, ...paused }));
    const before = rows();
    expect(extendSlot(store.db, aSlot({ slotAtMs: 2_000, ...paused }))).toBe(1);
    expect(rows()).toEqual(before);
  });
});

describe('store/slots: from queued to ended', () => {
  it('goes through its attempts and keeps the first start', () => {
    const slot = insertSlot(store.db, aSlot()) ?? 0;
    startSlot(store.db, slot, startedAt(6_000));
    markSlotRunning(store.db, slot);
    waitForRetry(store.db, slot, { atMs: 9_000, waitsFor: null, offlineAttempts: 0 });
    expect(openSlots(store.db)).toEqual([
      {
        slot,
        schedule: 1,
        slotAtMs: 5_000,
        state: 'waiting-retry',
        attempts: 1,
        offlineAttempts: 0,
        retryAtMs: 9_000,
        waitsFor: null,
      },
    ]);
    startSlot(store.db, slot, startedAt(9_500));
    markSlotRunning(store.db, slot);
    endSlot(store.db, slot, { outcome: 'success', reason: null, message: null });
    expect(rows()).toMatchObject([
      { state: 'ended', outcome: 'success', attempts: 2, startedAt: 6_000, retryAt: null },
    ]);
    expect(store.db.prepare('SELECT opened_at, closes_at FROM slots').all()).toEqual([
      { opened_at: 1_000, closes_at: 11_000 },
    ]);
    expect(openSlots(store.db)).toEqual([]);
  });

  it('never starts again, nor ends otherwise, once it has ended', () => {
    const slot = insertSlot(store.db, aSlot()) ?? 0;
    endSlot(store.db, slot, { outcome: 'missed', reason: 'asleep', message: null });
    const before = rows();
    startSlot(store.db, slot, startedAt(6_000));
    markSlotRunning(store.db, slot);
    endSlot(store.db, slot, { outcome: 'success', reason: null, message: null });
    expect(rows()).toEqual(before);
  });

  it('calls only a slot that is starting running', () => {
    const slot = insertSlot(store.db, aSlot()) ?? 0;
    markSlotRunning(store.db, slot);
    expect(openSlots(store.db)).toMatchObject([{ state: 'queued' }]);
  });
});
