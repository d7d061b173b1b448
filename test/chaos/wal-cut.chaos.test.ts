import { rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databasePath } from '../../main/store/database.ts';
import { openChecked } from '../../main/store/open-checked.ts';
import { recover } from '../../main/scheduler/recover.ts';
import { auditOf } from '../support/audit-folder.ts';
import { aFolder } from '../support/builders.ts';
import { counted, inTurn, isShort, rounds } from '../support/chaos/rounds.ts';
import { cutsOf, type Cut } from '../support/chaos/wal-cuts.ts';
import { recordOf, walHistory, type WalHistory } from '../support/chaos/wal-history.ts';
import { openTestApp } from '../support/test-app.ts';
import { seed, seededRandom } from '../support/seed.ts';

const random = seededRandom(seed + 3);

let temporary: ReturnType<typeof aFolder>;
beforeEach(() => {
  temporary = aFolder();
});
afterEach(({ task }) => {
  if (task.result?.state === 'fail') console.log(`The data folder is kept: ${temporary.path}`);
  else temporary.remove();
});

/** The index beside a WAL that a power cut leaves: none, the last one, or one of nonsense. */
function indexOf({ index }: WalHistory, nth: number): Buffer | null {
  if (nth % 3 === 0) return null;
  return nth % 3 === 1 ? index : Buffer.alloc(index.length, 0x5a);
}

/** Lays out what a power cut left. */
function layOut(folder: string, history: WalHistory, cut: Cut, nth: number): void {
  const path = databasePath(folder);
  writeFileSync(path, history.database);
  writeFileSync(`${path}-wal`, cut.left(history));
  const index = indexOf(history, nth);
  if (index === null) rmSync(`${path}-shm`, { force: true });
  else writeFileSync(`${path}-shm`, index);
}

/** What was on record with the last commit that had reached the disk. */
function acknowledgedBy({ commits }: WalHistory, wholeBytes: number): string | undefined {
  return commits.findLast(({ endsAt }) => endsAt <= wholeBytes)?.record;
}

/** Opens what is left as the product does, and settles it as a start does. */
function openedAndSettled(folder: string, nowMs: number): string {
  const { db } = openChecked(folder, nowMs);
  try {
    const record = recordOf(db);
    recover(db, nowMs);
    return record;
  } finally {
    db.close();
  }
}

/** So many of these, evenly; all where that many aren't there. */
function share<T>(all: readonly T[], count: number): readonly T[] {
  const step = Math.max(1, all.length / count);
  return all.filter((_, index) => index % step < 1);
}

const histories = [
  ['that was begun', { seconds: 100, anew: 0 }],
  ['that began anew, over its former frames', { seconds: 60, anew: 60 }],
] as const;

describe(`chaos: a power cut (JACKDAW_SEED=${String(seed)})`, () => {
  it.each(histories)(
    'loses no commit that was told, and shows no half of one, in a WAL %s',
    async (_, { seconds, anew }) => {
      const history = await walHistory(isShort ? seconds / 5 : seconds, anew);
      const folder = temporary.path;
      const cuts = share(cutsOf(history, random), rounds.cuts);
      if (!isShort) console.log(`${counted(history.commits.length)} commits told`);
      await inTurn('cuts', cuts, (cut, nth) => {
        layOut(folder, history, cut, nth);
        const record = openedAndSettled(folder, history.endedAtMs);
        expect([cut.name, record]).toEqual([cut.name, acknowledgedBy(history, cut.wholeBytes)]);
        expect([cut.name, auditOf(folder).findings]).toEqual([cut.name, []]);
      });
    },
  );

  it('is no more than a late start to a host', async () => {
    const history = await walHistory(isShort ? 10 : 60, 0);
    for (const [nth, cut] of share(cutsOf(history, random), isShort ? 2 : 20).entries()) {
      layOut(temporary.path, history, cut, nth);
      const jackdaw = await openTestApp({
        dataFolder: temporary.path,
        at: new Date(history.endedAtMs).toISOString(),
      });
      const { host } = await jackdaw.call('getSnapshot', {});
      expect([cut.name, host.troubles]).toEqual([cut.name, []]);
      jackdaw.app.start();
      await jackdaw.clock.advance(60_000);
      await jackdaw.stop();
    }
  });
});
