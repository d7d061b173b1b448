import { askChild } from '../child.ts';
import { spreadOf, timesFaster } from '../statistics.ts';
import { atMost, type BenchOptions, type Part } from '../suite.ts';
import { spreadText, type Table } from '../table.ts';
import type { EditCost } from './edits-child.ts';

const child = new URL('edits-child.ts', import.meta.url);
const few = 10;

type Costs = readonly EditCost[];

function of(rounds: readonly Costs[], name: string): Costs {
  return rounds.map((costs) => {
    const cost = costs.find((one) => one.name === name);
    if (cost === undefined) throw new Error(`${name} was not measured`);
    return cost;
  });
}

/**
 * One of very many schedules is added, edited and removed, each with its durable commit: beside a bare
 * write of the same bytes, without which nothing is durable, and croner's own add, which is in memory.
 */
export async function editsPart(options: BenchOptions): Promise<Part> {
  const many = options.quick ? 2_000 : 10_000;
  const times = options.quick ? 100 : 400;
  const among = new Map<number, Costs[]>([
    [few, []],
    [many, []],
  ]);
  for (let round = 0; round < options.rounds; round += 1)
    for (const [count, rounds] of among) {
      options.say(`edits among ${String(count)}, round ${String(round + 1)}`);
      rounds.push(await askChild<Costs>(child, [count, times]));
    }
  const [small = [], large = []] = [...among.values()];
  const names = large[0]?.map(({ name }) => name) ?? [];
  const [croner = '', bare = '', ...edits] = names;
  const micros = (rounds: readonly Costs[], name: string): readonly number[] =>
    of(rounds, name).map(({ medianMicros }) => medianMicros);
  const p99 = (rounds: readonly Costs[], name: string): readonly number[] =>
    of(rounds, name).map(({ p99Micros }) => p99Micros);
  const table: Table = {
    title: `One of ${String(many)} edited, µs by the clock`,
    columns: ['what', 'median', 'p99', `p99 among ${String(few)}`, 'CPU µs'],
    rows: names.map((name) => [
      name,
      spreadText(spreadOf(micros(large, name))),
      spreadText(spreadOf(p99(large, name))),
      spreadText(spreadOf(p99(small, name))),
      spreadText(spreadOf(of(large, name).map(({ cpuMicros }) => cpuMicros))),
    ]),
    notes: [
      'As a person: the call with its checks, the commit, the event and the view it answers. The bare write is what the disk itself takes for the bytes one add puts into the WAL.',
    ],
  };
  /** What an edit takes beyond the bare write, round by round, in croner's adds. */
  const beyond = (name: string): readonly number[] => {
    const [write, add] = [micros(large, bare), micros(large, croner)];
    return micros(large, name).map((all, round) => (all - (write[round] ?? 0)) / (add[round] ?? 1));
  };
  return {
    tables: [table],
    targets: edits.flatMap((name) => {
      const own = spreadOf(beyond(name));
      const grown = timesFaster(p99(large, name), p99(small, name));
      return [
        ...(name.includes('person')
          ? []
          : [
              atMost(
                `${name}, beyond the bare write`,
                1,
                '× croner’s add',
                own.median,
                `${spreadText(own)} ×`,
              ),
            ]),
        atMost(
          `${name}: p99 among ${String(many)}`,
          10,
          `× that among ${String(few)}`,
          grown.median,
          `${spreadText(grown)} ×`,
        ),
      ];
    }),
    data: { edits: { many, few, small, large } },
  };
}
