import type { Outcome } from '../../../contract/ledger.ts';
import { openDatabase } from '../../../main/store/database.ts';
import type { HistoryPlace, HistoryQuery } from '../../../main/store/history-places.ts';
import { statement, type Reader } from '../../../main/store/statement.ts';
import { readHistory } from '../../support/read-history.ts';
import { cpuMicros } from '../race.ts';
import { roundOrder, spreadOf, timesFaster } from '../statistics.ts';
import { atMost, noDifference, type BenchOptions, type Part } from '../suite.ts';
import { figure, spreadText } from '../table.ts';
import { ledgerFolder, runsIn, shortRuns } from './ledgers.ts';
import { busiest, endsAtMs } from './long-ledger.ts';

const schedules = 200;
const pageLength = 50;
const limit = 3;

const outcomeChoices: readonly (readonly [string, readonly Outcome[] | null])[] = [
  ['all', null],
  ['success', ['success']],
  ['failed', ['failed']],
  ['timed-out', ['timed-out']],
  ['missed', ['missed']],
  ['failed, timed-out', ['failed', 'timed-out']],
  ['success, skipped, missed', ['success', 'skipped', 'missed']],
];
const scheduleChoices = [
  ['all schedules', null],
  ['the one with half', busiest],
  ['one of 199', 7],
] as const;

interface Filter {
  readonly words: string;
  readonly query: HistoryQuery;
}

/** Every filter the window offers, on its first page and on one in the middle of the ledger. */
function filtersFor(runs: number): readonly Filter[] {
  const middle: HistoryPlace = {
    recordedAtMs: endsAtMs - (runs / 2) * 7_776,
    kind: 'run',
    number: runs / 2,
  };
  return scheduleChoices.flatMap(([who, schedule]) =>
    outcomeChoices.flatMap(([how, outcomes]) =>
      ([null, middle] as const).map((before) => ({
        words: `${who}, ${how}${before === null ? '' : ', deep'}`,
        query: { schedule, outcomes, before, limit: pageLength },
      })),
    ),
  );
}

type Row = readonly [at: number, rank: number, number: number, schedule: number, outcome: Outcome];

/** Every row of the history, newest first, as one plain query without an index finds them. */
function everyRow(db: Reader): readonly Row[] {
  return statement(
    db,
    `SELECT recorded_at, 1 AS rank, run AS number, schedule, outcome FROM runs
     UNION ALL SELECT recorded_at, 0, slot, schedule, outcome FROM slots WHERE attempts = 0
       AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.slot = slots.slot)
     ORDER BY recorded_at DESC, rank DESC, number DESC`,
  )
    .raw()
    .all() as unknown as readonly Row[];
}

/** The page as a walk through every row finds it. */
function plainPage(rows: readonly Row[], query: HistoryQuery): string {
  const { schedule, outcomes, before } = query;
  const names: string[] = [];
  for (const [at, rank, number, its, outcome] of rows) {
    const isLater =
      before !== null &&
      (at > before.recordedAtMs ||
        (at === before.recordedAtMs && rank === 1 && number >= before.number));
    const isKept = (schedule ?? its) === its && (outcomes?.includes(outcome) ?? true);
    if (isLater || !isKept) continue;
    names.push(`${rank === 1 ? 'r' : 's'}${String(number)}`);
    if (names.length === query.limit) break;
  }
  return names.join();
}

/** CPU microseconds a row of one page: the short ledger has fewer rows of some kinds than a page holds. */
function sample(db: Reader, query: HistoryQuery, times: number): number {
  const rows = Math.max(1, readHistory(db, query).length);
  const before = cpuMicros();
  for (let done = 0; done < times; done += 1) readHistory(db, query);
  return (cpuMicros() - before) / times / rows;
}

/** A page of history under each filter: at a million runs beside ten thousand. */
export function historyPart(options: BenchOptions): Part {
  const runs = runsIn(options);
  const long = openDatabase(ledgerFolder(options, runs, schedules));
  const short = openDatabase(ledgerFolder(options, shortRuns, schedules));
  options.say('pages of history');
  const times = options.quick ? 40 : 200;
  const [longFilters, shortFilters] = [filtersFor(runs), filtersFor(shortRuns)];
  const every = everyRow(long);
  let differences = 0;
  const rows = longFilters.map(({ words, query }, index) => {
    const found = readHistory(long, query).map(({ run, slot }) =>
      run === null ? `s${String(slot)}` : `r${String(run)}`,
    );
    if (found.join() !== plainPage(every, query)) differences += 1;
    const sides = [
      { db: long, query, micros: [] as number[] },
      { db: short, query: shortFilters[index]?.query ?? query, micros: [] as number[] },
    ] as const;
    for (let round = 0; round < options.rounds; round += 1)
      for (const turn of roundOrder(sides.length, round)) {
        const side = sides[turn];
        if (side !== undefined) side.micros.push(sample(side.db, side.query, times));
      }
    const ratio = timesFaster(sides[0].micros, sides[1].micros);
    return { words, long: sides[0].micros, short: sides[1].micros, ratio };
  });
  long.close();
  short.close();
  return {
    tables: [
      {
        title: `A page of ${String(pageLength)} rows of history, CPU µs a row`,
        columns: ['filter', `${figure(runs)} runs`, `${figure(shortRuns)} runs`, 'x'],
        rows: rows.map((row) => [
          row.words,
          spreadText(spreadOf(row.long)),
          spreadText(spreadOf(row.short)),
          spreadText(row.ratio),
        ]),
        notes: ['Deep: from the middle of the ledger on.'],
      },
    ],
    targets: [
      noDifference('pages of history, beside a walk through every row', differences, rows.length),
      ...rows.map(({ words, ratio }) =>
        atMost(`page of history: ${words}`, limit, '×', ratio.median, `${spreadText(ratio)} ×`),
      ),
    ],
    data: { history: rows },
  };
}
