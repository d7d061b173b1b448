import { askChild } from '../child.ts';
import { spreadOf, timesFaster } from '../statistics.ts';
import { atMost, noDifference, type BenchOptions, type Part } from '../suite.ts';
import { figure, spreadText, type Table } from '../table.ts';
import type { Neighbours } from './neighbours-child.ts';

const child = new URL('neighbours-child.ts', import.meta.url);
const limitMs = 16;

/**
 * A hundred schedules due every ten seconds, on a whole host with a long history: how late their slots are
 * claimed, alone and while one run hangs, four real children read five hundred pages each, and the history
 * is read as heavily as the calls allow.
 */
export async function neighboursPart(options: BenchOptions): Promise<Part> {
  const history = options.quick ? 100_000 : 1_000_000;
  const seconds = options.quick ? 10 : 30;
  options.say(`busy neighbours, a history of ${String(history)} runs`);
  const found = await askChild<Neighbours>(child, [history, seconds, options.rounds]);
  const ratio = timesFaster(found.busy, found.calm);
  const table: Table = {
    title: `How late 100 schedules are claimed, a history of ${String(history)} runs, p99 in ms`,
    columns: ['neighbours', 'p99'],
    rows: [
      ['none', spreadText(spreadOf(found.calm))],
      [
        'one hangs, four read 500 pages each, chart and history are read',
        spreadText(spreadOf(found.busy)),
      ],
    ],
    notes: [
      `${String(found.pages)} pages were read, ${String(found.slots)} slots claimed; the longest call of the store: ${found.longestStoreSql}`,
    ],
  };
  const store = `${figure(found.longestStoreMs)} ms`;
  return {
    tables: [table],
    targets: [
      atMost('p99 with busy neighbours', 2, '× without', ratio.median, `${spreadText(ratio)} ×`),
      atMost(
        'one call of the store on the scheduler’s thread',
        limitMs,
        'ms',
        found.longestStoreMs,
        store,
      ),
      noDifference('findings of the audit', found.findings, found.slots),
    ],
    data: { neighbours: found },
  };
}
