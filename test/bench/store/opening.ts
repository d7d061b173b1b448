import { cpSync } from 'node:fs';
import { openDatabase } from '../../../main/store/database.ts';
import { migrations } from '../../../main/store/migrations.ts';
import { aFolder } from '../../support/builders.ts';
import { readHistory } from '../../support/read-history.ts';
import { openTestApp } from '../../support/test-app.ts';
import type { CallName } from '../../../contract/names.ts';
import { cpuMicros } from '../race.ts';
import { spreadOf } from '../statistics.ts';
import { atMost, type BenchOptions, type Part, type Target } from '../suite.ts';
import { figure, spreadText } from '../table.ts';
import { ledgerFolder, runsIn } from './ledgers.ts';
import { busiest, endsAtMs } from './long-ledger.ts';

const firstPage = { schedule: null, outcomes: null, before: null, limit: 50 } as const;

interface Asked {
  readonly words: string;
  readonly mostMs: number;
  readonly name: CallName;
  readonly input: object;
}

const busiestId = `schedule-${String(busiest)}`;

/** What a window asks, with how long it may take. */
const asked: readonly Asked[] = [
  { words: 'a page of history', mostMs: 16, name: 'listRuns', input: {} },
  {
    words: 'a page of two outcomes',
    mostMs: 16,
    name: 'listRuns',
    input: { outcome: ['failed', 'timed-out'] },
  },
  { words: 'the chart', mostMs: 16, name: 'listRunDays', input: {} },
  { words: 'the chart of one schedule', mostMs: 16, name: 'listRunDays', input: { id: busiestId } },
  { words: 'a run', mostMs: 16, name: 'getRun', input: { run: 5_001 } },
  { words: 'a run’s log', mostMs: 16, name: 'getRunLog', input: { run: 5_001 } },
  { words: 'a run’s story', mostMs: 16, name: 'getStory', input: { cursor: 'r5001' } },
  { words: 'the records of a schedule', mostMs: 16, name: 'listRecords', input: { id: busiestId } },
  { words: 'a schedule', mostMs: 16, name: 'getSchedule', input: { id: busiestId } },
];

/** CPU milliseconds of each call, once warm. */
async function callsOf(folder: string, rounds: number, which: readonly Asked[]) {
  const jackdaw = await openTestApp({
    at: new Date(endsAtMs + 10_000).toISOString(),
    dataFolder: folder,
    unaudited: 'its slots name no next one',
  });
  const rows: { words: string; mostMs: number; ms: number[] }[] = [];
  for (const { words, mostMs, name, input } of which) {
    const ms: number[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const before = cpuMicros();
      await jackdaw.call(name, input);
      // The first one compiles its statements.
      if (round > 0) ms.push((cpuMicros() - before) / 1_000);
    }
    rows.push({ words, mostMs, ms });
  }
  await jackdaw.app.stop();
  return rows;
}

/** Real milliseconds until an older version's file is of the newest, and until the first page is read. */
function opened(folder: string): number {
  const start = performance.now();
  const db = openDatabase(folder);
  readHistory(db, firstPage);
  const tookMs = performance.now() - start;
  db.close();
  return tookMs;
}

/** The upgrade of a long ledger, which is copied first: once in the life of a database. */
function upgraded(options: BenchOptions): { readonly realMs: number; readonly cpuMs: number } {
  const older = ledgerFolder(options, runsIn(options), 200, migrations.slice(0, 3));
  options.say('the upgrade');
  const copy = aFolder();
  cpSync(older, copy.path, { recursive: true });
  const [start, before] = [performance.now(), cpuMicros()];
  openDatabase(copy.path).close();
  const took = { realMs: performance.now() - start, cpuMs: (cpuMicros() - before) / 1_000 };
  copy.remove();
  return took;
}

/** What a window waits for: the file opened, the snapshot, and each thing it asks. */
export async function openingPart(options: BenchOptions): Promise<Part> {
  const runs = runsIn(options);
  const [few, many] = [ledgerFolder(options, runs, 200), ledgerFolder(options, runs, 1_000)];
  const upgrade = upgraded(options);
  options.say('opening');
  const opening = Array.from({ length: options.rounds }, () => opened(few));
  options.say('what a window asks');
  const snapshot = { name: 'getSnapshot', input: {}, mostMs: 100 } as const;
  const calls = [
    ...(await callsOf(few, options.rounds, [
      { ...snapshot, words: 'the snapshot of 200 schedules' },
      ...asked,
    ])),
    ...(await callsOf(many, options.rounds, [
      { ...snapshot, words: 'the snapshot of 1 000 schedules' },
    ])),
  ];
  const targets: Target[] = [
    atMost(
      'opening and the first page',
      300,
      'ms',
      spreadOf(opening).median,
      `${spreadText(spreadOf(opening))} ms`,
    ),
    ...calls.map(({ words, mostMs, ms }) =>
      atMost(words, mostMs, 'ms', spreadOf(ms).median, `${spreadText(spreadOf(ms))} ms`),
    ),
  ];
  return {
    tables: [
      {
        title: `What a window waits for, ${figure(runs)} runs, ms`,
        columns: ['', 'ms', 'at most'],
        rows: [
          ['opening and the first page (real time)', spreadText(spreadOf(opening)), '300'],
          ...calls.map(({ words, mostMs, ms }) => [
            words,
            spreadText(spreadOf(ms)),
            String(mostMs),
          ]),
        ],
        notes: [
          `The upgrade from version 3, its copy included, took ${figure(upgrade.realMs)} ms once (CPU ${figure(upgrade.cpuMs)} ms).`,
        ],
      },
    ],
    targets,
    data: { upgrade, opening, calls },
  };
}
