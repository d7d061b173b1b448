import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { spreadOf, type Spread } from '../statistics.ts';
import { atMost, type BenchOptions, type Part } from '../suite.ts';
import { spreadText, type Table } from '../table.ts';
import type { HeapShares } from './heap-child.ts';
import { expressionCount, type HoursMix } from './many-schedules.ts';

const child = fileURLToPath(new URL('heap-child.ts', import.meta.url));

/** Bytes a schedule, each measured in a process of its own, with a collector to call. */
function measure(count: number, mix: HoursMix, part: keyof HeapShares, rounds: number): Spread {
  const bytes = Array.from({ length: rounds }, () => {
    const args = ['--expose-gc', child, String(count), mix, part];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`heap-child.ts failed: ${stderr.slice(-500)}`);
    return Number(stdout);
  });
  return spreadOf(bytes);
}

const mixes: readonly (readonly [HoursMix, string])[] = [
  ['profiles', 'ten shared profiles'],
  ['own', 'hours of its own, 20 excluded dates'],
];
const limitBytes = 4_096;

/** The heap that schedules take: their documents, what the engine keeps, and all that the book adds. */
export function heapPart(options: BenchOptions): Part {
  options.say('heap');
  const count = options.quick ? 2_000 : 10_000;
  const cron = measure(count, 'profiles', 'cron', 3);
  const rows = mixes.map(([mix, words]) => ({
    words,
    documents: measure(count, mix, 'documents', 3),
    engine: measure(count, mix, 'engine', 3),
    book: measure(count, mix, 'book', 3),
  }));
  const table: Table = {
    title: `Heap of ${String(count)} schedules with ${String(expressionCount)} expressions, bytes a schedule`,
    columns: ['hours', 'documents', 'the engine alone', 'the book, engine and all'],
    rows: [
      ...rows.map(({ words, documents, engine, book }) => [
        words,
        ...[documents, engine, book].map(spreadText),
      ]),
      ['one Cron of croner, for comparison', '', spreadText(cron), ''],
    ],
    notes: [
      'Documents are the stored schedules themselves. The engine keeps patterns, hours made ready and zone tables. The book is what the scheduler holds beside the documents: a plan and the next slot each, and what the engine keeps. The target is held against the book.',
    ],
  };
  return {
    tables: [table],
    targets: rows.map(({ words, book }) =>
      atMost(
        `heap a schedule beside its document, ${words}`,
        limitBytes,
        'bytes',
        book.median,
        `${spreadText(book)} bytes`,
      ),
    ),
    data: { heap: { count, cron, rows } },
  };
}
