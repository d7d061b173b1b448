import { closeSync, fdatasyncSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { Cron } from 'croner';
import { deleteSchedule, insertSchedule, updateSchedule } from '../../../main/store/schedules.ts';
import { databasePath } from '../../../main/store/database.ts';
import { aSchedule } from '../../support/builders.ts';
import { cpuMicros } from '../race.ts';
import { median, percentile } from '../statistics.ts';
import { schedulesWith, zone } from './due.ts';
import { realHost } from './real-host.ts';
import { realScheduler, recordingRunner } from './real-scheduler.ts';

/** What one kind of edit cost. */
export interface EditCost {
  readonly name: string;
  readonly medianMicros: number;
  readonly p99Micros: number;
  /** CPU of the thread on average. */
  readonly cpuMicros: number;
}

const [countText = '', timesText = ''] = process.argv.slice(2);
const count = Number(countText);
const times = Number(timesText);
const expression = '0 */7 4 * * *';

interface Act {
  readonly name: string;
  readonly run: (turn: number) => unknown;
  readonly micros: number[];
  cpu: number;
}

function act(name: string, run: (turn: number) => unknown): Act {
  return { name, run, micros: [], cpu: 0 };
}

async function measure(one: Act, turn: number): Promise<void> {
  const cpu = cpuMicros();
  const before = performance.now();
  await one.run(turn);
  one.micros.push((performance.now() - before) * 1_000);
  one.cpu += cpuMicros() - cpu;
}

const schedules = schedulesWith(count, expression);
const real = realScheduler({ schedules, concurrency: 3, runner: recordingRunner(() => undefined) });
const { scheduler, db, folder } = real;
const person = await realHost({ schedules });
scheduler.start();
person.host.start();

const warmUps = 20;
// Made beforehand: to check a document is its maker's affair, and neither the scheduler's nor croner's.
const documents = Array.from({ length: warmUps + times }, (_, turn) => {
  const [one = {}] = schedulesWith(1, `${String(turn % 60)} */9 4 * * *`);
  return aSchedule({ ...one, id: `new-${String(turn)}` });
});
const fresh = (turn: number) => documents[turn] ?? aSchedule({ id: `new-${String(turn)}` });
const numbers = new Map<number, number>();
const numberOf = (turn: number): number => numbers.get(turn) ?? 0;

/** How many bytes one edit adds to the WAL: what a bare write of the same size is measured with. */
function walBytes(edit: () => void): number {
  const wal = `${databasePath(folder)}-wal`;
  db.pragma('wal_checkpoint(TRUNCATE)');
  edit();
  return statSync(wal).size;
}

const edits = [
  act('add, by the scheduler', (turn) =>
    scheduler.edit([], (nowMs) => {
      const stored = insertSchedule(db, fresh(turn), nowMs);
      numbers.set(turn, stored.number);
      return { value: stored, put: [stored] };
    }),
  ),
  act('edit, by the scheduler', (turn) =>
    scheduler.edit([numberOf(turn)], (nowMs) => {
      const stored = scheduler.book.get(numberOf(turn))?.stored;
      if (stored === undefined) throw new Error('nothing to edit');
      const changed = { ...stored, document: { ...stored.document, outside: 'defer' as const } };
      updateSchedule(db, { ...changed, handledUntilMs: nowMs });
      return { value: changed, put: [{ ...changed, handledUntilMs: nowMs }] };
    }),
  ),
  act('remove, by the scheduler', (turn) =>
    scheduler.edit([numberOf(turn)], (nowMs) => {
      deleteSchedule(db, numberOf(turn), nowMs);
      return { value: null, removed: [numberOf(turn)] };
    }),
  ),
  act('add, as a person (saveSchedule)', (turn) =>
    person.call('saveSchedule', { schedule: fresh(turn), create: true }),
  ),
  act('edit, as a person (saveSchedule)', (turn) =>
    person.call('saveSchedule', { schedule: { ...fresh(turn), outside: 'defer' } }),
  ),
  act('remove, as a person (deleteSchedule)', (turn) =>
    person.call('deleteSchedule', { id: `new-${String(turn)}` }),
  ),
];
const bytes = walBytes(() => {
  edits[0]?.run(-1);
});
const file = openSync(join(folder, 'bare'), 'w');
const page = Buffer.alloc(bytes, 7);
const crons: Cron[] = [];
const bare = [
  act('croner, new Cron with its zone', (turn) =>
    crons.push(new Cron(`${String(turn % 60)} */9 4 * * *`, { timezone: zone }, () => undefined)),
  ),
  act(`bare write and fdatasync of ${String(bytes)} bytes`, () => {
    writeSync(file, page);
    fdatasyncSync(file);
  }),
];

const acts = [...bare, ...edits];
for (let turn = 0; turn < warmUps + times; turn += 1) {
  for (const one of acts) await measure(one, turn);
  if (turn === warmUps - 1) for (const one of acts) Object.assign(one, { micros: [], cpu: 0 });
}
closeSync(file);
for (const cron of crons) cron.stop();
const costs: readonly EditCost[] = acts.map(({ name, micros, cpu }) => ({
  name,
  medianMicros: median(micros),
  p99Micros: percentile(micros, 0.99),
  cpuMicros: cpu / times,
}));
process.stdout.write(`${JSON.stringify(costs)}\n`);
await person.stop();
real.leave();
process.exit(0);
