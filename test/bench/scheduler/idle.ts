import { askChild } from '../child.ts';
import { spreadOf, timesFaster } from '../statistics.ts';
import { atLeast, atMost, type BenchOptions, type Part } from '../suite.ts';
import { spreadText, type Table } from '../table.ts';
import type { Idle, IdleContender } from './idle-child.ts';

const child = new URL('idle-child.ts', import.meta.url);
const names: Readonly<Record<IdleContender, string>> = {
  empty: 'an empty process',
  timers: 'bare setTimeout each',
  scheduler: 'Jackdaw’s scheduler',
  host: 'Jackdaw, the whole headless host',
  croner: 'croner, a job each',
};
const contenders = Object.keys(names) as readonly IdleContender[];
const limitBytes = 4_096;
const wakeUpsAMinute = 2;

/**
 * Ten thousand schedules of which none is due: what waiting costs. The contenders of a round wait at the
 * same time, each in a process of its own, so that what shakes the machine shakes all of them.
 */
export async function idlePart(options: BenchOptions): Promise<Part> {
  const count = options.quick ? 2_000 : 10_000;
  const seconds = options.quick ? 10 : 30;
  const found = new Map<IdleContender, Idle[]>(contenders.map((contender) => [contender, []]));
  for (let round = 0; round < options.rounds; round += 1) {
    options.say(`${String(count)} idle for ${String(seconds)} s, round ${String(round + 1)}`);
    await Promise.all(
      contenders.map(async (contender) => {
        const args = [contender, count, seconds];
        found.get(contender)?.push(await askChild<Idle>(child, args, ['--expose-gc']));
      }),
    );
  }
  const of = (contender: IdleContender, value: (one: Idle) => number): readonly number[] =>
    (found.get(contender) ?? []).map(value);
  const cpu = (contender: IdleContender): readonly number[] => of(contender, ({ cpuMs }) => cpuMs);
  const heap = (contender: IdleContender): readonly number[] =>
    of(contender, ({ heapBytes }) => heapBytes / count);
  const wakeUps = (contender: IdleContender): readonly number[] =>
    of(contender, (one) => (one.wakeUps * 60) / seconds);
  const isOurs = (contender: IdleContender): boolean =>
    contender === 'scheduler' || contender === 'host';
  const table: Table = {
    title: `${String(count)} schedules, nothing due for ${String(seconds)} s`,
    columns: ['contender', 'CPU ms', 'heap bytes a schedule', 'wake-ups a minute'],
    rows: contenders.map((contender) => [
      names[contender],
      spreadText(spreadOf(cpu(contender))),
      contender === 'empty' ? '' : spreadText(spreadOf(heap(contender))),
      isOurs(contender) ? spreadText(spreadOf(wakeUps(contender))) : '',
    ]),
    notes: [
      'Heap: documents, plans, next runs and what the engine keeps, and of the host all else it is made of.',
    ],
  };
  const toEmpty = timesFaster(cpu('scheduler'), cpu('empty'));
  const toCroner = timesFaster(cpu('croner'), cpu('scheduler'));
  const bytes = spreadOf(heap('scheduler'));
  const rings = spreadOf(wakeUps('scheduler'));
  return {
    tables: [table],
    targets: [
      atMost(
        'idle CPU of the scheduler',
        2,
        '× an empty process',
        toEmpty.median,
        `${spreadText(toEmpty)} ×`,
      ),
      atLeast('idle CPU, against croner a job each', 100, toCroner.median, spreadText(toCroner)),
      atMost('heap a schedule', limitBytes, 'bytes', bytes.median, `${spreadText(bytes)} bytes`),
      atMost(
        'wake-ups of the scheduler',
        wakeUpsAMinute,
        'a minute',
        rings.median,
        spreadText(rings),
      ),
    ],
    data: { idle: { count, seconds, found: Object.fromEntries(found) } },
  };
}
