import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RefusedError } from '../../../contract/result.ts';
import { listBackups } from '../../../main/store/backups.ts';
import { copyDatabase, type CopyDatabase } from '../../../main/store/copy-database.ts';
import { backupFolder } from '../../../main/store/database.ts';
import { createKeeper, type Keeper } from '../../../main/store/keeper.ts';
import { deleteSchedule } from '../../../main/store/schedules.ts';
import { openTestStore, type TestStore } from '../../support/test-store.ts';
import { settle, virtualClock, type VirtualClock } from '../../support/virtual-clock.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

let store: TestStore;
let clock: VirtualClock;
let keeper: Keeper;
let lines: string[];
/** Lets a test say how the next copies end. */
let copy: CopyDatabase;
let copies: number;
/** The copy begun last. */
let copying: Promise<void>;

beforeEach(() => {
  store = openTestStore();
  clock = virtualClock('2026-11-20T08:00:00Z');
  lines = [];
  copies = 0;
  copying = Promise.resolve();
  copy = copyDatabase;
  const keep = (event: string): void => {
    lines.push(event);
  };
  keeper = createKeeper({
    db: store.db,
    dataFolder: store.folder,
    clock,
    log: { info: keep, warn: keep, error: keep },
    copy: (from, to) => {
      copies += 1;
      copying = copy(from, to);
      return copying;
    },
    keepHistoryMs: () => 24 * hourMs,
    undeleteMs: 24 * hourMs,
  });
});
afterEach(async () => {
  await keeper.stop();
  store.close();
});

/** Lets time pass, and each copy that is begun come to its end. */
async function pass(byMs: number): Promise<void> {
  for (let leftMs = byMs; leftMs > 0; leftMs -= 5 * minuteMs) {
    await clock.advance(Math.min(5 * minuteMs, leftMs));
    await copying.catch(() => undefined);
    await settle();
  }
}

const dailies = (): readonly string[] =>
  listBackups(store.folder)
    .filter(({ kind }) => kind === 'daily')
    .map(({ name }) => name);

describe('store/keeper', () => {
  it('makes the first backup after the first minute, then one a day', async () => {
    keeper.start();
    await pass(minuteMs);
    expect(dailies()).toEqual([]);
    await pass(minuteMs);
    expect(dailies()).toEqual(['daily-2026-11-20.db']);
    await pass(23 * hourMs);
    expect(dailies()).toHaveLength(1);
    await pass(2 * hourMs);
    expect(dailies()).toEqual(['daily-2026-11-21.db', 'daily-2026-11-20.db']);
    expect(copies).toBe(2);
    expect(lines).toEqual(['backup made', 'backup made']);
  });

  it('tells what failed until it is done, and tries again an hour later', async () => {
    copy = () => Promise.reject(new RefusedError('disk-full', 'The disk is full.'));
    keeper.start();
    await pass(2 * minuteMs);
    expect(keeper.faults()).toEqual([
      { task: 'backup', atMs: expect.any(Number) as number, message: 'The disk is full.' },
    ]);
    await pass(30 * minuteMs);
    expect(copies).toBe(1);
    copy = copyDatabase;
    await pass(40 * minuteMs);
    expect(copies).toBe(2);
    expect(keeper.faults()).toEqual([]);
    expect(lines).toEqual(['backup failed', 'backup made']);
  });

  it('removes old history on its way', async () => {
    store.schedule();
    for (const slotAtMs of [1_000, 2_000, clock.now()])
      store.slot({ slotAtMs, outcome: 'success', recordedAtMs: slotAtMs });
    const left = (): unknown => store.db.prepare('SELECT count(*) FROM slots').pluck().get();
    keeper.start();
    await pass(10 * minuteMs);
    expect(left()).toBe(1);
    await pass(30 * hourMs);
    expect(left()).toBe(0);
  });

  it('removes schedules that can’t be brought back any more, with all they have', async () => {
    const [old, late] = [store.schedule({ id: 'old' }), store.schedule({ id: 'late' })];
    for (const schedule of [old, late])
      store.slot({ schedule, outcome: 'success', recordedAtMs: clock.now() });
    deleteSchedule(store.db, old, clock.now() - 24 * hourMs);
    deleteSchedule(store.db, late, clock.now());
    keeper.start();
    await pass(10 * minuteMs);
    expect(store.db.prepare('SELECT id FROM schedules').pluck().all()).toEqual(['late']);
    expect(store.db.prepare('SELECT schedule FROM slots').pluck().all()).toEqual([late]);
  });

  it('makes backups by hand one after another', async () => {
    const [first, second] = await Promise.all([keeper.backUp(), keeper.backUp()]);
    expect(first.name).toBe(second.name);
    expect(listBackups(store.folder)).toEqual([second]);
    rmSync(join(backupFolder(store.folder), second.name));
  });

  it('does nothing any more once it is stopped', async () => {
    keeper.start();
    await keeper.stop();
    await pass(3 * hourMs);
    expect(copies).toBe(0);
    expect(clock.pending()).toBe(0);
  });
});
