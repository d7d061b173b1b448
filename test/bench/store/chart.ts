import { outcomes } from '../../../contract/ledger.ts';
import { localDays } from '../../../main/schedule/local-day.ts';
import { openDatabase } from '../../../main/store/database.ts';
import { countOutcomes } from '../../../main/store/quarters.ts';
import { statement, type Reader } from '../../../main/store/statement.ts';
import { cpuMicros } from '../race.ts';
import { roundOrder, spreadOf, timesFaster } from '../statistics.ts';
import { atLeast, atMost, noDifference, type BenchOptions, type Part } from '../suite.ts';
import { figure, spreadText } from '../table.ts';
import { ledgerFolder, runsIn } from './ledgers.ts';
import { busiest, endsAtMs } from './long-ledger.ts';

const zone = 'America/New_York';
const dayCount = 30;

/** The days, each with its counts, in one line. */
type Chart = (db: Reader, schedule: number | null) => string;

const days = localDays(zone, endsAtMs, dayCount);

const byQuarters: Chart = (db, schedule) =>
  localDays(zone, endsAtMs, dayCount)
    .map((day) => {
      const counts = countOutcomes(db, schedule, day);
      return outcomes.map((outcome) => counts[outcome] ?? 0).join(' ');
    })
    .join();

/** The days joined with the rows themselves, grouped by day and outcome. */
const byRows: Chart = (db, schedule) => {
  const kept =
    'recorded_at >= :from AND recorded_at < :until AND (:schedule IS NULL OR schedule = :schedule)';
  const counted = statement<{ day: number; outcome: string; count: number }>(
    db,
    `WITH days AS (SELECT key AS day, value AS until FROM json_each(:days))
     SELECT day, outcome, count(*) AS count FROM (
       SELECT (SELECT min(day) FROM days WHERE until > recorded_at) AS day, outcome FROM (
         SELECT recorded_at, outcome FROM runs WHERE ${kept} AND outcome IS NOT NULL
         UNION ALL SELECT recorded_at, outcome FROM slots WHERE ${kept} AND ended_at_once = 1
       )
     ) GROUP BY day, outcome`,
  ).all({
    days: JSON.stringify(days.map(({ untilMs }) => untilMs)),
    from: days[0]?.fromMs ?? 0,
    until: days.at(-1)?.untilMs ?? 0,
    schedule,
  });
  return days
    .map((_, day) =>
      outcomes
        .map(
          (outcome) =>
            counted.find((one) => one.day === day && one.outcome === outcome)?.count ?? 0,
        )
        .join(' '),
    )
    .join();
};

/** A plain GROUP BY over UTC days, which serves no zone: the least that adding rows up can cost. */
function byUtcDays(db: Reader, schedule: number | null): void {
  statement(
    db,
    `SELECT recorded_at / 86400000, outcome, count(*) FROM runs
     WHERE recorded_at >= ? AND (? IS NULL OR schedule = ?) GROUP BY 1, 2`,
  ).all(days[0]?.fromMs ?? 0, schedule, schedule);
}

function micros(work: () => unknown, times: number): number {
  const before = cpuMicros();
  for (let done = 0; done < times; done += 1) work();
  return (cpuMicros() - before) / times;
}

/** The chart of thirty days of New York: sums of quarters beside a plain GROUP BY. */
export function chartPart(options: BenchOptions): Part {
  const runs = runsIn(options);
  const db = openDatabase(ledgerFolder(options, runs, 200));
  options.say('the chart');
  const cases = [
    ['all schedules', null],
    ['the one with half', busiest],
  ] as const;
  let differences = 0;
  const rows = cases.map(([words, schedule]) => {
    if (byQuarters(db, schedule) !== byRows(db, schedule)) differences += 1;
    const sums: number[] = [];
    const plain: number[] = [];
    const turns = [
      () => sums.push(micros(() => byQuarters(db, schedule), 20)),
      () => plain.push(micros(() => byUtcDays(db, schedule), 2)),
    ];
    for (let round = 0; round < options.rounds; round += 1)
      for (const turn of roundOrder(turns.length, round)) turns[turn]?.();
    return { words, sums, plain, faster: timesFaster(plain, sums) };
  });
  db.close();
  return {
    tables: [
      {
        title: `The chart of ${String(dayCount)} days in ${zone}, ${figure(runs)} runs, CPU µs`,
        columns: ['', 'sums of quarters', 'plain GROUP BY', 'x'],
        rows: rows.map((row) => [
          row.words,
          spreadText(spreadOf(row.sums)),
          spreadText(spreadOf(row.plain)),
          spreadText(row.faster),
        ]),
        notes: [
          'The plain query counts runs by days of UTC, without slots that had none. The answers are held against a join with the days of the zone.',
        ],
      },
    ],
    targets: [
      noDifference('the chart, beside the rows themselves', differences, rows.length),
      ...rows.flatMap(({ words, faster, sums }) => [
        atLeast(`the chart: ${words}`, 10, faster.median, spreadText(faster)),
        atMost(
          `the chart: ${words}`,
          16,
          'ms',
          spreadOf(sums).median / 1_000,
          `${figure(spreadOf(sums).median / 1_000)} ms`,
        ),
      ]),
    ],
    data: { chart: rows },
  };
}
