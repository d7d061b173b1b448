import { cpSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databasePath } from '../../main/store/database.ts';
import { aFolder } from '../support/builders.ts';
import { damageHistory, histories, type DamageHistory } from '../support/chaos/damage-histories.ts';
import { flip, hasPlace, places, type Place } from '../support/chaos/flips.ts';
import { createJudge, type Judge } from '../support/chaos/judges.ts';
import { counted, inRounds, isShort, rounds } from '../support/chaos/rounds.ts';
import { verdicts, type Judged, type JudgeOrder, type Rows } from '../support/chaos/verdicts.ts';
import { framesOf } from '../support/chaos/wal-file.ts';
import { seed, seededRandom } from '../support/seed.ts';

const random = seededRandom(seed + 4);
const below = (end: number): number => Math.floor(random() * end);

let temporary: ReturnType<typeof aFolder>;
let judge: Judge;
beforeEach(() => {
  temporary = aFolder();
  judge = createJudge();
});
afterEach(({ task }) => {
  judge.stop();
  if (task.result?.state === 'fail') console.log(`The data folders are kept: ${temporary.path}`);
  else temporary.remove();
});

/** A history, and what is on record in it when a host opens it whole. */
interface Known {
  readonly history: DamageHistory;
  readonly sound: Rows;
  readonly lastLost: Rows | null;
}

function copyOf({ folder }: DamageHistory, name: string): string {
  const copy = path.join(temporary.path, name);
  cpSync(folder, copy, { recursive: true, preserveTimestamps: true });
  return copy;
}

/** Takes the last commit out of a WAL. */
function dropLastCommit(folder: string): void {
  const file = `${databasePath(folder)}-wal`;
  const wal = readFileSync(file);
  const ends = framesOf(wal).starts.filter((at) => wal.readUInt32BE(at + 4) !== 0);
  truncateSync(file, (ends.at(-2) ?? 0) + framesOf(wal).frameBytes);
}

function orderOf(
  { name, endedAtMs }: DamageHistory,
  folder: string,
  sound: Rows | null,
  lastLost: Rows | null,
): JudgeOrder {
  return { folder, nowMs: endedAtMs, isUnchecked: name === 'large', sound, lastLost };
}

async function recordIn(history: DamageHistory, change: (folder: string) => void): Promise<Rows> {
  const folder = copyOf(history, 'whole');
  change(folder);
  const order = orderOf(history, folder, null, null);
  const judged = await judge.judge(order);
  expect(judged).toMatchObject({ verdict: 'equal', detail: '' });
  rmSync(folder, { recursive: true });
  return judged.rows;
}

async function known(name: DamageHistory['name']): Promise<Known> {
  const history = await damageHistory(temporary.path, name);
  const sound = await recordIn(history, () => undefined);
  const lastLost = name === 'killed' ? await recordIn(history, dropLastCommit) : null;
  return { history, sound, lastLost };
}

/** What must never come of a damaged database. */
const never: readonly Judged['verdict'][] = ['fault', 'crash', 'stuck', 'rows lost'];

/** The table of what came of all, by place. */
function tally(all: readonly (readonly [Place, Judged])[]): string {
  const lines = Object.entries(verdicts).map(([verdict, meaning]) => {
    const of = all.filter(([, judged]) => judged.verdict === verdict);
    const where = places.flatMap((place) => {
      const count = of.filter(([one]) => one === place).length;
      return count === 0 ? [] : [`${place} ${String(count)}`];
    });
    return `${counted(of.length).padStart(5)}  ${verdict}: ${meaning}${where.length === 0 ? '' : ` (${where.join(', ')})`}`;
  });
  return lines.join('\n');
}

describe(`chaos: flipped bits (JACKDAW_SEED=${String(seed)})`, () => {
  it(`crash nothing and lose nothing silently, in ${counted(rounds.flips)} databases`, async () => {
    const all: (readonly [Place, Judged])[] = [];
    const some: Known[] = [];
    for (const name of isShort ? histories.slice(0, 1) : histories) some.push(await known(name));
    await inRounds('flips', async (round) => {
      const one = some[round % some.length];
      if (one === undefined) throw new Error('no history');
      const may = places.filter((place) => hasPlace(one.history, place));
      const place = may[below(may.length)] ?? 'anywhere';
      const name = `${one.history.name}-${String(round)}`;
      const folder = copyOf(one.history, name);
      flip(folder, one.history, place, below);
      const { sound, lastLost } = one;
      const judged = await judge.judge(orderOf(one.history, folder, sound, lastLost));
      all.push([place, judged]);
      if (never.includes(judged.verdict))
        console.log(`${name}, ${place}: ${judged.verdict} ${judged.detail}`);
      else rmSync(folder, { recursive: true });
    });
    if (!isShort) console.log(tally(all));
    expect(all.filter(([, { verdict }]) => never.includes(verdict))).toEqual([]);
  });
});
