import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTroubles, type Troubles } from '../../../main/health/troubles.ts';
import { passingWords } from '../../../main/health/words.ts';
import { createWriteGuard, type WriteGuard } from '../../../main/health/write-guard.ts';
import { inTransaction, onTransactionFault } from '../../../main/store/statement.ts';
import { writeMeta } from '../../../main/store/meta.ts';
import { openTestStore, type TestStore } from '../../support/test-store.ts';
import { virtualClock, type VirtualClock } from '../../support/virtual-clock.ts';

let store: TestStore;
let clock: VirtualClock;
let troubles: Troubles;
let guard: WriteGuard;
/** What was asked of the scheduler, in order. */
let asked: string[];
let damages: unknown[];

beforeEach(() => {
  store = openTestStore();
  clock = virtualClock('2026-11-20T08:00:00Z');
  troubles = createTroubles(clock);
  [asked, damages] = [[], []];
  const quiet = (): void => undefined;
  guard = createWriteGuard({
    db: store.db,
    clock,
    log: { info: quiet, warn: quiet, error: quiet },
    troubles,
    runs: {
      hold: (code) => asked.push(`hold ${code}`),
      release: (code) => asked.push(`release ${code}`),
    },
    words: (fault) => passingWords(fault, 'jackdaw.db'),
    onDamage: (error) => damages.push(error),
  });
  onTransactionFault(store.db, (error) => {
    guard.hear(error);
  });
});
afterEach(() => {
  guard.stop();
  store.close();
});

/** SQLite itself raises SQLITE_FULL where the file may not grow. */
function fill(): void {
  store.db.pragma('max_page_count = 1');
}
function free(): void {
  store.db.pragma('max_page_count = 1000000');
}
function write(): void {
  inTransaction(store.db, () => {
    writeMeta(store.db, 'much', '.'.repeat(500_000));
  });
}
const codes = (): readonly string[] => troubles.all().map(({ code }) => code);

describe('health/write-guard', () => {
  it('holds the runs from the first write that finds the disk full until one goes through', async () => {
    fill();
    expect(write).toThrow(/full/);
    expect(write).toThrow(/full/);
    expect(asked).toEqual(['hold disk-full']);
    expect(troubles.all()).toEqual([
      {
        code: 'disk-full',
        ...passingWords('disk-full', 'jackdaw.db'),
        since: '2026-11-20T08:00:00Z',
      },
    ]);
    await clock.advance(10 * 60_000);
    expect(codes()).toEqual(['disk-full']);
    free();
    await clock.advance(30_000);
    expect(asked).toEqual(['hold disk-full', 'release disk-full']);
    expect(codes()).toEqual([]);
  });

  it('looks at once where somebody asks', () => {
    fill();
    expect(write).toThrow();
    free();
    guard.probe();
    expect(codes()).toEqual([]);
  });

  it('leaves nothing of its probes behind', () => {
    fill();
    expect(write).toThrow();
    free();
    guard.probe();
    expect(store.db.prepare(`SELECT count(*) FROM meta WHERE name = 'probe'`).pluck().get()).toBe(
      0,
    );
  });

  it('takes no other error for a fault of the disk', () => {
    expect(() =>
      inTransaction(store.db, () => store.db.exec('INSERT INTO nowhere VALUES (1)')),
    ).toThrow();
    guard.hear(new Error('database or disk is full'));
    expect([codes(), asked]).toEqual([[], []]);
  });

  it('asks for no probe once it is stopped', async () => {
    fill();
    expect(write).toThrow();
    guard.stop();
    expect(codes()).toEqual([]);
    free();
    await clock.advance(60_000);
    expect(asked).toEqual(['hold disk-full']);
  });
});
