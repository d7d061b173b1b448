import { askChild } from '../child.ts';
import { roundOrder, spreadOf, timesFaster } from '../statistics.ts';
import { atMost, noDifference, type BenchOptions, type Part } from '../suite.ts';
import { figure, spreadText, type Table } from '../table.ts';
import type { Burst, BurstContender } from './burst-child.ts';

interface Standing {
  readonly contender: BurstContender;
  readonly name: string;
  /** In how many rounds it takes part; the slow ones in one. */
  readonly rounds: number;
  /** How long it is given to set up; doubled where that wasn't enough. */
  leadMs: number;
  readonly bursts: Burst[];
}

const child = new URL('burst-child.ts', import.meta.url);
const mostLeadMs = 400_000;

async function burst(standing: Standing, count: number): Promise<void> {
  const { contender, bursts } = standing;
  for (; standing.leadMs < mostLeadMs; standing.leadMs *= 2) {
    const found = await askChild<Burst>(child, [contender, count, standing.leadMs]);
    if (!found.ready) continue;
    bursts.push(found);
    return;
  }
  throw new Error(`${contender} can't be set up within ${String(mostLeadMs)} ms`);
}

function contendersFor({ quick, rounds }: BenchOptions): readonly Standing[] {
  const slow = quick ? 0 : 1;
  const row = (
    contender: BurstContender,
    name: string,
    leadMs: number,
    often = rounds,
  ): Standing => ({ contender, name, rounds: often, leadMs, bursts: [] });
  return [
    row('timers', 'bare setTimeout each, the yardstick', 2_000),
    row('claims', 'Jackdaw: the claim is durable', 6_000),
    row('starts', 'Jackdaw: the start, as many at once as there are', 6_000),
    row('croner', 'croner, a job each', 10_000, quick ? 1 : rounds),
    row('node-cron', 'node-cron', 20_000, quick ? 1 : rounds),
    row('cron', 'cron', 20_000, slow),
    row('node-schedule', 'node-schedule', 60_000, slow),
  ];
}

const p99 = ({ bursts }: Standing): readonly number[] => bursts.map(({ p99Ms }) => p99Ms);

function rowOf(standing: Standing, yardstick: Standing): readonly string[] {
  const { name, bursts } = standing;
  const of = (value: (one: Burst) => number): string => spreadText(spreadOf(bursts.map(value)));
  const total = (value: (one: Burst) => number): string =>
    String(bursts.reduce((sum, one) => sum + value(one), 0));
  return [
    name,
    of(({ p50Ms }) => p50Ms),
    of(({ p99Ms }) => p99Ms),
    figure(timesFaster(p99(standing), p99(yardstick)).median),
    of(({ beginCpuMs }) => beginCpuMs),
    of(({ cpuMs }) => cpuMs),
    total(({ lost }) => lost),
    total(({ twice }) => twice),
  ];
}

/**
 * Very many schedules due in one and the same second, New York: how late each begins. The scheduler is
 * the real one on a real file in FULL; first by the commit of the claim, then, let go beyond what users
 * may set, by the start of the run behind it. Nothing may be lost, nothing begin twice.
 */
export async function burstPart(options: BenchOptions): Promise<Part> {
  const count = options.quick ? 2_000 : 10_000;
  const standings = contendersFor(options);
  for (let round = 0; round < options.rounds; round += 1)
    for (const turn of roundOrder(standings.length, round)) {
      const standing = standings[turn];
      if (standing === undefined || round >= standing.rounds) continue;
      options.say(`${String(count)} in one second, round ${String(round + 1)}: ${standing.name}`);
      await burst(standing, count);
    }
  const took = standings.filter(({ bursts }) => bursts.length > 0);
  const [timers, claims, starts] = standings;
  if (timers === undefined || claims === undefined || starts === undefined)
    throw new Error('nobody took part');
  const table: Table = {
    title: `${String(count)} due in the same second, ms late`,
    columns: [
      'contender',
      'p50',
      'p99',
      'p99 x the yardstick',
      'CPU ms until all have begun',
      'CPU ms, all told',
      'lost',
      'twice',
    ],
    rows: took.map((one) => rowOf(one, timers)),
    notes: [
      'Lost and twice are sums over all rounds, Jackdaw’s by SQL on its ledger. Its CPU is that of telling every window too.',
    ],
  };
  const ratio = timesFaster(p99(claims), p99(timers));
  const ours = [...claims.bursts, ...starts.bursts];
  const wrong = ours.reduce((sum, one) => sum + one.lost + one.twice + one.findings, 0);
  return {
    tables: [table],
    targets: [
      atMost(
        'p99 with the durable claim',
        7,
        '× bare setTimeouts',
        ratio.median,
        `${spreadText(ratio)} ×`,
      ),
      noDifference('lost, twice or found by the audit', wrong, ours.length * count),
    ],
    data: { burst: { count, standings } },
  };
}
