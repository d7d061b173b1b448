import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../../main/store/database.ts';
import { endRun, insertRun, noCounts, startRun } from '../../../main/store/runs.ts';
import { endSlot, startSlot } from '../../../main/store/slots.ts';
import { inTransaction, type Writer } from '../../../main/store/statement.ts';
import { aSlot, insertSlot } from '../../support/test-store.ts';
import { roundOrder, spreadOf, timesFaster } from '../statistics.ts';
import { atLeast, type BenchOptions, type Part } from '../suite.ts';
import { figure, spreadText } from '../table.ts';
import { ledgerFolder, runsIn } from './ledgers.ts';
import { busiest, endsAtMs } from './long-ledger.ts';

/** Beyond all slots of the ledger. */
let nextMs = endsAtMs + 60_000;

/** The start of a slot's run and its end, a commit each, as the scheduler writes them. */
function startAndEnd(db: Writer): void {
  nextMs += 1_000;
  const atMs = nextMs;
  const [slot, run] = inTransaction(db, () => {
    const entered = insertSlot(db, aSlot({ schedule: busiest, slotAtMs: atMs, plan: 'plan' })) ?? 0;
    const begun = { schedule: busiest, slot: entered, attempt: 1, cause: 'slot' as const };
    const number = insertRun(db, { ...begun, recordedAtMs: atMs, epoch: 1 });
    startRun(db, number, atMs);
    startSlot(db, entered, { startedAtMs: atMs, openedAtMs: null, closesAtMs: null });
    return [entered, number] as const;
  });
  const end = { outcome: 'success' as const, reason: null, message: null };
  inTransaction(db, () => {
    endRun(db, run, { ...end, endedAtMs: atMs + 500, durationMs: 500, counts: noCounts, bytes: 0 });
    endSlot(db, slot, end);
  });
}

/** Microseconds of real time each: what a disk takes is no work of the processor. */
function micros(work: () => void, times: number): number {
  const start = performance.now();
  for (let done = 0; done < times; done += 1) work();
  return ((performance.now() - start) * 1_000) / times;
}

/** Start and end of a run in `synchronous=FULL`, beside the bare flushes of the same disk. */
export function commitsPart(options: BenchOptions): Part {
  const runs = runsIn(options);
  const folder = ledgerFolder(options, runs, 200);
  const db = openDatabase(folder);
  options.say('start and end of runs');
  const file = openSync(join(folder, 'bare'), 'w');
  const page = Buffer.alloc(4_096, 7);
  const times = options.quick ? 100 : 500;
  const bare: number[] = [];
  const pairs: number[] = [];
  const turns = [
    () =>
      bare.push(
        micros(() => {
          writeSync(file, page);
          fdatasyncSync(file);
        }, times),
      ),
    () => pairs.push(micros(() => startAndEnd(db), times)),
  ];
  for (let round = 0; round < options.rounds; round += 1)
    for (const turn of roundOrder(turns.length, round)) turns[turn]?.();
  closeSync(file);
  db.close();
  const ratio = timesFaster(bare, pairs);
  return {
    tables: [
      {
        title: `Start and end of a run, two commits on the disk, ${figure(runs)} runs, real µs`,
        columns: ['', 'µs'],
        rows: [
          ['4 KiB appended and fdatasync', spreadText(spreadOf(bare))],
          ['start and end, the sums of the chart kept', spreadText(spreadOf(pairs))],
          ['pairs a flush', spreadText(ratio)],
        ],
        notes: [],
      },
    ],
    targets: [
      atLeast('start and end of a run, beside bare flushes', 0.4, ratio.median, spreadText(ratio)),
    ],
    data: { bare, pairs },
  };
}
