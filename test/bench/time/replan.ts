import { Cron } from 'croner';
import { nextInstants } from '../../../main/schedule/next-slots.ts';
import { createBook } from '../../../main/scheduler/book.ts';
import { planOf } from '../../../main/scheduler/plan.ts';
import { cpuMicros } from '../race.ts';
import { roundOrder, spreadOf } from '../statistics.ts';
import { atMost, noDifference, type BenchOptions, type Part } from '../suite.ts';
import { figure, spreadText, type Table } from '../table.ts';
import { expressions, storedSchedules, worldIn, type HoursMix } from './many-schedules.ts';

/** The zones a computer moves through: a new one each round, so that its table is built then too. */
const journey = [
  'Europe/Berlin',
  'America/Chicago',
  'Asia/Kolkata',
  'Australia/Sydney',
  'America/Sao_Paulo',
  'Europe/London',
  'Asia/Tokyo',
  'America/Los_Angeles',
];
const limitMs = 500;

interface Work {
  readonly name: string;
  /** Recomputes everything in a zone. */
  readonly run: (zone: string) => void;
  readonly cpuMs: number[];
  readonly clockMs: number[];
}

function work(name: string, run: (zone: string) => void): Work {
  return { name, run, cpuMs: [], clockMs: [] };
}

function measure({ run, cpuMs, clockMs }: Work, zone: string): void {
  const before = cpuMicros();
  const start = performance.now();
  run(zone);
  clockMs.push(performance.now() - start);
  cpuMs.push((cpuMicros() - before) / 1_000);
}

/** The same schedules by croner, one Cron an expression and zone, hours not kept. */
function byCroner(afterMs: readonly number[]): (zone: string) => void {
  return (zone) => {
    const crons = expressions.map((expression) => new Cron(expression, { timezone: zone }));
    afterMs.forEach((ms, index) => crons[index % crons.length]?.nextRun(new Date(ms)));
  };
}

/** How many next slots of the book are not what the engine answers when asked alone. */
function differencesIn(mix: HoursMix, count: number): number {
  let zone = 'America/New_York';
  const book = createBook(() => worldIn(zone));
  for (const stored of storedSchedules(count, mix)) book.put(stored);
  zone = 'Europe/Berlin';
  book.replan();
  const world = worldIn(zone);
  return book.all().filter(({ stored, nextAtMs }) => {
    const { rhythm, hours } = planOf(stored.document, world);
    if (rhythm === null) return true;
    return nextAtMs !== (nextInstants(rhythm, hours, stored.handledUntilMs, 1)[0] ?? null);
  }).length;
}

/** The next runs of ten thousand schedules computed anew, as after a change of the computer's zone. */
export function replanPart(options: BenchOptions): Part {
  options.say('replan');
  const count = options.quick ? 2_000 : 10_000;
  const works = (['profiles', 'own'] as const).flatMap((mix) => {
    const stored = storedSchedules(count, mix);
    let zone = 'America/New_York';
    const book = createBook(() => worldIn(zone));
    for (const one of stored) book.put(one);
    const afterMs = stored.map(({ handledUntilMs }) => handledUntilMs);
    const words = mix === 'own' ? 'hours of its own each' : 'ten profiles';
    const alone = book.all().flatMap(({ plan }) => (plan.rhythm === null ? [] : [plan]));
    return [
      work(`book.replan(), ${words}`, (next) => {
        zone = next;
        book.replan();
      }),
      work(`nextInstants(…, 1) alone, ${words}`, (next) => {
        alone.forEach(({ rhythm, hours }, index) => {
          if (rhythm !== null)
            nextInstants({ ...rhythm, timezone: next }, hours, afterMs[index] ?? 0, 1);
        });
      }),
      ...(mix === 'own' ? [] : [work('croner nextRun, no hours', byCroner(afterMs))]),
    ];
  });
  for (const one of works) one.run('Europe/Paris');
  const rounds = Math.min(options.rounds, journey.length);
  for (let round = 0; round < rounds; round += 1)
    for (const turn of roundOrder(works.length, round)) {
      const one = works[turn];
      if (one !== undefined) measure(one, journey[round] ?? 'UTC');
    }
  const differences = differencesIn('profiles', count);
  const table: Table = {
    title: `${String(count)} schedules after a change of zone`,
    columns: ['what', 'CPU ms', 'ms by the clock'],
    rows: works.map(({ name, cpuMs, clockMs }) => [
      name,
      spreadText(spreadOf(cpuMs)),
      spreadText(spreadOf(clockMs)),
    ]),
    notes: [],
  };
  return {
    tables: [table],
    targets: [
      noDifference('next slots of the book after replan()', differences, count),
      ...works
        .filter(({ name }) => name.startsWith('book'))
        .map(({ name, cpuMs }) => {
          const spread = spreadOf(cpuMs);
          const perTenThousand = (spread.median * 10_000) / count;
          const scaled = count === 10_000 ? '' : `, for 10 000 ${figure(perTenThousand)} ms`;
          return atMost(name, limitMs, 'ms', perTenThousand, `${spreadText(spread)} ms${scaled}`);
        }),
    ],
    data: {
      replan: { count, works: works.map(({ name, cpuMs, clockMs }) => ({ name, cpuMs, clockMs })) },
    },
  };
}
